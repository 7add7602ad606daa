import { readExpiration } from "../../../../src/engine/settings/readExpiration";

describe("readExpiration", () => {
  it.each([
    ["2030-02-28T12:00:00Z", "2030-02-28T12:00:00.000Z"],
    ["2028-02-29T12:00:00Z", "2028-02-29T12:00:00.000Z"],
    ["2030-12-31T23:30:00-01:00", "2031-01-01T00:30:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(readExpiration(text)?.toISOString()).toBe(expected);
  });

  it.each([
    "2030-02-30T12:00:00Z",
    "2029-02-29T12:00:00Z",
    "2030-13-01T12:00:00Z",
  ])("rejects %s, a day that does not exist", (text) => {
    expect(readExpiration(text)).toBeUndefined();
  });
});
