import { fail } from "../errors/Fault";
import { toPattern } from "../text/Pattern";
import { QUOTED, type PathScanner } from "./PathScanner";

/** A function that reads the segments of a path. */
type ReadSegments = (scanner: PathScanner) => {
  segments: string;
  ending?: { readonly name: string; readonly argument: string } | undefined;
};

/** The state of reading a filter. */
interface Reading {
  readonly scanner: PathScanner;
  readonly readSegments: ReadSegments;
}

/** Reads a filter after its question mark, and translates it to the syntax of RFC 9535. */
export function readFilter(
  scanner: PathScanner,
  readSegments: ReadSegments,
): string {
  return scanner.within(() => readAny({ scanner, readSegments }));
}

function readAny(reading: Reading): string {
  return readJoined(reading, { word: "||", read: readAll });
}

function readAll(reading: Reading): string {
  return readJoined(reading, { word: "&&", read: readTest });
}

function readJoined(
  reading: Reading,
  { word, read }: { word: string; read: (reading: Reading) => string },
): string {
  const { scanner } = reading;
  let text = read(reading);
  while (scanner.takeBehindBlanks(word)) text += ` ${word} ${read(reading)}`;
  return text;
}

function readTest(reading: Reading): string {
  const { scanner } = reading;
  scanner.skip();
  if (scanner.text[scanner.at + 1] !== "=" && scanner.takeIf("!"))
    return `!(${scanner.within(() => readTest(reading))})`;
  if (!scanner.takeIf("(")) return readComparison(reading);
  const text = scanner.within(() => readAny(reading));
  scanner.expect(")");
  return `(${text})`;
}

/** The operators that are words, and the function that replaces each. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["in", "jayway_in"],
  ["nin", "!jayway_in"],
  ["subsetof", "jayway_subset"],
  ["anyof", "jayway_any"],
  ["noneof", "!jayway_any"],
  ["size", "jayway_size"],
  ["empty", "jayway_empty"],
  ["contains", "jayway_contains"],
]);

function readComparison(reading: Reading): string {
  const { scanner } = reading;
  const left = readOperand(reading);
  scanner.skip();
  if (scanner.takeIf("=~")) return readRegex(scanner, left);
  const symbol = scanner.take(/===?|!==?|<=|>=|<|>/y)?.[0];
  if (symbol) {
    const operator = symbol.replace(/^([=!])==$/, "$1=");
    return `${left} ${operator} ${readOperand(reading)}`;
  }
  const word = scanner.take(/[a-z]+/iy)?.[0].toLowerCase();
  if (word === undefined) return left;
  const name = WORDS.get(word);
  return name
    ? `${name}(${left}, ${readOperand(reading)})`
    : fail(
        `unknown operator ${word} in a filter; the operators are ==, !=, <, <=, >, >=, =~, ${[...WORDS.keys()].join(", ")}`,
      );
}

function readRegex(scanner: PathScanner, left: string): string {
  scanner.skip();
  const [, source = "", flags = ""] =
    scanner.take(/\/((?:[^/\\]|\\.)*)\/([a-z]*)/iy) ??
    scanner.refuse("expected a regular expression, for example /a.*/i");
  const known = flags.replace(/[^ims]/g, "");
  const pattern = `${known ? `(?${known})` : ""}${source.replaceAll("\\/", "/")}`;
  toPattern(pattern);
  return `jayway_matches(${left}, ${JSON.stringify(pattern)})`;
}

function readOperand(reading: Reading): string {
  const { scanner } = reading;
  scanner.skip();
  const literal =
    scanner.take(QUOTED)?.[0] ??
    scanner.take(
      /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|(?:true|false|null)\b/y,
    )?.[0];
  if (literal !== undefined) return literal;
  const [root] = scanner.take(/[@$]/y) ?? [];
  if (root !== undefined) {
    const { segments, ending } = reading.readSegments(scanner);
    return ending ? toCall(ending, root + segments) : root + segments;
  }
  if (scanner.takeIf("[")) return readList(reading);
  const [, name] =
    scanner.take(/([a-z_]+)\(/y) ?? scanner.refuse("expected a value");
  const readArgument = (): string => scanner.within(() => readOperand(reading));
  const args = [readArgument()];
  while (scanner.takeBehindBlanks(",")) args.push(readArgument());
  scanner.expect(")");
  return `${name ?? ""}(${args.join(", ")})`;
}

/** The functions that a path in a filter can end with, and the function that replaces each. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["length", "length"],
  ["size", "length"],
  ["min", "jayway_min"],
  ["max", "jayway_max"],
  ["sum", "jayway_sum"],
  ["avg", "jayway_avg"],
]);

function toCall({ name }: { name: string }, path: string): string {
  const known = ENDINGS.get(name);
  return known
    ? `${known}(${path})`
    : fail(
        `unknown function ${name}() in a filter; the functions are ${[...ENDINGS.keys()].join(", ")}`,
      );
}

/**
 * Reads a list of literals, and writes it as a string that contains JSON. A list in a list is refused: no value is equal to it,
 * and the quotes of the inner list would be escaped again at each level.
 */
function readList(reading: Reading): string {
  const { scanner } = reading;
  const items: string[] = [];
  scanner.skip();
  while (!scanner.takeIf("]")) {
    if (scanner.text[scanner.at] === "[")
      scanner.refuse("expected only literal values in the list");
    const item = readOperand(reading);
    if (/^[@$[a-z]/.test(item) && !/^(true|false|null)$/.test(item))
      scanner.refuse("expected only literal values in the list");
    items.push(item.startsWith("'") ? JSON.stringify(unquote(item)) : item);
    scanner.skip();
    if (!scanner.takeIf(",") && scanner.text[scanner.at] !== "]")
      scanner.refuse('expected "," or "]"');
    scanner.skip();
  }
  return JSON.stringify(`[${items.join(",")}]`);
}

function unquote(item: string): string {
  return item.slice(1, -1).replace(/\\(.)/g, "$1");
}
