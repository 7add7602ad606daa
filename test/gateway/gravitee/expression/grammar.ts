import * as fc from "fast-check";

/** Names that an expression may try, those of JavaScript's own workings among them. */
const NAMES = [
  "request",
  "context",
  "lambdaResponse",
  "list",
  "map",
  "trap",
  "proxy",
  "instance",
  "call",
  "headers",
  "attributes",
  "content",
  "status",
  "secret",
  "canary",
  "constructor",
  "prototype",
  "__proto__",
  "__defineGetter__",
  "class",
  "getClass",
  "process",
  "globalThis",
  "require",
  "length",
  "size",
  "this",
  "root",
  "nope",
  "key",
  "value",
];

const METHODS = [
  "length",
  "substring",
  "indexOf",
  "contains",
  "split",
  "replaceAll",
  "matches",
  "repeat",
  "concat",
  "toString",
  "valueOf",
  "get",
  "getOrDefault",
  "keySet",
  "values",
  "entrySet",
  "size",
  "isEmpty",
  "subList",
  "intValue",
  "compareTo",
  "equals",
  "getBytes",
  "hashCode",
  "getFirst",
  "names",
  "constructor",
  "getClass",
  "call",
  "apply",
  "bind",
  "eval",
  "__lookupGetter__",
  "hasOwnProperty",
  "then",
];

const CLASSES = [
  "Math",
  "String",
  "Integer",
  "java.lang.Long",
  "java.math.BigDecimal",
  "java.util.Base64",
  "java.util.Collections",
  "LocalDate",
  "java.text.SimpleDateFormat",
  "Runtime",
  "java.lang.Runtime",
  "Object",
  "Function",
  "java.lang.ProcessBuilder",
];

const STATICS = [
  "max",
  "abs",
  "valueOf",
  "format",
  "join",
  "parseInt",
  "getEncoder",
  "toHexString",
  "now",
  "of",
  "getRuntime",
  "constructor",
];

const TEXTS = [
  "",
  "a",
  "A-17",
  "$.level",
  "$..*",
  "$[?(@.a == 1)]",
  "$.constructor",
  "//a",
  "/r/a[1]",
  "(a+)+$",
  "[",
  "(?=a)",
  '{"level":5,"l":[1,2.50]}',
  "<r><a>1</a></r>",
  "<!DOCTYPE r><r/>",
  "%s %d %9999999999d",
  "2024-02-30",
  "yyyy-MM-dd",
  "it''s",
];

const OPERATORS = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "&&",
  "||",
  "and",
  "or",
  "lt",
  "mod",
  "matches",
  "between",
  "instanceof",
];

const pick = (items: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...items);

const join = (
  ...parts: readonly (string | fc.Arbitrary<string>)[]
): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((p) => (typeof p === "string" ? fc.constant(p) : p)))
    .map((texts) => texts.join(""));

const literal = fc.oneof(
  pick(TEXTS).map((text) => `'${text}'`),
  fc.integer({ min: -5, max: 200 }).map(String),
  pick([
    "1e999",
    "0xFF",
    "99999999999999999999",
    "1.50",
    "2147483647",
    "true",
    "null",
  ]),
);

/** Paths through JSON and XML, in quotes. */
const pathOf = (
  start: readonly string[],
  steps: readonly string[],
): fc.Arbitrary<string> =>
  fc
    .tuple(pick(start), fc.array(pick(steps), { maxLength: 4 }))
    .map(
      ([first, rest]) => `'${(first + rest.join("")).replaceAll("'", "''")}'`,
    );

const jsonPaths = pathOf(
  ["$", "$", "$", "@", "", "level"],
  [
    ".level",
    ".l",
    "..",
    "..*",
    "[*]",
    "[0]",
    "[-1]",
    "[0,1]",
    "[1:]",
    "['l']",
    ".constructor",
    "['__proto__']",
    ".length()",
    ".sum()",
    "[?(@.a == 1)]",
    "[?(@ > 1)]",
    "[?(@.secret)]",
    "[?(@ =~ /(a+)+/)]",
    "[?(@.l size 2)]",
    "[?($..[?(@)])]",
    "[?(count(@..*) > 1)]",
    "[?",
    "]",
  ],
);

const xpaths = pathOf(
  ["", "/", "//", "count(", "string(", "."],
  [
    "a",
    "r",
    "/",
    "//",
    "*",
    "@i",
    "[1]",
    "[.//*]",
    "[position() < last()]",
    "ancestor::*",
    "/..",
    "text()",
    ")",
    "[",
    "namespace::*",
    "id(1)",
    " | //a",
    " + 1",
    "[contains(., 1)]",
  ],
);

const DOCUMENTS = [
  "#request.content",
  "#lambdaResponse.content",
  '\'{"a":[{"a":1},{"a":2.5}],"l":[[1],[[2]]]}\'',
  "'<r><a i=\"1\">1</a><a>2</a></r>'",
  "#list",
  "#map",
  "#trap",
];

/** Expressions that can be read, most of them. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{
  any: string;
  args: string;
}>((tie) => {
  const { any } = { any: tie("any") };
  return {
    args: fc.oneof(fc.constant(""), any, join(any, ", ", any)),
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: false },
      join("#", pick(NAMES)),
      literal,
      join(any, ".", pick(NAMES)),
      join(any, "?.", pick(NAMES)),
      join(any, "[", any, "]"),
      join(any, ".", pick(METHODS), "(", tie("args"), ")"),
      join("(", any, " ", pick(OPERATORS), " ", any, ")"),
      join("(", any, " ? ", any, " : ", any, ")"),
      join("(", any, " ?: ", any, ")"),
      join("{", any, ", ", any, "}"),
      join("{a: ", any, "}"),
      join(any, pick([".?[", ".^[", ".$[", ".!["]), any, "]"),
      join("T(", pick(CLASSES), ").", pick(STATICS), "(", tie("args"), ")"),
      join("new ", pick(CLASSES), "(", tie("args"), ")"),
      join("#jsonPath(", any, ", ", any, ")"),
      join("#xpath(", any, ", ", any, ")"),
      join("#jsonPath(", pick(DOCUMENTS), ", ", jsonPaths, ")"),
      join("#xpath(", pick(DOCUMENTS), ", ", xpaths, ")"),
      join("#xpath(", pick(DOCUMENTS), ", ", xpaths, ", 'node_list')"),
      join("#jsonEscape(", any, ")"),
      join("!(", any, ")"),
    ),
  };
}).any;

/** Expressions with something left out, put in, or said twice. */
export const broken: fc.Arbitrary<string> = fc
  .tuple(
    expressions,
    fc.nat(),
    fc.nat(6),
    pick([
      "",
      "'",
      "]",
      ")",
      "}",
      "{",
      "#",
      "T(",
      "=",
      "@x",
      "\u0000",
      "😀",
      "..",
      "new ",
    ]),
  )
  .map(([text, at, drop, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + drop);
  });

/** Words and signs in any order. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      pick(NAMES),
      pick(METHODS),
      pick(OPERATORS),
      pick([
        "#",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ".",
        "?.",
        "?:",
        "?",
        ":",
        ",",
        "!",
        "T(",
        "new ",
        "'",
        '"',
        " ",
        ".?[",
        ".![",
      ]),
      literal,
    ),
    { maxLength: 14 },
  )
  .map((words) => words.join(""));
