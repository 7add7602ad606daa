import { EvaluationError } from "../../../../gateway/gravitee/expression/errors/EvaluationError";
import { Meter } from "../../../../gateway/gravitee/expression/metering/Meter";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import { beanOf } from "../../../../gateway/gravitee/expression/values/Bean";
import { MultiMap } from "../../../../gateway/gravitee/expression/values/MultiMap";
import { weighPattern } from "../../../../gateway/gravitee/expression/text/weighPattern";
import { valueOf, type Variables } from "./evaluating";

jest.setTimeout(120_000);

const KB = 1024;
const MB = KB * KB;

/** Steps of the default time limit. */
const LIMIT = 50_000_000;

/** Evaluates an expression with a clock that stands still: only counted steps can stop it. */
function evaluate(
  expression: string,
  variables: Variables,
): { readonly steps: number; readonly result: string } {
  const meter = new Meter({ clock: () => 0 });
  const template = parseTemplate(`{(${expression})}`);
  try {
    const text = template.toText({ variables, meter });
    return { steps: meter.steps, result: text ?? "null" };
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.cause) throw error;
    return { steps: meter.steps, result: error.reason };
  }
}

const NUMBERS = Array.from({ length: 100_000 }, (_, at) => at);

/** A list that contains itself twice at each of 60 levels, as a list of the application can. */
const SHARED = NUMBERS.slice(0, 60).reduce<unknown>((a) => [a, a], [1]);

const ATTRIBUTES = NUMBERS.map((n) => `a${n}=""`).join(" ");

