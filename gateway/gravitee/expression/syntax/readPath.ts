import type { Link, Node } from "./Node";
import { readArguments, readStart, type ReadExpression } from "./readStart";
import type { Reader } from "./Reader";

/** Reads a value and the properties, methods, indexes, selections and projections applied to it. */
export function readPath(reader: Reader, read: ReadExpression): Node {
  const { at } = reader.next;
  const start = readStart(reader, read);
  const links: Link[] = [];
  for (;;) {
    const link = readLink(reader, read);
    if (!link) break;
    links.push(link);
  }
  return links.length === 0 ? start : { kind: "path", start, links, at };
}

const SELECTIONS: ReadonlyMap<string, "all" | "first" | "last"> = new Map([
  [".?[", "all"],
  ["?[", "all"],
  [".^[", "first"],
  ["^[", "first"],
  [".$[", "last"],
  ["$[", "last"],
]);

function readLink(reader: Reader, read: ReadExpression): Link | undefined {
  const { kind, text, at } = reader.next;
  if (kind !== "symbol") return undefined;
  if (text === "[") return readIndex(reader, { read, at, isSafe: false });
  if (text === "." || text === "?.") {
    reader.take();
    return readDotted(reader, { read, at, isSafe: text === "?." });
  }
  return text.startsWith(".")
    ? readOverElements(reader, { read, at, isSafe: false })
    : undefined;
}

interface Place {
  readonly read: ReadExpression;
  readonly at: number;
  readonly isSafe: boolean;
}

function readIndex(reader: Reader, { read, at, isSafe }: Place): Link {
  reader.expect("[");
  const index = read(reader);
  reader.expect("]");
  return { kind: "index", index, isSafe, at };
}

function readDotted(reader: Reader, place: Place): Link {
  if (place.isSafe) {
    if (reader.isAt("[")) return readIndex(reader, place);
    const over = readOverElements(reader, place);
    if (over) return over;
  }
  const { text: name, at } = reader.expectName('a name after "."');
  const { isSafe, read } = place;
  if (name === "$" && isSafe && reader.isAt("["))
    return readSelection(reader, { ...place, which: "last" });
  if (!reader.isAt("(")) return { kind: "property", name, isSafe, at };
  return {
    kind: "method",
    name,
    args: readArguments(reader, read),
    isSafe,
    at,
  };
}

/** Reads a selection or a projection. */
function readOverElements(reader: Reader, place: Place): Link | undefined {
  const { kind, text } = reader.next;
  if (kind !== "symbol") return undefined;
  const which = SELECTIONS.get(text);
  if (!which && text !== ".![" && text !== "![") return undefined;
  if (which) return readSelection(reader, { ...place, which });
  const each = readInBrackets(reader, place.read);
  return { kind: "project", each, isSafe: place.isSafe, at: place.at };
}

function readSelection(
  reader: Reader,
  {
    which,
    read,
    isSafe,
    at,
  }: Place & { readonly which: "all" | "first" | "last" },
): Link {
  const test = readInBrackets(reader, read);
  return { kind: "select", which, test, isSafe, at };
}

function readInBrackets(reader: Reader, read: ReadExpression): Node {
  reader.take();
  reader.elements++;
  const node = read(reader);
  reader.elements--;
  reader.expect("]");
  return node;
}
