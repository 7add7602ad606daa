/**
 * Removes the mount path from a request URL. The rest is unchanged; it is empty or only a query if the mount path itself was requested.
 *
 * @param mountPath - Without a trailing slash; empty for the root.
 * @param url - Request target as received: path and query, or a complete URL.
 * @returns `undefined` if the URL is not below the mount path.
 */
export function stripMountPath(
  mountPath: string,
  url: string,
): string | undefined {
  const target = toOriginForm(url);
  if (!target.startsWith(mountPath)) return undefined;
  const rest = target.slice(mountPath.length);
  return /^([/?]|$)/.test(rest) ? rest : undefined;
}

/** Path and query of a request target. A client of a proxy sends the complete URL (RFC 9112, 3.2.2). */
export function toOriginForm(url: string): string {
  if (url.startsWith("/")) return url;
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? "";
  return path.startsWith("/") ? path : `/${path}`;
}

/** Removes one trailing slash. */
export const removeTrailingSlash = (path: string): string =>
  path.replace(/\/$/, "");
