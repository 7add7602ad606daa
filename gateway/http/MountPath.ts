import { InvalidInputError } from "../../src";
import { foldPath, isAmbiguous, readingsOf, segmentsOf } from "./readPath";
import { toOriginForm } from "./requestTarget";

/**
 * Where a request target is: `inside` a mount path as it is spelled, `outside` for every server, or `ambiguous`, because some server
 * could read it as inside.
 */
export type Location =
  | {
      readonly kind: "inside";
      /** The mount path as the client spelled it, without a trailing slash. */
      readonly mountPath: string;
      /** The rest of the target: empty or only a query if the mount path itself was requested. */
      readonly url: string;
    }
  | { readonly kind: "outside" | "ambiguous" };

const OUTSIDE: Location = { kind: "outside" };
const AMBIGUOUS: Location = { kind: "ambiguous" };

/**
 * The path at which a route is mounted. It decides which requests pass the route's steps, so it must not be possible to reach a handler
 * behind the route by another spelling of the same path.
 */
export class MountPath {
  readonly #lower: string;
  readonly #names: readonly string[];

  /** @param path - As given by {@link parseMountPath}. */
  constructor(path: string) {
    this.#lower = path.toLowerCase();
    this.#names = segmentsOf(foldPath(path) ?? "").filter(Boolean);
  }

  /** @param target - Request target as received: path and query, or a complete URL. */
  locate(target: string): Location {
    const path = toOriginForm(target);
    if (path === undefined) return AMBIGUOUS;
    const { length } = this.#lower;
    const mountPath = path.slice(0, length);
    const next = path.charAt(length);
    if (
      (length === 0 || next === "" || next === "/" || next === "?") &&
      mountPath.toLowerCase() === this.#lower
    )
      return { kind: "inside", mountPath, url: path.slice(length) };
    const [pathname = ""] = path.split("?", 1);
    if (!isAmbiguous(pathname)) return OUTSIDE;
    return this.#couldContain(pathname) ? AMBIGUOUS : OUTSIDE;
  }

  /** Whether some server could read a path as below the mount path. */
  #couldContain(pathname: string): boolean {
    return readingsOf(pathname).some(
      (each) => each === undefined || this.#matches(each, segmentsOf(each)),
    );
  }

  #matches(folded: string, segments: readonly string[]): boolean {
    const names = segments.filter((each) => each !== "" && each !== "..");
    // How much `..` removes depends on how a server separates the segments before it.
    if (segments.includes("..")) return isSubsequence(this.#names, names);
    const isPrefixOf = (start: number): boolean =>
      this.#names.every((name, at) => names[start + at] === name);
    // After two slashes, URL parsers expect a host.
    return isPrefixOf(0) || (/^[/\\]{2}/.test(folded) && isPrefixOf(1));
  }
}

function isSubsequence(
  wanted: readonly string[],
  all: readonly string[],
): boolean {
  let found = 0;
  for (const each of all) if (each === wanted[found]) found++;
  return found === wanted.length;
}

/**
 * Reads the option `mountPath` of an adapter. Characters beyond ASCII are encoded, as clients send them.
 *
 * @throws `ERR_INVALID_INPUT` if no request could be below it: the steps of the route would never run.
 */
export function parseMountPath(
  operation: string,
  mountPath: unknown,
): MountPath {
  if (isMountPath(mountPath)) {
    const path = removeTrailingSlashes(mountPath);
    return new MountPath(path.replace(/[^!-~]+/g, encodeURIComponent));
  }
  const message =
    "mountPath must start with / and contain no query, fragment, backslash, empty segment or dot segment";
  throw new InvalidInputError({
    operation,
    message: `${operation}: ${message}.`,
    retryable: false,
    issues: [{ path: "mountPath", rule: "path", message }],
  });
}

const isMountPath = (value: unknown): value is string =>
  typeof value === "string" &&
  (value === "" || value.startsWith("/")) &&
  // eslint-disable-next-line no-control-regex -- no URL contains them
  !/[?#\\\0-\x1f\x7f\p{Cs}]|\/\/|\/\.{1,2}(?:\/|$)/u.test(value);

function removeTrailingSlashes(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
