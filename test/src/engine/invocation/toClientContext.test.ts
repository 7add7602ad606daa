import type { Issue } from "../../../../src/errors";
import { toClientContext } from "../../../../src/engine/invocation/toClientContext";

function write(given: unknown) {
  const issues: Issue[] = [];
  const header = toClientContext(given, issues);
  return { header, rules: issues.map(({ rule }) => rule) };
}

describe("toClientContext", () => {
  it("writes an object as base64 of its JSON", () => {
    const { header } = write({ client: { app_title: "Läden" } });

    expect(Buffer.from(header ?? "", "base64").toString()).toBe(
      '{"client":{"app_title":"Läden"}}',
    );
  });

  it("sends nothing where nothing was given", () => {
    const written = write(undefined);

    expect(written).toEqual({ header: undefined, rules: [] });
  });

  it("takes what fits into 3,583 bytes of base64, and not one more", () => {
    const most = "x".repeat(2_685 - '{"a":""}'.length);

    const fits = write({ a: most });
    const tooLong = write({ a: `${most}x` });

    expect(fits.header).toHaveLength(3_580);
    expect(tooLong).toEqual({ header: undefined, rules: ["size"] });
  });

  it.each<[string, unknown]>([
    ["a list", [1]],
    ["a number", 7],
    ["a text that is no JSON", "shop"],
    ["JSON that is no object", "[1]"],
    ["JSON null", "null"],
    ["an empty text", ""],
    ["a function", () => 1],
    ["a BigInt", 1n],
    ["an object that is written as a text", new Date()],
  ])("refuses %s", (_, given) => {
    const written = write(given);

    expect(written).toEqual({ header: undefined, rules: ["json"] });
  });
});
