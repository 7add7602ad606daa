import { failureOf, textOf, valueOf } from "./evaluating";

const OBJECT =
  '{"s":"x","i":5,"b":true,"o":{"k":[1,2]},"l":["p"],"lo":[{"i":1},{"i":2}],"n":35}';

const jsonPath = (content: string, path: string): string | null =>
  textOf(`{#jsonPath(#c, '${path}')}`, { c: content });

describe("conversion of the function's output", () => {
  it.each([
    ["response from lambda", "$", "response from lambda"],
    ['"quoted"', "$", "quoted"],
    ["42", "$", "42"],
    ["true", "$", "true"],
    ["12abc", "$", "12abc"],
    ["<xml/>", "$", "<xml/>"],
    ["hello: world", "$", "hello: world"],
    ['["p","q"]', "$", "p,q"],
    ["[]", "$", ""],
    ['[1,null,"z"]', "$", "1,null,z"],
    [OBJECT, "$.s", "x"],
    [OBJECT, "$.i", "5"],
    [OBJECT, "$.b", "true"],
    ['{"a":1.50}', "$.a", "1.5"],
    ['{"a":1e3}', "$.a", "1000.0"],
    ['{"a":12345678901234567890}', "$.a", "12345678901234567890"],
    [OBJECT, "$.zz", null],
    [OBJECT, "$.lo[*].i", "1,2"],
    [OBJECT, "$..i", "5,1,2"],
    [OBJECT, "$.lo[?(@.i==9)].i", ""],
    [OBJECT, "s", "x"],
  ])("%s at %s is %p", (content, path, text) => {
    expect(jsonPath(content, path)).toBe(text);
  });

  it.each([
    ["", "$", "cannot read JSON from an empty string"],
    ["  ", "$.a", "cannot read JSON from an empty string"],
    ["null", "$", "cannot read the JSON value null"],
    [
      OBJECT,
      "$",
      "a map cannot be converted to a string; read one of its properties, or write '' + before it",
    ],
    [
      OBJECT,
      "$.o",
      "a map cannot be converted to a string; read one of its properties, or write '' + before it",
    ],
    [
      OBJECT,
      "$.lo",
      "a map cannot be converted to a string; read one of its properties, or write '' + before it",
    ],
    [
      OBJECT,
      "$.o.none.deep",
      "the path selects the property none, which does not exist",
    ],
    [OBJECT, "$.l[9]", "the path selects item 9, but the list has length 1"],
    ['{"a":', "$", "the string starts like JSON but is not valid JSON"],
  ])("%s at %s is an error: %s", (content, path, reason) => {
    expect(failureOf(`#jsonPath(#c, '${path}')`, { c: content }).reason).toBe(
      reason,
    );
  });

  it("calculates with numbers of the function's output", () => {
    expect(valueOf("#jsonPath(#c, '$.n') + 20", { c: OBJECT })).toBe("55");
  });

  it("converts a map after a string to Java's notation, with JSON lists in it as JSON", () => {
    expect(valueOf("'' + #jsonPath(#c, '$.o')", { c: OBJECT })).toBe(
      "{k=[1,2]}",
    );
    expect(
      valueOf("'' + #jsonPath(#c, '$')", { c: '{"a":[1.50,"x",{"b":null}]}' }),
    ).toBe('{a=[1.5,"x",{"b":null}]}');
  });

  it("evaluates an unknown variable to null and fails for a property of it", () => {
    expect(textOf("{#nope}")).toBeNull();
    expect(failureOf("#nope.x").reason).toBe(
      "cannot read the property x of null; use ?.x if the value may be null",
    );
  });
});

describe("conversion to a string", () => {
  it.each([
    ["1000.0", "1000.0"],
    ["1.0e10", "1.0E10"],
    ["1.5e-5", "1.5E-5"],
    ["12345678.9", "1.23456789E7"],
    ["0.001", "0.001"],
    ["9007199254740993", "9007199254740993"],
    ["{1, {2, 'a'}}", "1,2,a"],
    ["{1, {2, 'a'}}.toString()", "[1, [2, a]]"],
    ["'' + {1, 2}", "1,2"],
    ["'' + {a: {1, 2}}", "{a=[1, 2]}"],
    ["'' + null", "null"],
    ["'' + true", "true"],
    ["{null}", "null"],
  ])("%s prints %s", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it("converts the host's values to strings in the same way", () => {
    expect(valueOf("#x", { x: 1.5 })).toBe("1.5");
    expect(valueOf("#x", { x: 3 })).toBe("3");
    expect(valueOf("#x", { x: 1e21 })).toBe("1.0E21");
    expect(valueOf("#x", { x: new Date(0) })).toBe(
      "Thu Jan 01 00:00:00 UTC 1970",
    );
    expect(failureOf("#x", { x: { a: 1 } }).reason).toMatch(
      /^a map cannot be converted to a string/,
    );
  });
});
