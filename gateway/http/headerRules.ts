import { isHeaderValue } from "../../src/internal";

/**
 * Hop-by-hop headers: they describe one connection, not the message
 * ({@link https://www.rfc-editor.org/rfc/rfc9110.html#section-7.6.1 | RFC 9110, 7.6.1}).
 */
export const HOP_BY_HOP_HEADERS = [
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
];

/** Headers that only the gateway sets: hop-by-hop headers and those that frame the body. */
const RESERVED = new Set([
  ...HOP_BY_HOP_HEADERS,
  "content-length",
  "expect",
  "trailer",
]);

/** Names that could change the prototype of an object. */
const PROTOTYPE_NAMES = new Set(["__proto__", "constructor", "prototype"]);

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;

/**
 * Whether a string can be the name of a header, or a method: both are
 * {@link https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.2 | tokens of HTTP}.
 */
export const isHeaderName = (name: string): boolean => NAME.test(name);

/** Whether only the gateway sets this header. */
export const isReservedHeader = (name: string): boolean =>
  RESERVED.has(name.toLowerCase());

/** Why a step may not set or remove a header of this name. `undefined` if it may. */
export function findHeaderNameProblem(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!NAME.test(name) || PROTOTYPE_NAMES.has(lower))
    return `${JSON.stringify(name)} is not a valid header name`;
  return RESERVED.has(lower)
    ? `the header ${name} is set by the gateway and cannot be changed`
    : undefined;
}

/** Why a step may not set this header. `undefined` if it may. The message does not contain the value. */
export function findHeaderProblem(
  name: string,
  value: unknown,
): string | undefined {
  const problem = findHeaderNameProblem(name);
  if (problem !== undefined) return problem;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((each) => typeof each === "string"))
    return `the header ${name} must be a string or an array of strings`;
  return values.every(isHeaderValue)
    ? undefined
    : `the header ${name} must contain only Latin-1 characters, without line breaks`;
}

/** Whether a status completes a response and can be sent: 200 to 599. */
export function isFinalStatus(status: unknown): boolean {
  return (
    typeof status === "number" &&
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599
  );
}
