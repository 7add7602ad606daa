/**
 * What of a request's URL follows the path at which a route stands, as it stands on the wire: nothing, or the query alone, where
 * that path itself is asked for. Absent: it stands elsewhere.
 *
 * @param mountPath - Without a slash at its end; empty for the root.
 * @param url - As the client sent it: path and query, or the whole of it, as a proxy is asked.
 */
export function behind(mountPath: string, url: string): string | undefined {
  const own = originForm(url);
  if (!own.startsWith(mountPath)) return undefined;
  const rest = own.slice(mountPath.length);
  return /^([/?]|$)/.test(rest) ? rest : undefined;
}

/** A proxy is asked with the whole URL; what counts is what follows the host. */
export function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? "";
  return path.startsWith("/") ? path : `/${path}`;
}

/** A mount path without the slash at its end. */
export const withoutSlash = (path: string): string => path.replace(/\/$/, "");
