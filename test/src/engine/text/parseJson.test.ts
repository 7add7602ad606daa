import { anything, assert, property } from "fast-check";
import {
  JsonDepthError,
  JsonSizeError,
  MAX_JSON_DEPTH,
  parseJson,
} from "../../../../src/engine/text/parseJson";

const nest = (depth: number, [open, inner, close]: readonly string[]): string =>
  `${open?.repeat(depth) ?? ""}${inner ?? ""}${close?.repeat(depth) ?? ""}`;

describe("parseJson", () => {
  it.each([
    ["lists", ["[", "1", "]"]],
    ["objects", ['{"a":', "1", "}"]],
    ["lists in objects", ['{"a":[', "1", "]}"], 2],
    ["lists after strings with brackets", ['["]]}}\\"\\\\",', "1", "]"]],
  ])("refuses %s below the limit, before parsing", (_, parts, levels = 1) => {
    const most = MAX_JSON_DEPTH / levels;

    expect(() => parseJson(nest(most, parts))).not.toThrow();
    expect(() => parseJson(nest(most + 1, parts))).toThrow(
      new JsonDepthError(MAX_JSON_DEPTH),
    );
  });

  it("names the limit", () => {
    expect(() => parseJson("[".repeat(3_000_000))).toThrow(
      "nested more than 512 levels deep, which is the limit",
    );
  });

  it("does not count brackets in strings and lists that are closed", () => {
    const wide = `[${"[[]],".repeat(5_000)}"${"[{".repeat(5_000)}\\""]`;

    expect(parseJson(wide)).toHaveLength(5_001);
  });

  it.each(["", "[1", `["${"[".repeat(2_000)}`, "]".repeat(2_000)])(
    "throws a SyntaxError for text that is not JSON",
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it("returns what JSON.parse returns for every text within the limit", () => {
    assert(
      property(anything({ maxDepth: 4, withNullPrototype: false }), (value) => {
        const text = JSON.stringify([value, "x".repeat(2_000)]);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("accepts another limit", () => {
    expect(() => parseJson("[[[1]]]", { maxDepth: 2 })).toThrow(
      /more than 2 levels/,
    );
    expect(parseJson("[[1]]", { maxDepth: 2 })).toEqual([[1]]);
  });

  it.each([
    ["a list", "[1,2,3,4]", "[1,2,3,4,5]"],
    ["an object", '{"a":1,"b":2}', '{"a":1,"b":2,"c":3}'],
    ["lists without values", "[[],[],[],[]]", "[[],[],[],[],[]]"],
    ["values after strings", '["\\",,::","a",1,2]', '["\\",,::","a",1,2,3]'],
  ])(
    "refuses %s with more values than the limit, before parsing",
    (_, most, more) => {
      const limits = { maxValues: 3 };

      expect(parseJson(most, limits)).toEqual(JSON.parse(most));
      expect(() => parseJson(more, limits)).toThrow(new JsonSizeError(3));
      expect(() => parseJson(`${more}?`, limits)).toThrow(JsonSizeError);
    },
  );

  it("has no limit of values by default", () => {
    expect(parseJson(`[${"1,".repeat(1_000_000)}1]`)).toHaveLength(1_000_001);
  });
});