describe("an expression with hostile input", () => {
  it.each<[string, string, Variables]>([
    [
      "spaces inside a string that is trimmed",
      "#x.trim().length()",
      { x: `a${" ".repeat(3 * MB)}b` },
    ],
    [
      "zeros in a format specifier",
      "T(String).format(#x, 1)",
      { x: `%${"0".repeat(3 * MB)}` },
    ],
    [
      "zeros in a reference to a group",
      "'a'.replaceAll('[a]', #x).length()",
      { x: `$${"0".repeat(MB)}` },
    ],
    [
      "a long string that is searched",
      "#x.contains(#y)",
      { x: "a".repeat(2 * MB), y: `b${"a".repeat(MB)}` },
    ],
    [
      "a long string that is searched from the end",
      "#x.lastIndexOf(#y)",
      { x: "a".repeat(2 * MB), y: `${"a".repeat(MB)}b` },
    ],
    [
      "a text whose prefix a regular expression searches",
      "#x.matches(#y)",
      { x: "a".repeat(MB), y: `b${"a".repeat(900)}.*` },
    ],
    [
      "a long string where a date is expected",
      "T(java.time.LocalDate).parse(#x, T(java.time.format.DateTimeFormatter).ofPattern('MMMM'))",
      { x: "A".repeat(3 * MB) },
    ],
    [
      "digits that an XPath converts to a number",
      "#xpath(#x, '/a > 5', 'boolean')",
      { x: `<a>${"1".repeat(500 * KB)}x</a>` },
    ],
    [
      "a string that an XPath searches for",
      "#xpath(#x, 'contains(/r/a, /r/b)')",
      {
        x: `<r><a>${"a".repeat(MB)}</a><b>b${"a".repeat(MB / 2)}</b></r>`,
      },
    ],
    ["attributes", "#xpath(#x, '/r')", { x: `<r ${ATTRIBUTES}/>` }],
    [
      "comments",
      "#xpath(#x, '/r')",
      { x: `<r>${"<!---->".repeat(500_000)}</r>` },
    ],
    [
      "nodes in the set of an XPath",
      "#xpath(#x, '//a | //a | //r')",
      { x: `<r>${"<a/>".repeat(20_000)}</r>` },
    ],
    [
      "an XPath that reaches nodes in many ways",
      "#xpath(#x, '//*//*//*//*//*')",
      { x: `${"<a>".repeat(150)}${"</a>".repeat(150)}` },
    ],
    [
      "lists that a filter compares",
      "#jsonPath(#x, '$.l[?($.a == $.b)]')",
      {
        x: JSON.stringify({
          a: NUMBERS.slice(0, 20_000),
          b: NUMBERS.slice(0, 20_000),
          l: NUMBERS.slice(0, 20_000),
        }),
      },
    ],
    ["a list that contains itself often", "'' + #x.toString()", { x: SHARED }],
    ["such lists that are compared", "#x == {#x}[0].reversed()", { x: SHARED }],
    ["control characters", "#jsonEscape(#x)", { x: "\x01".repeat(3 * MB) }],
    [
      "decimals with many zeros",
      "#l.![new BigDecimal(#x).stripTrailingZeros()].size()",
      { l: NUMBERS, x: `1${"0".repeat(900)}` },
    ],
    [
      "a string that is converted for each element",
      "#l.![#x.toUpperCase()].size()",
      { l: NUMBERS, x: "a".repeat(6 * KB) },
    ],
  ])("ends within the limit of steps: %s", (_, expression, variables) => {
    const { steps, result } = evaluate(expression, variables);

    // Work that would exceed the limit is counted, but not done.
    expect(
      steps <= LIMIT || result.includes("exceeded the limit of 50 ms"),
    ).toBe(true);
  });

  it("limits the nesting depth of JSON", () => {
    const x = "[".repeat(513) + "]".repeat(513);

    expect(evaluate("#jsonPath(#x, '$')", { x }).result).toBe(
      "the JSON is nested more than 512 levels deep",
    );
  });

  it("counts brackets in JSON strings as text", () => {
    const x = JSON.stringify({ a: `\\"${"[".repeat(2000)}`, b: 7 });

    expect(valueOf("#jsonPath(#x, '$.b')", { x })).toBe("7");
  });

  it.each([
    ["JSON", "{#jsonPath(#x, '$.id')}", '{"id":5,"data":"…"}'],
    ["XML", "{#xpath(#x, '/r/id')}", "<r><id>5</id><data>…</data></r>"],
  ])(
    "parses %s of the largest size once for all expressions of a string",
    (_, expression, document) => {
      const meter = new Meter({ clock: () => 0 });
      const x = document.replace("…", "a".repeat(6 * MB - 100));

      expect(
        parseTemplate(`${expression} `.repeat(10)).toText({
          variables: { x },
          meter,
        }),
      ).toBe("5 ".repeat(10));
      expect(meter.steps).toBeLessThan(LIMIT);
    },
  );

  it("computes a list or a map of a variable once", () => {
    let count = 0;
    const toRequest = beanOf("request", {
      params: () => {
        count++;
        return new MultiMap(["a", "1"]);
      },
    });
    const variables = { request: toRequest(undefined), l: [1, 2, 3] };

    expect(valueOf("#l.![#request.params['a'][0]].size()", variables)).toBe(
      "3",
    );
    expect(count).toBe(1);
  });

  it("limits the length of a name in XML", () => {
    expect(
      evaluate("#xpath(#x, '/a')", { x: `<${"a".repeat(1001)}/>` }).result,
    ).toBe("a name in the XML must have at most 1000 characters");
  });

  it("evaluates a random number of a range that exceeds Java's int", () => {
    expect(
      Number(
        valueOf("new java.util.Random(1).nextInt(#a, #b)", {
          a: -2_147_483_648,
          b: 2_147_483_647,
        }),
      ),
    ).toBeGreaterThanOrEqual(-2_147_483_648);
  });

  it("knows a time zone in any case", () => {
    const at = (zone: string): string | null =>
      valueOf(
        `T(java.time.ZonedDateTime).parse('2024-05-01T12:00:00Z').withZoneSameInstant('${zone}').getHour()`,
      );

    expect([at("Europe/Berlin"), at("eUROPE/bERLIN")]).toEqual(["14", "14"]);
  });

  it("shares the time limit between all evaluations with one meter", () => {
    const meter = new Meter({ clock: () => 0 });
    const variables = { x: "a".repeat(6 * MB) };
    const run = (): string | null =>
      parseTemplate("{#x.indexOf('b')}").toText({ variables, meter });

    expect([run(), run(), run()]).toEqual(["-1", "-1", "-1"]);
    expect(run).toThrow("exceeded the limit of 50 ms");
  });
});

describe("weighPattern", () => {
  it.each([
    ["abc", 3],
    ["(abc){3}", 18],
    ["((a{10}){10}){10}", 2000],
    ["a{2,}", 3],
    ["(a|b)*", 6],
    ["\\Q{9}\\E", 7],
    ["\\{9}", 3],
  ])("weighs %s as at least %i", (source, least) => {
    expect(weighPattern(source)).toBeGreaterThanOrEqual(least);
  });

  it.each(["[{9}]", "a{,5}", "\\p{L}", "[\\]{9}]", "(?i)a"])(
    "does not multiply what is not a repetition: %s",
    (source) => {
      expect(weighPattern(source)).toBeLessThan(20);
    },
  );
});
