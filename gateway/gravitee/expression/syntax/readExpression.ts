import type { Further, Node, Operator } from "./Node";
import { readPath } from "./readPath";
import type { Reader } from "./Reader";

/** Reads an expression, starting with the operators of the lowest precedence. */
export function readExpression(reader: Reader): Node {
  return reader.within(() => {
    const { at } = reader.next;
    const value = readAny(reader);
    if (reader.takeIf("?:")) {
      const otherwise = readExpression(reader);
      return { kind: "elvis", value, otherwise, at };
    }
    if (!reader.takeIf("?")) return refuseAssignment(reader, value);
    const yes = readExpression(reader);
    reader.expect(":");
    const no = readExpression(reader);
    return { kind: "ternary", test: value, yes, no, at };
  });
}

function refuseAssignment(reader: Reader, value: Node): Node {
  for (const symbol of ["=", "++", "--"])
    if (reader.isAt(symbol))
      reader.refuseAt(
        reader.next.at,
        `"${symbol}" is not supported because expressions cannot assign values`,
      );
  return value;
}

function readAny(reader: Reader): Node {
  return readParts(reader, { kind: "any", words: ANY, read: readAll });
}

function readAll(reader: Reader): Node {
  return readParts(reader, { kind: "all", words: ALL, read: readComparison });
}

const ANY = new Map([
  ["||", true],
  ["or", true],
]);
const ALL = new Map([
  ["&&", true],
  ["and", true],
]);

function readParts(
  reader: Reader,
  {
    kind,
    words,
    read,
  }: {
    kind: "all" | "any";
    words: ReadonlyMap<string, boolean>;
    read: (reader: Reader) => Node;
  },
): Node {
  const { at } = reader.next;
  const parts = [read(reader)];
  while (takeWord(reader, words)) parts.push(read(reader));
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind, parts, at };
}

const COMPARISONS: ReadonlyMap<string, Operator> = new Map([
  ["==", "=="],
  ["eq", "=="],
  ["!=", "!="],
  ["ne", "!="],
  ["<", "<"],
  ["lt", "<"],
  ["<=", "<="],
  ["le", "<="],
  [">", ">"],
  ["gt", ">"],
  [">=", ">="],
  ["ge", ">="],
  ["matches", "matches"],
  ["between", "between"],
  ["instanceof", "instanceof"],
]);

function readComparison(reader: Reader): Node {
  const { at } = reader.next;
  const first = readSum(reader);
  const place = reader.next.at;
  const operator = takeWord(reader, COMPARISONS);
  if (!operator) return first;
  const rest = [{ operator, right: readSum(reader), at: place }];
  return { kind: "row", first, rest, at };
}

const SUMS: ReadonlyMap<string, Operator> = new Map([
  ["+", "+"],
  ["-", "-"],
]);
const PRODUCTS: ReadonlyMap<string, Operator> = new Map([
  ["*", "*"],
  ["/", "/"],
  ["div", "/"],
  ["%", "%"],
  ["mod", "%"],
]);
const POWERS: ReadonlyMap<string, Operator> = new Map([["^", "^"]]);

function readSum(reader: Reader): Node {
  return readRow(reader, { words: SUMS, read: readProduct });
}

function readProduct(reader: Reader): Node {
  return readRow(reader, { words: PRODUCTS, read: readPower });
}

function readPower(reader: Reader): Node {
  return readRow(reader, { words: POWERS, read: readUnary });
}

function readRow(
  reader: Reader,
  {
    words,
    read,
  }: {
    words: ReadonlyMap<string, Operator>;
    read: (reader: Reader) => Node;
  },
): Node {
  const { at } = reader.next;
  const first = read(reader);
  const rest: Further[] = [];
  for (;;) {
    const place = reader.next.at;
    const operator = takeWord(reader, words);
    if (!operator) break;
    rest.push({ operator, right: read(reader), at: place });
  }
  return rest.length === 0 ? first : { kind: "row", first, rest, at };
}

const UNARY: ReadonlyMap<string, "+" | "-" | "!"> = new Map([
  ["+", "+"],
  ["-", "-"],
  ["!", "!"],
  ["not", "!"],
]);

function readUnary(reader: Reader): Node {
  const { at } = reader.next;
  const operator = takeWord(reader, UNARY);
  return operator
    ? reader.within(() => ({
        kind: "unary",
        operator,
        of: readUnary(reader),
        at,
      }))
    : readPath(reader, readExpression);
}

/** Consumes the next token if it is one of the given words, in any case, and returns its meaning. */
function takeWord<Meaning>(
  reader: Reader,
  words: ReadonlyMap<string, Meaning>,
): Meaning | undefined {
  const { kind, text } = reader.next;
  if (kind !== "name" && kind !== "symbol") return undefined;
  const meaning = words.get(text.toLowerCase());
  if (meaning !== undefined) reader.take();
  return meaning;
}
