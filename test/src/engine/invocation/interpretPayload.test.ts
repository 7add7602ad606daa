import {
  interpretPayload,
  MAX_INTERPRETED_VALUES,
} from "../../../../src/engine/invocation/interpretPayload";

const list = (values: number): string => `[${"1,".repeat(values)}1]`;

describe("interpretPayload", () => {
  it("returns the value of a response up to the limit of values", () => {
    expect(
      interpretPayload({ payloadText: list(MAX_INTERPRETED_VALUES) }),
    ).toHaveLength(MAX_INTERPRETED_VALUES + 1);
    expect(interpretPayload({ payloadText: "" })).toBeUndefined();
  });

  it.each([
    [
      "too many values",
      list(MAX_INTERPRETED_VALUES + 1),
      "the function's response has more than 100,000 values and names, which is the limit",
    ],
    [
      "too many levels",
      "[".repeat(2_000),
      "the function's response is nested more than 512 levels deep, which is the limit",
    ],
    ["no JSON", "no", "the function's response is not JSON"],
  ])("refuses %s", (_, payloadText, message) => {
    expect(() => interpretPayload({ payloadText })).toThrow(message);
  });
});
