/**
 * Whether a path could leave its base path by `..` segments, whichever way the origin interprets it: dots and slashes may be encoded, a
 * backslash may count as a slash, and a segment may have parameters after a semicolon. An ambiguous segment counts as the one that goes
 * up further.
 */
export function escapesBasePath(url: string): boolean {
  const [path = ""] = url.split(/[?#]/, 1);
  if (!/\.|%2e/i.test(path)) return false;
  let depth = 0;
  for (const segment of path.replace(/%2e/gi, ".").split("/")) {
    const parts = segment
      .split(/\\|%2f|%5c/i)
      .map((part) => part.split(/;|%3b/i, 1)[0] ?? "");
    const ups = parts.filter((part) => part === "..").length;
    const isDown = ups === 0 && parts.some((part) => !/^\.?$/.test(part));
    depth += isDown ? 1 : -ups;
    if (depth < 0) return true;
  }
  return false;
}
