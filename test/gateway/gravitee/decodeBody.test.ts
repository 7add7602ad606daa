import { decodeBody } from "../../../gateway/gravitee/runtime/decodeBody";

const KB = 1024;

describe("decodeBody", () => {
  it.each([
    ["short", Buffer.from("aü語😀")],
    ["long", Buffer.from("aü語😀".repeat(200 * KB))],
    ["invalid", Buffer.alloc(700 * KB, 0xff)],
    ["incomplete", Buffer.from("😀".repeat(300 * KB)).subarray(0, -1)],
    ["truncated at the limit of a turn", Buffer.alloc(512 * KB + 1, 0xe8)],
  ])("decodes a body that is %s like Node does", async (_, bytes) => {
    expect((await decodeBody(bytes)) === bytes.toString()).toBe(true);
  });

  it("gives the event loop turns while it decodes a long body", async () => {
    let turns = 0;
    const count = (): void => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await decodeBody(Buffer.alloc(6 * KB * KB, "a"));
    clearImmediate(next);

    expect(turns).toBeGreaterThan(5);
  });
});
