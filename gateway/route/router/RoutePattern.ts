/** One segment of a pattern: its text, `{name}` or `{name+}`. */
export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter" | "greedy"; readonly name: string };

/** The key of a route, taken apart. */
export interface RoutePattern {
  readonly key: string;

  /** `ANY` for every method. */
  readonly method: string;

  /** The path as it is configured. */
  readonly path: string;

  readonly segments: readonly Segment[];
}

/** Key of the route for requests that match no other. */
export const DEFAULT_KEY = "$default";

const KEY = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) (\/.*)$/s;

const PARAMETER = /^\{([\w.:-]+)(\+?)\}$/;

/** Reads the key of a route. Returns what is wrong with it as a string. */
export function parseRouteKey(key: string): RoutePattern | string {
  const [, method = "", path = ""] = KEY.exec(key) ?? [];
  if (method === "")
    return "must be a method and a path, such as GET /orders/{id}, or $default";
  if (method !== method.toUpperCase())
    return `must have its method in upper case: ${method.toUpperCase()}`;
  const segments = parsePattern(path);
  return typeof segments === "string"
    ? segments
    : { key, method, path, segments };
}

/** Reads a path pattern. Returns what is wrong with it as a string. */
export function parsePattern(path: string): Segment[] | string {
  if (/[^!-~]|[?#\\]/.test(path))
    return "must have a path of visible ASCII characters without ?, # and \\; encode other characters";
  const parts = path === "/" ? [] : path.slice(1).split("/");
  const segments: Segment[] = [];
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    const segment = parseSegment(part, isLast);
    if (typeof segment === "string") return segment;
    segments.push(segment);
  }
  const names = segments.flatMap((each) =>
    each.kind === "literal" ? [] : [each.name],
  );
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  return repeated === undefined
    ? segments
    : `must not have the parameter ${repeated} twice`;
}

function parseSegment(part: string, isLast: boolean): Segment | string {
  const [, name, plus] = PARAMETER.exec(part) ?? [];
  if (name !== undefined) {
    if (plus === "") return { kind: "parameter", name };
    return isLast
      ? { kind: "greedy", name }
      : `must have {${name}+} only as its last segment`;
  }
  const foreign = findForeignPattern(part);
  if (foreign !== undefined) return foreign;
  if (/[{}]/.test(part))
    return `must have {name} or {name+} as a complete segment, not ${part}`;
  if (part === "" && !isLast) return "must not have an empty segment";
  const text = decodeSegment(part);
  return text === "." || text === ".."
    ? "must not have a dot segment"
    : { kind: "literal", text };
}

/**
 * What is wrong with a segment in the notation of other routers, such as Express: as a literal, it would match nothing, and the steps of the
 * route would never run. A literal colon at the start or asterisk is encoded: `%3A`, `%2A`.
 */
function findForeignPattern(part: string): string | undefined {
  if (part.includes("*"))
    return `must have {name+} for the rest of a path, not ${part}; encode a literal * as %2A`;
  if (!part.startsWith(":")) return undefined;
  const name = /^:(\w+)/.exec(part)?.[1] ?? "name";
  return `must have {${name}} for a parameter, not ${part}; encode a literal : as %3A`;
}

/** Decodes a segment once; one that cannot be decoded stays as it is. */
export function decodeSegment(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
