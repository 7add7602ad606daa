import {
  foldPath,
  isAmbiguous,
  readingsOf,
  segmentsOf,
} from "../../http/readPath";
import { decodeSegment, type RoutePattern } from "./RoutePattern";
import { RouteTrie, type Precedence } from "./RouteTrie";

/** What a table stores for a pattern. */
export interface TableEntry {
  readonly pattern: RoutePattern;
}

/** How a table compares paths. */
export interface TableOptions {
  readonly precedence: Precedence;
  readonly caseSensitive: boolean;
  readonly trailingSlash: "ignore" | "strict";
}

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
    this.#exact = new RouteTrie(options.precedence);
    this.#lenient = new RouteTrie(options.precedence);
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
    this.#lenient.add({ method, segments: withoutSlash.map(toLenient) }, entry);
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
    return isAmbiguous(path) && this.#isAmbiguous({ method, path }, entry)
      ? "ambiguous"
      : { entry, segments };
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
   * Whether a server that reads the path differently would choose a route that says more about the path: its steps would be skipped. Dot
   * segments are never sent by a client that follows the URL standard.
   */
  #isAmbiguous(
    { method, path }: { readonly method: string; readonly path: string },
    entry: Entry | undefined,
  ): boolean {
    return readingsOf(path).some((reading) => {
      if (reading === undefined || hasDotSegment(reading)) return true;
      const segments = segmentsOf(reading).filter(Boolean);
      const other = this.#lenient.find({ method, segments });
      return other !== undefined && countLiterals(other) > countLiterals(entry);
    });
  }
}

const hasDotSegment = (path: string): boolean =>
  /(?:^|[/\\])\s*\.{1,2}\s*(?:[/\\;?#]|$)/.test(path);

/** How many segments a pattern spells out; -1 without one. */
const countLiterals = (entry: TableEntry | undefined): number =>
  entry === undefined
    ? -1
    : entry.pattern.segments.filter(({ kind }) => kind === "literal").length;

function dropTrailingSlash(
  segments: RoutePattern["segments"],
): RoutePattern["segments"] {
  const last = segments.at(-1);
  return last?.kind === "literal" && last.text === ""
    ? segments.slice(0, -1)
    : segments;
}

const toLenient = (
  segment: RoutePattern["segments"][number],
): RoutePattern["segments"][number] =>
  segment.kind === "literal"
    ? { ...segment, text: segmentsOf(foldPath(segment.text) ?? "")[0] ?? "" }
    : segment;
