import { fail } from "../errors/Fault";
import { PathScanner, QUOTED } from "./PathScanner";
import { readFilter } from "./readFilter";

/** Maximum length of a JSONPath, in characters. */
const LONGEST = 2000;

/** A path in the syntax of RFC 9535. */
export interface RfcPath {
  readonly text: string;

  /** The function call at the end of the path, which is applied to the result. Optional. */
  readonly ending?: { readonly name: string; readonly argument: string };
}

/** Translates a path from the syntax of Jayway JsonPath to that of RFC 9535. */
export function toRfcPath(path: string): RfcPath {
  if (path.length > LONGEST)
    fail(
      `a JSONPath must have at most ${LONGEST} characters but has ${path.length}`,
    );
  const trimmed = path.trim();
  if (trimmed === "") fail("the path is empty");
  const rooted = /^[$@]/.test(trimmed)
    ? trimmed
    : `$${trimmed.startsWith("[") ? "" : "."}${trimmed}`;
  const scanner = new PathScanner(rooted);
  scanner.at = 1;
  const { segments, ending } = readSegments(scanner);
  if (!scanner.isDone) scanner.refuse('expected "." or "["');
  return { text: `$${segments}`, ...(ending && { ending }) };
}

const NAME = /[^.[\]()\s,'"=<>!~&|*?@$]+/y;

/** Reads names and brackets until another character follows, and a function call at the end, such as `.length()`. */
export function readSegments(scanner: PathScanner): {
  segments: string;
  ending?: RfcPath["ending"];
} {
  let segments = "";
  while (!scanner.isDone) {
    const isDeep = scanner.takeIf("..");
    if (isDeep || scanner.takeIf(".")) {
      segments += isDeep ? ".." : "";
      if (isDeep && scanner.text[scanner.at] === "[") continue;
      if (scanner.takeIf("*")) {
        segments += "[*]";
        continue;
      }
      const [name] = scanner.take(NAME) ?? scanner.refuse("expected a name");
      if (!isDeep && scanner.takeIf("(")) {
        const argument = scanner.take(/[^()]*/y)?.[0].trim() ?? "";
        scanner.expect(")");
        return { segments, ending: { name, argument } };
      }
      segments += `[${JSON.stringify(name)}]`;
    } else if (scanner.takeIf("[")) segments += readBrackets(scanner);
    else break;
  }
  return { segments };
}

function readBrackets(scanner: PathScanner): string {
  scanner.skip();
  if (scanner.takeIf("?")) {
    const filter = readFilter(scanner, readSegments);
    scanner.expect("]");
    return `[?${filter}]`;
  }
  let text = "[";
  while (!scanner.takeIf("]"))
    text +=
      scanner.take(QUOTED)?.[0] ??
      scanner.take(/[-\d:,*\s]+/y)?.[0] ??
      scanner.refuse('expected a number, a quoted name, "*" or "]"');
  return `${text}]`;
}
