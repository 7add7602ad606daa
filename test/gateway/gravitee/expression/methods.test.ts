import { failureOf, valueOf } from "./evaluating";

describe("a method of a string", () => {
  it.each([
    ["'abc'.length()", "3"],
    ["''.isEmpty()", "true"],
    ["' '.isBlank()", "true"],
    ["'abc'.charAt(1)", "b"],
    ["'abc'.codePointAt(0)", "97"],
    ["'hello'.substring(1)", "ello"],
    ["'hello'.substring(1, 3)", "el"],
    ["'hello'.subSequence(0, 2)", "he"],
    ["'hello'.indexOf('l')", "2"],
    ["'hello'.indexOf('l', 3)", "3"],
    ["'hello'.indexOf(108)", "2"],
    ["'hello'.lastIndexOf('l')", "3"],
    ["'hello'.contains('ell')", "true"],
    ["'hello'.startsWith('he')", "true"],
    ["'hello'.startsWith('l', 2)", "true"],
    ["'hello'.endsWith('lo')", "true"],
    ["'a'.equals('a')", "true"],
    ["'a'.equals(1)", "false"],
    ["'Straße'.equalsIgnoreCase('STRASSE')", "true"],
    ["'a'.compareTo('c')", "-2"],
    ["'a'.compareToIgnoreCase('B')", "-1"],
    ["'aB'.toUpperCase()", "AB"],
    ["'aB'.toLowerCase()", "ab"],
    ["' a '.trim()", "a"],
    ["' a '.strip()", "a"],
    ["' a '.stripLeading() + '|'", "a |"],
    ["' a '.stripTrailing() + '|'", " a|"],
    ["'a'.concat('b')", "ab"],
    ["'a'.concat(1)", "a1"],
    ["'ab'.repeat(3)", "ababab"],
    ["'a.b.c'.replace('.', '-')", "a-b-c"],
    ["'a1b22'.replaceAll('[0-9]+', '#')", "a#b#"],
    ["'john doe'.replaceAll('(\\w+) (\\w+)', '$2, $1')", "doe, john"],
    ["'john'.replaceAll('(?<n>o)', '[${n}]')", "j[o]hn"],
    ["'a1'.replaceAll('\\d', '\\$')", "a$"],
    ["'aaa'.replaceFirst('a', 'b')", "baa"],
    ["'aaa'.replaceAll('', '-')", "-a-a-a-"],
    ["'abc'.matches('[a-c]+')", "true"],
    ["'abc'.matches('b')", "false"],
    ["'ABC'.matches('(?i)abc')", "true"],
    ["'a\u00e9'.matches('\\p{L}+')", "true"],
    ["'ab'.matches('\\p{Alpha}{2}')", "true"],
    ["'a,b,,c,,'.split(',')", "a,b,,c"],
    ["'a,b,,c,,'.split(',', -1).size()", "6"],
    ["'a,b,c'.split(',', 2)[1]", "b,c"],
    ["'a1b22c'.split('\\d+')[2]", "c"],
    ["'abc'.split('').size()", "3"],
    ["''.split(',').size()", "1"],
    ["','.split(',').size()", "0"],
    ["'a\nb'.lines().size()", "2"],
    ["'é'.getBytes().length", "2"],
    ["'é'.getBytes('ISO-8859-1').length", "1"],
    ["'é'.bytes[0]", "-61"],
    ["'hello'.hashCode()", "99162322"],
    ["'a'.toString()", "a"],
    ["'a'.empty", "false"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it.each([
    [
      "'abc'.substring(4)",
      "the range 4 to 3 is out of bounds for a string of length 3",
    ],
    ["'abc'.charAt(3)", "the index 3 is out of bounds for length 3"],
    [
      "'abc'.repeat(-1)",
      "a string cannot be repeated a negative number of times",
    ],
    ["'abc'.contains(null)", "the argument must be a string but is null"],
    ["'abc'.repeat('x')", "the argument must be a number but is a string"],
    [
      "'abc'.repeat(3000000000)",
      "the argument must be in the range of a Java int",
    ],
    [
      "'a'.replaceAll('a', '$1')",
      "the replacement refers to group 1, which the regular expression does not have",
    ],
    [
      "'a'.getBytes('KOI8-R')",
      "the charset must be UTF-8, ISO-8859-1 or US-ASCII",
    ],
  ])("%s fails: %s", (expression, reason) => {
    expect(failureOf(expression).reason).toBe(reason);
  });

  it("accepts a computed regular expression and reports an invalid one", () => {
    expect(valueOf("'aab'.matches(#p)", { p: "a+b" })).toBe("true");
    expect(failureOf("'a'.matches(#p)", { p: "a++" }).reason).toMatch(
      /^invalid regular expression; /,
    );
    expect(failureOf("'a'.matches(#p)", { p: "[a&&b]" }).reason).toBe(
      "nested character classes and && are not supported in regular expressions",
    );
  });
});

describe("a method of a list", () => {
  it.each([
    ["{1,2}.size()", "2"],
    ["{}.isEmpty()", "true"],
    ["{1,2}.get(1)", "2"],
    ["{1,2}.getFirst()", "1"],
    ["{1,2}.getLast()", "2"],
    ["{1,2}.first", "1"],
    ["{1,2}.contains(2.0)", "true"],
    ["{'a'}.contains('b')", "false"],
    ["{1,2,3}.containsAll({1,3})", "true"],
    ["{1,2,1}.indexOf(1)", "0"],
    ["{1,2,1}.lastIndexOf(1)", "2"],
    ["{1,2,3}.subList(1, 3)", "2,3"],
    ["{1,2,3}.reversed()", "3,2,1"],
    ["{1,2}.equals({1,2})", "true"],
    ["{1,2}.length", "2"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });
});

describe("a method of a map", () => {
  it.each([
    ["{a:1}.get('a')", "1"],
    ["{a:1}.get('b')", null],
    ["{a:1}.getOrDefault('b', 2)", "2"],
    ["{a:1}.containsKey('a')", "true"],
    ["{a:1}.containsValue(1)", "true"],
    ["{a:1,b:2}.keySet()", "a,b"],
    ["{a:1,b:2}.values()", "1,2"],
    ["{a:1,b:2}.entrySet().![key + '=' + value]", "a=1,b=2"],
    ["{a:1}.entrySet()[0].getValue()", "1"],
    ["{a:1}.size()", "1"],
    ["{:}.isEmpty()", "true"],
    ["{a:1}.equals({a:1})", "true"],
    ["{a:1}.toString()", "{a=1}"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it("treats the host's objects and maps alike", () => {
    const variables = { o: { a: 1 }, m: new Map<unknown, unknown>([[1, "x"]]) };

    expect(valueOf("#o.keySet() + #m[1]", variables)).toBe("ax");
  });
});

describe("a method of a number", () => {
  it.each([
    ["5.7.intValue()", "5"],
    ["(-5.7).longValue()", "-5"],
    ["5.doubleValue()", "5.0"],
    ["3000000000L.intValue()", "-1294967296"],
    ["3.0e9.intValue()", "2147483647"],
    ["0.1.floatValue()", "0.1"],
    ["5.toString()", "5"],
    ["5.compareTo(7)", "-1"],
    ["5.equals(5)", "true"],
    ["5.equals(5.0)", "false"],
    ["5.hashCode()", "5"],
    ["true.toString()", "true"],
    ["(0.0/0).isNaN()", "true"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });
});
