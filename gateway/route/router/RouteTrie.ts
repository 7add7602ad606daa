import type { Segment } from "./RoutePattern";

/** How a route is chosen if several match. */
export interface TrieOptions {
  readonly precedence: "http" | "rest";
  readonly headMatchesGet: boolean;
}

/** What is stored for a pattern, by method. */
type Methods<Value> = Map<string, Value>;

/** A segment of the patterns. Most nodes have one member: a router may have thousands of routes. */
interface Node<Value> {
  /** The routes whose pattern ends here. */
  methods?: Methods<Value>;

  /** The routes whose pattern ends here with `{name+}`. */
  greedy?: Methods<Value>;

  literals?: Map<string, Node<Value>>;

  parameter?: Node<Value>;
}

/** What {@link RouteTrie.find} looks for. */
export interface Wanted {
  /** Segments of the path, in the form in which literals are stored. */
  readonly segments: readonly string[];

  readonly method: string;
}

/** Route patterns as a tree of segments. A search visits each node at most once. */
export class RouteTrie<Value> {
  readonly #root: Node<Value> = {};
  readonly #options: TrieOptions;

  constructor(options: TrieOptions) {
    this.#options = options;
  }

  /** Adds a value. Returns the value that is already stored for the same pattern and method. */
  add(
    pattern: { readonly segments: readonly Segment[]; readonly method: string },
    value: Value,
  ): Value | undefined {
    let node = this.#root;
    let isGreedy = false;
    for (const segment of pattern.segments)
      if (segment.kind === "literal")
        node = getOrCreate((node.literals ??= new Map()), segment.text);
      else if (segment.kind === "parameter") node = node.parameter ??= {};
      else isGreedy = true;
    const methods = isGreedy
      ? (node.greedy ??= new Map())
      : (node.methods ??= new Map());
    const known = methods.get(pattern.method);
    if (known === undefined) methods.set(pattern.method, value);
    return known;
  }

  /** Finds the value of the pattern that comes first. */
  find({ segments, method }: Wanted): Value | undefined {
    const { precedence, headMatchesGet } = this.#options;
    const methods =
      method === "HEAD" && headMatchesGet
        ? ["HEAD", "ANY", "GET"]
        : [method, "ANY"];
    const search = (isGreedy: boolean): Value | undefined =>
      walk(this.#root, 0, { segments, methods, isGreedy });
    return precedence === "rest"
      ? search(true)
      : (search(false) ?? search(true));
  }
}

function getOrCreate<Value>(
  nodes: Map<string, Node<Value>>,
  text: string,
): Node<Value> {
  let node = nodes.get(text);
  if (!node) {
    node = {};
    nodes.set(text, node);
  }
  return node;
}

interface Search {
  readonly segments: readonly string[];

  /** The methods that match, in order. */
  readonly methods: readonly string[];

  readonly isGreedy: boolean;
}

/** Searches below a node, from the segment at a position. */
function walk<Value>(
  node: Node<Value>,
  at: number,
  wanted: Search,
): Value | undefined {
  const { segments, methods, isGreedy } = wanted;
  const segment = segments[at];
  if (segment === undefined) return pick(node.methods, methods);
  const literal = node.literals?.get(segment);
  const found = literal && walk(literal, at + 1, wanted);
  if (found !== undefined) return found;
  // A parameter has at least one character.
  if (segment === "") return undefined;
  return (
    (node.parameter && walk(node.parameter, at + 1, wanted)) ??
    (isGreedy ? pick(node.greedy, methods) : undefined)
  );
}

function pick<Value>(
  stored: Methods<Value> | undefined,
  methods: readonly string[],
): Value | undefined {
  if (!stored) return undefined;
  for (const method of methods) {
    const value = stored.get(method);
    if (value !== undefined) return value;
  }
  return undefined;
}
