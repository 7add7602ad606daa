import {
  decodingsOf,
  foldPath,
  isAmbiguous,
  segmentsOf,
} from "../../http/readPath";
import { decodeSegment, type RoutePattern } from "./RoutePattern";
import type { RouterOptions } from "./RouterOptions";
import { RouteTrie } from "./RouteTrie";

/** What a table stores for a pattern. */
export interface TableEntry {
  readonly pattern: RoutePattern;
}

/** How a table compares paths. */
export interface TableOptions {
  readonly precedence: "http" | "rest";
  readonly caseSensitive: boolean;
  readonly trailingSlash: "ignore" | "strict";
  readonly ambiguousPaths: "refuse" | "accept";
  readonly headMatchesGet: boolean;
}

/** The options of a router with their defaults. */
export const toTableOptions = ({
  precedence = "http",
  caseSensitive = false,
  trailingSlash = "ignore",
  ambiguousPaths = "refuse",
  headMatchesGet = true,
}: RouterOptions): TableOptions => ({
  precedence,
  caseSensitive,
  trailingSlash,
  ambiguousPaths,
  headMatchesGet,
});

/** What a table finds: an entry, nothing, or that servers would disagree on the path. */
export type Finding<Entry> =
  | { readonly entry: Entry | undefined; readonly segments: readonly string[] }
  | "ambiguous";

/** Route patterns, compiled for lookups. */
export class RouteTable<Entry extends TableEntry> {
  readonly #options: TableOptions;
  readonly #exact: RouteTrie<Entry>;

  /** The patterns as the most lenient server compares them. */
  readonly #lenient: RouteTrie<Entry>;

  constructor(options: TableOptions) {
    this.#options = options;
    this.#exact = new RouteTrie(options);
    this.#lenient = new RouteTrie(options);
  }

  /** Adds an entry. Returns the entry that is already stored for the same requests. */
  add(entry: Entry): Entry | undefined {
    const { method, segments } = entry.pattern;
    const withoutSlash = dropTrailingSlash(segments);
    const compared =
      this.#options.trailingSlash === "ignore" ? withoutSlash : segments;
    const known = this.#exact.add(
      { method, segments: compared.map(this.#toCompared) },
      entry,
    );
    this.#lenient.add(
      { method, segments: withoutSlash.flatMap(toLenient) },
      entry,
    );
    return known;
  }

  /** Finds the entry for a request. */
  find({
    method,
    path,
  }: {
    readonly method: string;
    readonly path: string;
  }): Finding<Entry> {
    const segments = this.#split(path);
    const entry = this.#exact.find({
      method,
      segments: segments.map((each) => this.#toText(decodeSegment(each))),
    });
    const isRefused =
      this.#options.ambiguousPaths === "refuse" &&
      isAmbiguous(path) &&
      this.#hasOtherReading({ method, path }, entry);
    return isRefused ? "ambiguous" : { entry, segments };
  }

  #split(path: string): string[] {
    if (path === "/" || path === "") return [];
    const segments = path.slice(1).split("/");
    if (this.#options.trailingSlash === "ignore" && segments.at(-1) === "")
      segments.pop();
    return segments;
  }

  readonly #toCompared = (segment: RoutePattern["segments"][number]) =>
    segment.kind === "literal"
      ? { ...segment, text: this.#toText(segment.text) }
      : segment;

  #toText(text: string): string {
    return this.#options.caseSensitive ? text : text.toLowerCase();
  }

  /**
   * Whether a server that reads the path differently would choose another route: the steps of that route would be skipped. Dot segments are
   * never sent by a client that follows the URL standard.
   */
  #hasOtherReading(
    { method, path }: { readonly method: string; readonly path: string },
    entry: Entry | undefined,
  ): boolean {
    const readings = decodingsOf(path);
    if (!readings) return true;
    const compared = new Set<string>();
    for (const reading of readings) {
      if (hasDotSegment(reading)) return true;
      for (const segments of toSegmentLists(reading)) {
        const key = segments.join("/");
        if (compared.has(key)) continue;
        compared.add(key);
        const other = this.#lenient.find({ method, segments });
        if (other !== undefined && other !== entry) return true;
      }
    }
    return false;
  }
}

const hasDotSegment = (path: string): boolean =>
  /(?:^|[/\\])\s*\.{1,2}\s*(?:[/\\;?#]|$)/.test(path);

/** What ends a path for some servers: a query, a fragment, parameters, or a NUL character. */
const END = /[?#;\0]/;

/**
 * The segments that servers may read: to the end, or to what could end the path; with a backslash as a separator or not; with or without a
 * host after two slashes.
 */
function toSegmentLists(reading: string): string[][] {
  const at = reading.search(END);
  const texts = at < 0 ? [reading] : [reading, reading.slice(0, at)];
  return texts.flatMap((text) =>
    [/[/\\]/, "/"].flatMap((separator) => {
      const segments = segmentsOf(text, separator).filter(Boolean);
      return /^[/\\]{2}/.test(text)
        ? [segments, segments.slice(1)]
        : [segments];
    }),
  );
}

function dropTrailingSlash(
  segments: RoutePattern["segments"],
): RoutePattern["segments"] {
  const last = segments.at(-1);
  return last?.kind === "literal" && last.text === ""
    ? segments.slice(0, -1)
    : segments;
}

/** A segment as the most lenient server compares it: an encoded slash in a literal separates segments. */
const toLenient = (
  segment: RoutePattern["segments"][number],
): RoutePattern["segments"] =>
  segment.kind === "literal"
    ? segmentsOf(foldPath(segment.text) ?? "")
        .filter(Boolean)
        .map((text) => ({ kind: "literal", text }))
    : [segment];
