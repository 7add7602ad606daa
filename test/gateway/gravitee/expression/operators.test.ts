import { failureOf, refusalOf, valueOf } from "./evaluating";

describe("an operator", () => {
  it.each([
    ["1 + 2 * 3", "7"],
    ["(1 + 2) * 3", "9"],
    ["10 - 4 - 3", "3"],
    ["7 / 2", "3"],
    ["-7 / 2", "-3"],
    ["7 / 2.0", "3.5"],
    ["7 div 2", "3"],
    ["7 % 3", "1"],
    ["-7 mod 3", "-1"],
    ["2 ^ 10", "1024"],
    ["2.0 ^ 2", "4.0"],
    ["-2", "-2"],
    ["+2", "2"],
    ["0xFF", "255"],
    ["5L + 1", "6"],
    ["5f", "5.0"],
    ["5d / 2", "2.5"],
    ["9007199254740991 + 2", "9007199254740993"],
    ["99999999999 * 99999999999", "9999999999800000000001"],
    ["1 + 1.5", "2.5"],
    ["1 + 'a'", "1a"],
    ["'a' + 1.0", "a1.0"],
    ["'a' + 'b' + 1", "ab1"],
    ["'ab' * 2", "abab"],
    ["1 == 1.0", "true"],
    ["1 == '1'", "false"],
    ["'a' eq 'a'", "true"],
    ["'a' != 'b'", "true"],
    ["1 ne 1", "false"],
    ["null == null", "true"],
    ["null != 1", "true"],
    ["{1, 2} == {1, 2}", "true"],
    ["{a: 1} == {a: 2}", "false"],
    ["1 < 2", "true"],
    ["2 le 2", "true"],
    ["'b' > 'a'", "true"],
    ["3 GE 4", "false"],
    ["null < 1", "true"],
    ["true and false", "false"],
    ["true && !false", "true"],
    ["false or 'yes'", "true"],
    ["not true", "false"],
    ["false && #nope.x", "false"],
    ["true || #nope.x", "true"],
    ["5 between {1, 5}", "true"],
    ["'b' between {'c', 'd'}", "false"],
    ["'abc' matches 'a.*'", "true"],
    ["'abc' matches 'b'", "false"],
    ["null matches 'a'", "false"],
    ["'a' instanceof T(String)", "true"],
    ["1 instanceof T(java.lang.Double)", "false"],
    ["1.0 instanceof T(Double)", "true"],
    ["true ? 1 : 2", "1"],
    ["false ? 1 : true ? 2 : 3", "2"],
    ["null ?: 'x'", "x"],
    ["'' ?: 'x'", "x"],
    ["'a' ?: 'x'", "a"],
    ["0 ?: 'x'", "0"],
    ["null?.length()", null],
    ["'it''s'", "it's"],
    ['"say ""hi"""', 'say "hi"'],
    ["TRUE", "true"],
    ["NULL", null],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it.each([
    ["1 / 0", "division by zero"],
    ["1 % 0", "division by zero"],
    ["1 + null", "an integer and null cannot be added"],
    ["'a' - 1", "a string and an integer cannot be subtracted"],
    ["-'a'", "a string is not a number"],
    ["1 < 'a'", "an integer and a string cannot be compared"],
    ["!null", "null cannot be converted to a boolean"],
    ["null ? 1 : 2", "null cannot be converted to a boolean"],
    [
      "'maybe' and true",
      "the string cannot be converted to a boolean; use true or false",
    ],
    [
      "5 between 1",
      "between must be followed by a list of two values, for example {1, 5}",
    ],
  ])("%s fails: %s", (expression, reason) => {
    expect(failureOf(expression).reason).toBe(reason);
  });

  it("divides doubles by zero as Java does", () => {
    expect(valueOf("1 / 0.0")).toBe("Infinity");
    expect(valueOf("0.0 / 0.0")).toBe("NaN");
  });

  it("reports the offset in the template when an operator fails", () => {
    expect(failureOf("1 + (2 / 0)")).toMatchObject({
      offset: 9,
      line: 1,
      column: 10,
      expression: "(1 + (2 / 0))",
    });
  });

  it("reports what an incomplete operator needs", () => {
    expect(refusalOf("{(1 instanceof 2)}").reason).toBe(
      "instanceof must be followed by a class, for example T(String)",
    );
    expect(refusalOf("{('a' matches '(?=a)')}").reason).toMatch(
      /^invalid regular expression; .*Lookaround, backreferences and possessive quantifiers are not supported$/,
    );
  });
});
