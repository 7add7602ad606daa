import { fail } from "../errors/Fault";
import { PathScanner, QUOTED } from "./PathScanner";
import { readFilter } from "./readFilter";

/** The longest path, in characters. */
const LONGEST = 2000;

/** A path in the words of RFC 9535. */
export interface RfcPath {
  readonly text: string;

  /** The function that is applied to what the path finds. Absent: none. */
  readonly ending?: { readonly name: string; readonly argument: string };
}

/** Turns a path as the vendor's library takes it into one as the standard has it. */
export function toRfcPath(path: string): RfcPath {
  if (path.length > LONGEST)
    fail(
      `a path has ${LONGEST} characters at most, and this has ${path.length}`,
    );
  const bare = path.trim();
  if (bare === "") fail("the path is empty");
  const rooted = /^[$@]/.test(bare)
    ? bare
    : `$${bare.startsWith("[") ? "" : "."}${bare}`;
  const scanner = new PathScanner(rooted);
  scanner.at = 1;
  const { segments, ending } = readSegments(scanner);
  if (!scanner.isDone) scanner.refuse("expected . or [");
  return { text: `$${segments}`, ...(ending && { ending }) };
}

const NAME = /[^.[\]()\s,'"=<>!~&|*?@$]+/y;

/** Reads names and brackets, as far as they go; at last a function, such as `.length()`. */
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
      scanner.refuse("expected a number, a name in quotes, * or ]");
  return `${text}]`;
}
