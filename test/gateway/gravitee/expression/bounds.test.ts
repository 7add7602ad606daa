import { EvaluationError } from "../../../../gateway/gravitee/expression/errors/EvaluationError";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import type { Bounds } from "../../../../gateway/gravitee/expression/metering/Bounds";
import {
  clockBy,
  countedBounds,
  refusalOf,
  type Variables,
} from "./evaluating";

jest.setTimeout(120_000);

/** The message of an evaluation that was stopped. */
const STOPPED =
  /evaluation exceeded the limit of \d+ (ms|bytes); shorten the expression or the data it reads$/;

const MB = 1024 * 1024;

function stop(
  expression: string,
  variables: Variables,
  bounds?: Bounds,
): EvaluationError {
  const template = parseTemplate(`{(${expression})}`);
  try {
    template.toText({ variables, bounds });
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error("it was not stopped");
}

const NUMBERS = Array.from({ length: 3000 }, (_, at) => at);
const ELEMENTS = `<r>${"<a><b/></a>".repeat(20_000)}</r>`;
const OBJECTS = JSON.stringify(
  NUMBERS.map((n) => ({ a: { b: { c: n } }, text: "x".repeat(50) })),
);
const NESTED = `${"[".repeat(300)}${"]".repeat(300)}`;

describe("the time limit of an evaluation", () => {
  it("stops an evaluation after 50 ms by default", () => {
    const expression = "#list.![#this].size()";
    const list = { list: NUMBERS };

    expect(stop(expression, list, { clock: clockBy(3) }).reason).toBe(
      "evaluation exceeded the limit of 50 ms; shorten the expression or the data it reads",
    );
    expect(
      stop(expression, list, { clock: clockBy(1), timeoutMs: 10 }).reason,
    ).toMatch(/^evaluation exceeded the limit of 10 ms/);
    expect(
      parseTemplate(`{(${expression})}`).toText({
        variables: list,
        bounds: { clock: clockBy(1) },
      }),
    ).toBe("3000");
  });

  it("applies the time limit to all expressions of a template together", () => {
    const template = parseTemplate("{#x.![#this].size()}".repeat(40));
    const bounds = { clock: clockBy(2) };

    expect(() =>
      template.toText({ variables: { x: NUMBERS.slice(0, 100) }, bounds }),
    ).toThrow(STOPPED);
  });

  it.each([
    ["short expressions", "{#a}".repeat(40), "1".repeat(40)],
    ["a short XML document", "{#xpath('<a><b>1</b></a>', '/a/b')}", "1"],
  ])("does not stop %s on a busy machine", (_, text, result) => {
    const bounds = { clock: clockBy(1_000) };

    expect(parseTemplate(text).toText({ variables: { a: 1 }, bounds })).toBe(
      result,
    );
  });

  it.each<[string, string, Variables]>([
    ["lists in lists", "#x.![#x.![#x.![#this]]]", { x: NUMBERS }],
    ["a search in a search", "#x.?[#x.contains(-1)]", { x: NUMBERS }],
    [
      "a regular expression over much",
      "#x.matches('(a|aa)+(a|b)*c')",
      { x: "a".repeat(3 * MB) },
    ],
    [
      "a regular expression with groups",
      "#x.replaceAll('(\\w+)(\\w+)(\\w+)[xy]', '$1')",
      { x: "a".repeat(MB) },
    ],
    [
      "a regular expression that is found often",
      "#x.replaceAll('a.*b|a', '')",
      { x: "a".repeat(MB) },
    ],
    [
      "a regular expression of the document's",
      "#x.matches(#p)",
      { x: "a".repeat(MB), p: "(a?){100}(a+)+b" },
    ],
    ["a path down a path", "#jsonPath(#x, '$..*..*..*..*')", { x: OBJECTS }],
    [
      "a path through what is deep",
      "#jsonPath(#x, '$..*..*..*..[?(@)]')",
      { x: NESTED },
    ],
    [
      "a filter in a filter",
      "#jsonPath(#x, '$[?($..[?($..c)])]')",
      { x: OBJECTS },
    ],
    [
      "a filter with a regular expression",
      "#jsonPath(#x, '$..[?(@ =~ /(x+x+)+y/)]')",
      { x: OBJECTS.repeat(1).replaceAll("x".repeat(50), "x".repeat(2000)) },
    ],
    [
      "numbers that are long",
      "#jsonPath(#x, '$[0]')",
      { x: `[${"1.50,".repeat(500_000)}1]` },
    ],
    [
      "a long text beside a number",
      "#jsonPath(#x, '$[0]')",
      { x: `[1.50,"${"x".repeat(7 * MB)}"]` },
    ],
    [
      "an XPath over all of all",
      "#xpath(#x, '//*[count(//*) > count(//*[//*])]')",
      { x: ELEMENTS },
    ],
    [
      "an XPath that wanders",
      "#xpath(#x, '//*/ancestor::*//*/ancestor::*//*')",
      { x: `<r>${"<a><b/></a>".repeat(500)}</r>` },
    ],
    ["much XML", "#xpath(#x, '/r')", { x: `<r>${"<a/>".repeat(500_000)}</r>` }],
    [
      "many references",
      "#xpath(#x, '/r')",
      { x: `<r>${"&amp;".repeat(1_000_000)}</r>` },
    ],
  ])("stops %s", (_, expression, variables) => {
    // The clock advances by 1 ms each time it is read: work that does not read it often enough ends in a value.
    expect(stop(expression, variables, { clock: clockBy(1) }).reason).toMatch(
      STOPPED,
    );
  });

  it.each([
    "(a+)+$",
    "(a|a)*b",
    "(.*)*x",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(x+x+)+y",
  ])("matches %s in linear time, where backtracking engines hang", (p) => {
    const template = parseTemplate("{(#x.matches(#p))}");
    const variables = { x: `${"a".repeat(60)}!`, p };
    // At most 50 readings of the clock, each after 256 characters: a search that backtracks would need millions.
    const bounds = { clock: clockBy(1) };

    expect(template.toText({ variables, bounds })).toBe("false");
  });
});

describe("the memory limit of an evaluation", () => {
  it.each<[string, Variables]>([
    ["'a'.repeat(1000000000)", {}],
    ["'a' * 1000000000", {}],
    ["#x.replace('a', #x)", { x: "a".repeat(10_000) }],
    ["#x + #x + #x", { x: "a".repeat(4 * MB) }],
    ["#x.concat(#x).concat(#x)", { x: "a".repeat(3 * MB) }],
    ["T(String).format('%1000000000d', 1)", {}],
    ["T(String).format('%-1000000000s', 'a')", {}],
    ["T(String).join(#x, {1, 2, 3})", { x: "a".repeat(4 * MB) }],
    ["#x.![#y].toString()", { x: NUMBERS, y: "a".repeat(MB) }],
    ["#xmlEscape(#x)", { x: "&".repeat(2 * MB) }],
    ["#jsonEscape(#x)", { x: "ü".repeat(2 * MB) }],
    ["#jsonPath(#x, '$')", { x: "a".repeat(9 * MB) }],
    ["#jsonPath(#x, '$[0]')", { x: `[${"[],".repeat(MB)}1]` }],
    ["#jsonPath(#x, '$[0]')", { x: `[${"{},".repeat(MB)}1]` }],
    ["T(java.net.URLEncoder).encode(#x)", { x: "ü".repeat(3 * MB) }],
    [
      "T(Base64).getEncoder().encodeToString(#x)",
      { x: new Uint8Array(9 * MB) },
    ],
  ])("stops %s at 16 MB", (expression, variables) => {
    expect(stop(expression, variables, countedBounds()).reason).toBe(
      "evaluation exceeded the limit of 16777216 bytes; shorten the expression or the data it reads",
    );
  });

  it("stops an evaluation at a smaller memory limit when one is given", () => {
    expect(stop("'ab' + 'cd'", {}, { bytes: 7 }).reason).toMatch(
      /^evaluation exceeded the limit of 7 bytes/,
    );
  });

  it("limits the size of numbers", () => {
    expect(stop("#x * #x * #x * #x", { x: 10n ** 399n }).reason).toBe(
      "an integer must have at most 4096 bits",
    );
    expect(
      stop("new BigDecimal('1e999').multiply(new BigDecimal('1e999'))", {})
        .reason,
    ).toBe("a decimal must have at most 1000 decimal places and 4096 bits");
    expect(stop("new BigDecimal(#x)", { x: "9".repeat(MB) }).reason).toBe(
      "the value is not a valid decimal number",
    );
  });
});

describe("the size limits of the parser", () => {
  it("refuses a template longer than 1 MB", () => {
    expect(refusalOf(" ".repeat(MB + 1)).reason).toBe(
      "a template must have at most 1048576 characters but has 1048577",
    );
  });

  it("refuses an expression longer than 64 KB", () => {
    expect(refusalOf(`{('${"a".repeat(65_536)}')}`).reason).toBe(
      "an expression must have at most 65536 characters",
    );
  });

  it.each([
    [
      "{('a'.matches('" + "a+".repeat(501) + "'))}",
      "a regular expression must have at most 1000 characters but has 1002",
    ],
    [
      "{('a'.matches('((a{999}){9}){9}'))}",
      "the regular expression is too large; use fewer repetitions",
    ],
    [
      "{#jsonPath(#a, '$" + ".a".repeat(1000) + "')}",
      "a JSONPath must have at most 2000 characters but has 2001",
    ],
    ["{#jsonPath(#a, '$[?" + "(".repeat(500) + "')}", /^invalid JSONPath/],
    [
      "{#xpath(#a, '/a" + "/a".repeat(1000) + "')}",
      "an XPath must have at most 2000 characters but has 2002",
    ],
    [
      "{(" + "9".repeat(401) + ")}",
      "a number must have at most 400 characters",
    ],
  ])("refuses what is too long: %.30s…", (text, reason) => {
    expect(refusalOf(text).reason).toEqual(
      typeof reason === "string" ? reason : expect.stringMatching(reason),
    );
  });
});
