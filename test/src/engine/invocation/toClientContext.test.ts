import type { Issue } from "../../../../src/errors";
import { toClientContext } from "../../../../src/engine/invocation/toClientContext";

function encode(input: unknown) {
  const issues: Issue[] = [];
  const header = toClientContext(input, issues);
  return { header, rules: issues.map(({ rule }) => rule) };
}

describe("toClientContext", () => {
  it("encodes an object as JSON in base64", () => {
    const { header } = encode({ client: { app_title: "Läden" } });

    expect(Buffer.from(header ?? "", "base64").toString()).toBe(
      '{"client":{"app_title":"Läden"}}',
    );
  });

  it("returns undefined if there is no client context", () => {
    const result = encode(undefined);

    expect(result).toEqual({ header: undefined, rules: [] });
  });

  it("accepts at most 3,583 bytes of base64", () => {
    const longest = "x".repeat(2_685 - '{"a":""}'.length);

    const fits = encode({ a: longest });
    const tooLong = encode({ a: `${longest}x` });

    expect(fits.header).toHaveLength(3_580);
    expect(tooLong).toEqual({ header: undefined, rules: ["size"] });
  });

  it.each<[string, unknown]>([
    ["an array", [1]],
    ["a number", 7],
    ["a string that is not JSON", "shop"],
    ["a JSON string of an array", "[1]"],
    ["a JSON string of null", "null"],
    ["an empty string", ""],
    ["a function", () => 1],
    ["a BigInt", 1n],
    ["an object that serializes to a string", new Date()],
  ])("rejects %s", (_, input) => {
    const result = encode(input);

    expect(result).toEqual({ header: undefined, rules: ["json"] });
  });
});
