import type { CorsOptions, CorsOriginCheck } from "./CorsOptions";

/** Longest origin that is compared, in characters: a host name has at most 253. */
const MAX_LENGTH = 512;

/** An origin as the Fetch standard serializes it, of any scheme. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*\\A-Z]+$/;

/** Every origin of a scheme, as API Gateway's HTTP APIs accept it. */
const SCHEME = /^https?:\/\/\*$/;

/** Whether browsers could send this origin, or it stands for every origin of a scheme. */
export function isOrigin(value: string): boolean {
  if (SCHEME.test(value)) return true;
  if (value.length > MAX_LENGTH || !ORIGIN.test(value)) return false;
  // Other schemes have no serialization in Node.
  if (!/^https?:/.test(value)) return true;
  return URL.canParse(value) && new URL(value).origin === value;
}

/** Creates the function that decides whether an origin is allowed. */
export function toOriginCheck(
  origins: Exclude<CorsOptions["origins"], "*">,
): CorsOriginCheck {
  if (typeof origins === "function") return origins;
  const literal = new Set(origins.filter((each) => typeof each === "string"));
  const schemes = [...literal]
    .filter((each) => SCHEME.test(each))
    .map((each) => each.slice(0, -1));
  const patterns = origins
    .filter((each) => typeof each !== "string")
    .map(toWholeMatch);
  return (origin) =>
    origin.length <= MAX_LENGTH &&
    origin !== "null" &&
    (literal.has(origin) ||
      schemes.some((scheme) => isOriginOf(scheme, origin)) ||
      patterns.some((pattern) => pattern.test(origin)));
}

/** `Origin` headers of clients that are not browsers can contain anything, and are sent back. */
const isOriginOf = (scheme: string, origin: string): boolean =>
  origin.startsWith(scheme) && ORIGIN.test(origin);

/** A pattern that must match all of an origin: `/shop\.example/` would also match `https://shop.example.attacker.test`. */
function toWholeMatch({ source, flags }: RegExp): RegExp {
  // `m` would let ^ and $ match parts, and g and y keep a position.
  return new RegExp(`^(?:${source})$`, flags.replace(/[gmy]/g, ""));
}
