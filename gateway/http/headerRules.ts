/**
 * Headers that speak of one connection, not of the message; each hop writes its own
 * ({@link https://www.rfc-editor.org/rfc/rfc9110.html#section-7.6.1 | RFC 9110, 7.6.1}).
 */
export const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
];

/** Names that nobody but the gateway writes: those above, and what frames a body. */
const RESERVED = new Set([
  ...HOP_BY_HOP,
  "content-length",
  "expect",
  "trailer",
]);

/** Names that do harm as the key of an object. */
const KEYS_OF_OBJECTS = new Set(["__proto__", "constructor", "prototype"]);

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;

/** Visible characters, blanks and tabs of Latin-1: what Node and Fetch both send. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a header, or the text behind a status, may hold that. */
export const isValue = (text: unknown): boolean =>
  typeof text === "string" && VALUE.test(text);

/** Whether nobody but the gateway writes a header of that name. */
export const isReserved = (name: string): boolean =>
  RESERVED.has(name.toLowerCase());

/** What is wrong with the name of a header that a step wants to set or drop; `undefined` where nothing is. */
export function faultOfName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!NAME.test(name) || KEYS_OF_OBJECTS.has(lower))
    return `${JSON.stringify(name)} is no name of a header`;
  return RESERVED.has(lower)
    ? `the header ${name} is written by the gateway alone`
    : undefined;
}

/** What is wrong with a header that a step wants to set; never its value. */
export function faultOfHeader(
  name: string,
  value: unknown,
): string | undefined {
  const fault = faultOfName(name);
  if (fault !== undefined) return fault;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((each) => typeof each === "string"))
    return `the header ${name} takes a text or a list of texts`;
  return values.every(isValue)
    ? undefined
    : `the header ${name} holds a character that no header may hold`;
}

/** A message that has arrived is complete: these are the statuses that can be sent. */
export function isFinalStatus(status: unknown): boolean {
  return (
    typeof status === "number" &&
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599
  );
}
