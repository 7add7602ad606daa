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
