import type { Segment } from "./RoutePattern";

/** How a route is chosen if several match: as HTTP APIs or REST APIs of Amazon API Gateway do. */
export type Precedence = "http" | "rest";

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
  readonly #precedence: Precedence;

  constructor(precedence: Precedence) {
    this.#precedence = precedence;
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
  find(wanted: Wanted): Value | undefined {
    if (this.#precedence === "rest")
      return walk(this.#root, 0, { ...wanted, isGreedy: true });
    return (
      walk(this.#root, 0, { ...wanted, isGreedy: false }) ??
      walk(this.#root, 0, { ...wanted, isGreedy: true })
    );
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

/** Searches below a node, from the segment at a position. */
function walk<Value>(
  node: Node<Value>,
  at: number,
  wanted: Wanted & { readonly isGreedy: boolean },
): Value | undefined {
  const { segments, method, isGreedy } = wanted;
  const segment = segments[at];
  if (segment === undefined) return pick(node.methods, method);
  const literal = node.literals?.get(segment);
  const found = literal && walk(literal, at + 1, wanted);
  if (found !== undefined) return found;
  // A parameter has at least one character.
  if (segment === "") return undefined;
  return (
    (node.parameter && walk(node.parameter, at + 1, wanted)) ??
    (isGreedy ? pick(node.greedy, method) : undefined)
  );
}

const pick = <Value>(
  methods: Methods<Value> | undefined,
  method: string,
): Value | undefined => methods?.get(method) ?? methods?.get("ANY");
