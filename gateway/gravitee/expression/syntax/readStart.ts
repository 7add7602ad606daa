import { readNumber } from "./readNumber";
import type { Node } from "./Node";
import type { Reader } from "./Reader";

/** A function that reads a whole expression. */
export type ReadExpression = (reader: Reader) => Node;

/** Reads the first value of a path. */
export function readStart(reader: Reader, read: ReadExpression): Node {
  const { kind, text, at } = reader.next;
  if (kind === "text") {
    reader.take();
    return { kind: "literal", value: text, at };
  }
  if (kind === "number") {
    const value = readNumber(reader);
    reader.take();
    return { kind: "literal", value, at };
  }
  if (kind === "name") return readNamed(reader, read);
  if (text === "#") return readVariable(reader, read);
  if (text === "(") return readBracketed(reader, read);
  if (text === "{") return readCollection(reader, read);
  if (text === "@" || text === "&")
    reader.refuseAt(
      at,
      `"${text}" is not supported because expressions cannot access Spring beans`,
    );
  return reader.refuse("expected a value");
}

/** Reads the arguments of a call, with their parentheses. */
export function readArguments(reader: Reader, read: ReadExpression): Node[] {
  reader.expect("(");
  const args: Node[] = [];
  if (reader.takeIf(")")) return args;
  do args.push(read(reader));
  while (reader.takeIf(","));
  reader.expect(")");
  return args;
}

function readBracketed(reader: Reader, read: ReadExpression): Node {
  reader.expect("(");
  const node = read(reader);
  reader.expect(")");
  return node;
}

function readVariable(reader: Reader, read: ReadExpression): Node {
  const { at } = reader.expect("#");
  const { text: name } = reader.expectName('a variable name after "#"');
  if (reader.isAt("("))
    return { kind: "call", name, args: readArguments(reader, read), at };
  if (name === "this") return { kind: "self", at };
  return { kind: "variable", name, at };
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function readNamed(reader: Reader, read: ReadExpression): Node {
  const { text, at } = reader.take();
  const value = WORDS.get(text.toLowerCase());
  if (value !== undefined) return { kind: "literal", value, at };
  if (text === "T" && reader.isAt("(")) return readType(reader, at);
  if (text.toLowerCase() === "new" && reader.next.kind === "name")
    return readNew(reader, { read, at });
  if (reader.elements === 0) refuseBare(reader, { name: text, at });
  const start = { kind: "self", at } as const;
  const isSafe = false;
  return {
    kind: "path",
    start,
    links: [
      reader.isAt("(")
        ? {
            kind: "method",
            name: text,
            args: readArguments(reader, read),
            isSafe,
            at,
          }
        : { kind: "property", name: text, isSafe, at },
    ],
    at,
  };
}

function refuseBare(
  reader: Reader,
  { name, at }: { name: string; at: number },
): never {
  reader.refuseAt(
    at,
    reader.isAt("(")
      ? `${name}(…) has no target; write #${name}(…) for a function, or value.${name}(…) for a method`
      : `unknown name ${name}; write #${name} for a variable, or '${name}' for a string`,
  );
}

function readType(reader: Reader, at: number): Node {
  reader.expect("(");
  const name = readClassName(reader);
  reader.expect(")");
  return { kind: "type", name, at };
}

function readNew(
  reader: Reader,
  { read, at }: { read: ReadExpression; at: number },
): Node {
  const name = readClassName(reader);
  if (reader.isAt("["))
    reader.refuseAt(
      reader.next.at,
      "arrays are not supported; use a list, for example {1, 2}",
    );
  return { kind: "new", name, args: readArguments(reader, read), at };
}

function readClassName(reader: Reader): string {
  let name = reader.expectName("a class name").text;
  while (reader.takeIf("."))
    name += `.${reader.expectName("a class name").text}`;
  return name;
}

/** `{}` and `{1, 2}` are lists, `{:}` and `{a: 1}` are maps. */
function readCollection(reader: Reader, read: ReadExpression): Node {
  const { at } = reader.expect("{");
  if (reader.takeIf("}")) return { kind: "list", items: [], at };
  if (reader.takeIf(":")) {
    reader.expect("}");
    return { kind: "map", entries: [], at };
  }
  if (isKeyNext(reader)) return readMap(reader, { read, at });
  const first = read(reader);
  if (reader.isAt(":")) return readMap(reader, { read, at, first });
  const items = [first];
  while (reader.takeIf(",")) items.push(read(reader));
  reader.expect("}");
  return { kind: "list", items, at };
}

/** Whether the next tokens are a bare name and a colon, which is the key of a map entry. */
function isKeyNext(reader: Reader): boolean {
  return reader.next.kind === "name" && isColon(reader);
}

function isColon(reader: Reader): boolean {
  const { kind, text } = reader.second;
  return kind === "symbol" && text === ":";
}

function readMap(
  reader: Reader,
  { read, at, first }: { read: ReadExpression; at: number; first?: Node },
): Node {
  const entries: [Node, Node][] = [];
  let key = first;
  do {
    key ??= readEntryKey(reader, read);
    reader.expect(":");
    entries.push([key, read(reader)]);
    key = undefined;
  } while (reader.takeIf(","));
  reader.expect("}");
  return { kind: "map", entries, at };
}

function readEntryKey(reader: Reader, read: ReadExpression): Node {
  if (!isKeyNext(reader)) return read(reader);
  const { text, at } = reader.take();
  return { kind: "literal", value: text, at };
}
