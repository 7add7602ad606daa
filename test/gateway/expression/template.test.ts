import { parseTemplate } from "../../../gateway/expression/parseTemplate";

/** The text that comes of a template over some variables. */
function textOf(
  text: string,
  variables: Record<string, unknown> = {},
): string | null {
  return parseTemplate(text).toText({ variables });
}

describe("a text with expressions in it", () => {
  it("puts values in the place of expressions, at any depth of JSON", () => {
    expect(
      textOf(
        `{ "key": "value", "in": { "sku": "{#request.params['sku']}" } }`,
        {
          request: { params: { sku: ["A-17"] } },
        },
      ),
    ).toBe(`{ "key": "value", "in": { "sku": "A-17" } }`);
  });
  it("calculates", () => {
    expect(
      textOf(
        "{(1 + 2 * 3)} and {(7 / 2)} {#a?.b ?: 'none'} {(1.50 + '')} {('it''s'.length())}",
      ),
    ).toBe("7 and 3 none 1.5 4");
    expect(
      textOf(
        "{({1,2}.![#this * 2])} {({a:{1,2}} + '')} {({1,2,3}.?[#this > 1])}",
      ),
    ).toBe("2,4 {a=[1, 2]} 2,3");
  });
});
