import { mayBeMeant } from "../../route/mayBeMeant";
import type { Point, Token } from "./PointConfiguration";
import { not, textIn, type Reading } from "./Reading";

const TOKENS: readonly Token[] = [
  "requestPayload",
  "responsePayload",
  "remoteAddress",
  "token",
  "operation",
  "routing",
];

/** What {@link https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.2 | RFC 9110} calls a token. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;

/** The vendor writes commas; the open-source processor before his took these as well, and no header or token has them. */
const ANY_SEPARATOR = /[,;|]/;

/** Names of headers. One that comes again in another case is the same header. */
export function readHeaders(given: unknown): Reading<readonly string[]> {
  const items = itemsIn(given, ANY_SEPARATOR);
  if (!items) return not("list", "takes names of headers, with commas between");
  const wrong = items.findIndex((name) => !HEADER_NAME.test(name));
  if (wrong >= 0)
    return not(
      "header",
      `takes names of headers, with commas between; item ${wrong + 1} is none`,
    );
  const first = new Map<string, string>();
  for (const name of items)
    if (!first.has(name.toLowerCase())) first.set(name.toLowerCase(), name);
  return { value: [...first.values()] };
}

/** Names of EAVs, whose case counts. At commas only, as their names are free. */
export function readEavs(given: unknown): Reading<readonly string[]> {
  const items = itemsIn(given, ",");
  if (!items) return not("list", "takes names of EAVs, with commas between");
  return { value: [...new Set(items)] };
}

/** What is to be added to the input. An unknown one is refused: the function would wait for it in vain. */
export function readTokens(
  given: unknown,
  point: Point,
): Reading<ReadonlySet<Token>> {
  const there = TOKENS.filter(
    (token) => point === "PostProcessor" || token !== "responsePayload",
  );
  const takes = `takes ${there.join(", ")}`;
  const items = itemsIn(given, ANY_SEPARATOR);
  if (!items) return not("list", `${takes}, with commas between`);
  const tokens = new Set<Token>();
  for (const [index, item] of items.entries()) {
    const token = there.find((each) => each === item);
    if (token === undefined)
      return not("token", `${takes}; ${slip(item, { index, there })}`);
    tokens.add(token);
  }
  return { value: tokens };
}

function slip(
  item: string,
  { index, there }: { index: number; there: readonly Token[] },
): string {
  // The vendor's own examples have a row with it, marked as pre, whose input says post.
  if (item === "responsePayload" && !there.includes(item))
    return `item ${index + 1} is responsePayload, and before the origin is asked there is no response`;
  const meant = mayBeMeant(item, there);
  return `item ${index + 1} is none of them${meant ? `, and ${meant} may be meant` : ""}`;
}

/** The items of a list, without blanks around them and without empty ones. Absent: it is none, or holds something else. */
function itemsIn(
  given: unknown,
  separator: string | RegExp,
): string[] | undefined {
  const parts: unknown[] | undefined =
    typeof given === "string"
      ? given.split(separator)
      : Array.isArray(given)
        ? given
        : undefined;
  const items = parts?.map(textIn);
  return items?.every((item) => item !== undefined)
    ? items.filter((item) => item !== "")
    : undefined;
}
