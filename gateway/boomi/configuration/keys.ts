import { mayBeMeant } from "../../route/mayBeMeant";
import type { Point } from "./PointConfiguration";
import { READERS, type Key } from "./readers";

const PARAM = "sidecar-param-";

const RESPONSE_KEYS: readonly Key[] = [
  "include-response-headers",
  "skip-response-headers",
];

/** Keys that are read over: one example of the vendor's has this one, and no page says what it is. */
const IGNORED = ["useAssumeRole"];

/**
 * By their names in lower case. The vendor writes each key in one way, but for an example with `Synchronicity` and a table
 * with `externalIDKey`; no two keys differ in case alone, so that case is never what decides.
 */
const BY_NAME = new Map(
  [...Object.keys(READERS), ...IGNORED].map((key) => [key.toLowerCase(), key]),
);

/** What a key is: one of the vendor's, a parameter's, one that is read over, or `undefined` where it is none. */
export type KnownKey =
  | { readonly kind: "key"; readonly key: Key }
  | { readonly kind: "param"; readonly key: string; readonly name: string }
  | { readonly kind: "ignored"; readonly key: string };

/** Looks a key up, as somebody has written it. */
export function knownKey(given: string): KnownKey | undefined {
  const name = paramName(given);
  if (name !== undefined) return { kind: "param", key: PARAM + name, name };
  const key = BY_NAME.get(given.toLowerCase());
  if (key === undefined) return undefined;
  return IGNORED.includes(key)
    ? { kind: "ignored", key }
    : { kind: "key", key: key as Key };
}

/** The name of the parameter that a key is of, which may be empty. Absent: it is another key. */
export function paramName(key: string): string | undefined {
  return key.toLowerCase().startsWith(PARAM)
    ? key.slice(PARAM.length).trim()
    : undefined;
}

/** Whether a key has no meaning at a point: before the origin is asked there is no response. */
export function isOutOfPlace(key: Key, point: Point): boolean {
  return point === "PreProcessor" && RESPONSE_KEYS.includes(key);
}

/** The key that was meant, as far as its spelling tells, at this point. */
export function meantKey(given: string, point: Point): string | undefined {
  const keys = Object.keys(READERS) as Key[];
  const near = mayBeMeant(
    given,
    keys.filter((key) => !isOutOfPlace(key, point)),
  );
  return near ?? (/^side-?car-?param/i.test(given) ? `${PARAM}<name>` : near);
}

/** A key for a message, where it looks like one; a text of another kind may be a value that has slipped into its place. */
export function shownKey(key: string): string | undefined {
  return /^[\w.-]{1,100}$/.test(key) ? key : undefined;
}
