import { textOf } from "./evaluating";

describe("#xmlEscape", () => {
  it("escapes a string for XML", () => {
    expect(textOf("{#xmlEscape(#x)}", { x: `<a b="c">'&'</a>` })).toBe(
      "&lt;a b=&quot;c&quot;&gt;&apos;&amp;&apos;&lt;/a&gt;",
    );
  });

  it("leaves null unescaped", () => {
    expect(textOf("{#xmlEscape(null)}")).toBeNull();
  });
});

describe("#jsonEscape", () => {
  it.each([
    ["a/b", "a\\/b"],
    ["ü€", "\\u00FC\\u20AC"],
    ["😀", "\\uD83D\\uDE00"],
    ["\u0001\u007f", "\\u0001\\u007F"],
    [5, "5"],
    [["a", 1, null], "a 1 null"],
  ])("escapes %p as %s", (x, text) => {
    expect(textOf("{#jsonEscape(#x)}", { x })).toBe(text);
  });

  it("escapes quotes, backslashes and control characters for JSON", () => {
    expect(textOf("{#jsonEscape(#x)}", { x: 'say "hi"\\\n\t' })).toBe(
      'say \\"hi\\"\\\\\\n\\t',
    );
  });

  it("leaves null unescaped", () => {
    expect(textOf("{#jsonEscape(#x)}")).toBeNull();
  });
});
