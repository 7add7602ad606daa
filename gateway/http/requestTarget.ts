/** A complete URL as request target: authority and rest. */
const ABSOLUTE = /^https?:\/\/([^/?#\\]*)(.*)$/is;

/** Host and port, without user name and password. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[\w.~-]+)(?::\d*)?$/i;

/**
 * Path and query of a request target. A client of a proxy sends the complete URL
 * ({@link https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2.2 | RFC 9112, 3.2.2}).
 *
 * @returns `undefined` if servers disagree about where the path of the target begins.
 */
export function toOriginForm(target: string): string | undefined {
  if (target.startsWith("/")) return target;
  // `OPTIONS *` asks about the server as a whole.
  if (target === "" || target === "*") return "/";
  const [, authority = "", rest = ""] = ABSOLUTE.exec(target) ?? [];
  if (!AUTHORITY.test(authority)) return undefined;
  if (rest.startsWith("/")) return rest;
  // Some servers find the path behind the first slash, even if the query has begun before it.
  return rest === "" || /^\?[^/\\#]*$/.test(rest) ? `/${rest}` : undefined;
}

/** Host and port of a target that is a complete URL: they count, and the `Host` header does not. */
export function authorityOf(target: string): string | undefined {
  return target.startsWith("/") ? undefined : ABSOLUTE.exec(target)?.[1];
}
