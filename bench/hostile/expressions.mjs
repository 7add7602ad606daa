// Hostile input for expressions, by the kind of work. Each is evaluated with the default limits.
import { longestBlock } from "../runner/longestBlock.mjs";
import { loadLanguage } from "../runner/loadLanguage.mjs";
import { JSONS, PATTERNS, TEXTS, XMLS } from "./texts.mjs";

const MODULES = [
  "libraries/peers",
  "parseTemplate",
  "metering/Meter",
  "methods/stringMethods",
  "methods/listMethods",
  "methods/mapMethods",
  "methods/otherMethods",
  "classes/CLASSES",
];

/** Calls every method of a kind of value with large receivers and arguments. */
function methodsOf(methods, receivers) {
  return [...methods].flatMap(([name, method]) =>
    receivers.map((receiver) => ({
      name: `${name}()`,
      run: ({ Meter }) => {
        const meter = new Meter();
        const count = [0, 1, 2, 3].find((number) => method.accepts(number));
        const args = new Array(count).fill(receiver ?? TEXTS.letters);
        meter.run(() => method.call(receiver, args, meter));
      },
    })),
  );
}

/** Evaluates an expression with each of the values as `#x`. */
function evaluations(expressions, values) {
  return expressions.flatMap((expression) =>
    Object.entries(values).map(([of, x]) => ({
      name: `\`${shortened(expression)}\`, ${of}`,
      run: ({ parseTemplate }) =>
        parseTemplate(`{(${expression})}`).toText({ variables: { x } }),
    })),
  );
}

const shortened = (expression) =>
  expression.length > 60 ? `${expression.slice(0, 60)}…` : expression;

const letters = { letters: TEXTS.letters };

/** Functions that return the inputs of each kind. */
export const KINDS = {
  "methods of strings": ({ STRING_METHODS }) =>
    methodsOf(STRING_METHODS, Object.values(TEXTS)),
  "methods of lists, maps and byte arrays": (language) => [
    ...methodsOf(language.LIST_METHODS, [new Array(500_000).fill("a")]),
    ...methodsOf(language.MAP_METHODS, [
      new Map(Array.from({ length: 100_000 }, (_, n) => [n, n])),
    ]),
    ...methodsOf(language.BYTES_METHODS, [new Uint8Array(16_000_000)]),
  ],
  "methods of classes": ({ CLASSES }) =>
    CLASSES.flatMap(({ statics = new Map(), construct }) =>
      methodsOf(construct ? [...statics, ["new", construct]] : statics, [null]),
    ),
  "operators and escapes": () =>
    evaluations(
      [
        "#x + #x",
        "#x == #x.concat('a')",
        "#x < #x",
        "#x * 2",
        "#x ? 1 : 2",
        "#xmlEscape(#x)",
        "#jsonEscape(#x)",
        "T(java.net.URLEncoder).encode(#x, 'UTF-8')",
        "T(Base64).getMimeEncoder().encodeToString(#x)",
        "T(String).format(#x, 1)",
        "{1, 2, 3, 4, 5, 6, 7, 8}.![#x.toUpperCase()]",
        "#x.split('').?[#this.contains('a')]",
      ],
      TEXTS,
    ),
  "searches for long strings": () =>
    evaluations(
      ["contains", "indexOf", "lastIndexOf"].map(
        (name) => `#x.${name}('b' + 'a'.repeat(1000000))`,
      ),
      letters,
    ),
  JSON: () =>
    evaluations(
      ["$", "$..*", "$[?(@.a == 1)]"].map((path) => `#jsonPath(#x, '${path}')`),
      JSONS,
    ),
  XML: () => evaluations(["#xpath(#x, '/r')"], XMLS),
  XPath: () =>
    evaluations(
      [
        "//*[count(//*) > 1]",
        "//a = //a",
        "//a | //r",
        "//a/preceding::a",
        "number(//a)",
      ].map((path) => `#xpath(#x, '${path}')`),
      { "15,000 elements": XMLS["15,000 elements"] },
    ),
  "regular expressions": () =>
    evaluations(
      PATTERNS.flatMap((pattern) => [
        `#x.matches('${pattern}' + '')`,
        `#x.replaceAll('${pattern}' + '', '$0$0')`,
      ]),
      letters,
    ),
};

/** Measures the inputs of one kind. Returns the longest block in ms, and the input that caused it. */
export async function measureExpressions(kind) {
  const language = loadLanguage(MODULES);
  await language.loadLibraries();
  let worst = { ms: 0, name: "" };
  for (const { name, run } of KINDS[kind](language)) {
    const ms = await longestBlock(() => run(language));
    if (ms > worst.ms) worst = { ms, name };
  }
  return worst;
}
