import { findClosestName } from "../../../src/internal";
import type { Point } from "./PointConfiguration";
import { VALUE_PARSERS, type ConfigurationKey } from "./valueParsers";

const PARAM_PREFIX = "sidecar-param-";

const RESPONSE_KEYS: readonly ConfigurationKey[] = [
  "include-response-headers",
  "skip-response-headers",
];

/** Ignored keys: one of Boomi's examples has this one, and no page explains it. */
const IGNORED_KEYS = ["useAssumeRole"];

/**
 * Keys by lower-case name. Boomi writes each key in one way, except for one example with `Synchronicity` and one table with
 * `externalIDKey`. No two keys differ only in case, so case is ignored.
 */
const KEYS_BY_NAME = new Map(
  [...Object.keys(VALUE_PARSERS), ...IGNORED_KEYS].map((key) => [
    key.toLowerCase(),
    key,
  ]),
);

/** A key of the connector, a parameter, or an ignored key. */
export type FoundKey =
  | { readonly kind: "key"; readonly key: ConfigurationKey }
  | { readonly kind: "param"; readonly key: string; readonly name: string }
  | { readonly kind: "ignored"; readonly key: string };

/** Finds a key as it was written; `undefined` if it is unknown. */
export function findKey(given: string): FoundKey | undefined {
  const name = getParamName(given);
  if (name !== undefined)
    return { kind: "param", key: PARAM_PREFIX + name, name };
  const key = KEYS_BY_NAME.get(given.toLowerCase());
  if (key === undefined) return undefined;
  return IGNORED_KEYS.includes(key)
    ? { kind: "ignored", key }
    : { kind: "key", key: key as ConfigurationKey };
}

/** The parameter name in a `sidecar-param-` key, which may be empty; `undefined` for other keys. */
export function getParamName(key: string): string | undefined {
  return key.toLowerCase().startsWith(PARAM_PREFIX)
    ? key.slice(PARAM_PREFIX.length).trim()
    : undefined;
}

/** Whether a key selects parts of the response although there is none yet at this point. */
export function isResponseKeyBeforeOrigin(
  key: ConfigurationKey,
  point: Point,
): boolean {
  return point === "PreProcessor" && RESPONSE_KEYS.includes(key);
}

/** The key with the most similar spelling that is valid at this point. */
export function suggestKey(given: string, point: Point): string | undefined {
  const keys = Object.keys(VALUE_PARSERS) as ConfigurationKey[];
  const similar = findClosestName(
    given,
    keys.filter((key) => !isResponseKeyBeforeOrigin(key, point)),
  );
  if (similar !== undefined) return similar;
  return /^side-?car-?param/i.test(given) ? `${PARAM_PREFIX}<name>` : undefined;
}

/** A key for use in a message; `undefined` if it does not look like a key, as it could be a misplaced secret. */
export function toPrintableKey(key: string): string | undefined {
  return /^[\w.-]{1,100}$/.test(key) ? key : undefined;
}
