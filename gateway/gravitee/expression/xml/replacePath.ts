import { getXPath } from "../libraries/peers";
import type { Meter } from "../metering/Meter";
import type {
  XPathContext,
  XPathExpression,
  XPathNodeSet,
  XPathStep,
  XPathValue,
} from "../libraries/XPathLibrary";

type MeterNow = () => Meter;

/** Approximate size of a reference to a node, in bytes. */
const NODE_BYTES = 16;

/**
 * Replaces the evaluation of a path. The library compares each node of a set with all others, and keeps the duplicates between
 * two steps, so that its time grows with the square of the document.
 */
export function replacePath(path: XPathExpression, now: MeterNow): void {
  path.evaluate = (given) => {
    const context = given.extend({});
    const { filter, filterPredicates = [], locationPath } = path;
    let nodes: readonly unknown[] = [given.contextNode];
    if (filter) {
      const value = filter.evaluate(given);
      if (!isNodeSet(value)) return filtered(value, path);
      nodes =
        filterPredicates.length > 0
          ? select(value.toArray(), filterPredicates, { context, now })
          : value.nodes;
    }
    if (!locationPath) return toNodeSet(nodes, now);
    const { PathExpr } = getXPath();
    if (locationPath.absolute) nodes = [PathExpr.getRoot(context, nodes)];
    for (const step of locationPath.steps)
      nodes = applyStep(step, nodes, { context, now });
    return toNodeSet(nodes, now);
  };
}

/** Replaces the evaluation of `|`, for the same reason. */
export function replaceUnion(union: XPathExpression, now: MeterNow): void {
  const nodesOf = (
    part: XPathExpression | undefined,
    context: XPathContext,
  ): readonly unknown[] => {
    const value = part?.evaluate(context);
    if (value && isNodeSet(value)) return value.nodes;
    throw new Error("only node sets can be united");
  };
  union.evaluate = (context) =>
    toNodeSet(
      [...nodesOf(union.lhs, context), ...nodesOf(union.rhs, context)],
      now,
    );
}

function filtered(value: XPathValue, path: XPathExpression): XPathValue {
  if ((path.filterPredicates?.length ?? 0) > 0 || path.locationPath)
    throw new Error("only a node set can have predicates or a path");
  return value;
}

/** The state of evaluating a path. */
interface Evaluating {
  readonly context: XPathContext;
  readonly now: MeterNow;
}

function applyStep(
  step: XPathStep,
  nodes: readonly unknown[],
  evaluating: Evaluating,
): unknown[] {
  const { PathExpr } = getXPath();
  const { context, now } = evaluating;
  const found = new Set<unknown>();
  for (const node of nodes) {
    now().step();
    const onAxis = PathExpr.applyStep(step, context, node);
    for (const each of select(onAxis, step.predicates, evaluating)) {
      now().step();
      if (found.has(each)) continue;
      now().take(NODE_BYTES);
      found.add(each);
    }
  }
  return [...found];
}

/** The nodes to which all predicates apply. They are in the order of their axis. */
function select(
  nodes: readonly unknown[],
  predicates: readonly XPathExpression[],
  { context, now }: Evaluating,
): readonly unknown[] {
  const { PathExpr } = getXPath();
  const each = context.extend({});
  let left = nodes;
  for (const predicate of predicates) {
    each.contextSize = left.length;
    left = left.filter((node, at) => {
      now().step();
      each.contextNode = node;
      each.contextPosition = at + 1;
      return PathExpr.predicateMatches(predicate, each);
    });
  }
  return left;
}

/** Creates a set of nodes without comparing each with all others. */
function toNodeSet(nodes: readonly unknown[], now: MeterNow): XPathNodeSet {
  const { XNodeSet } = getXPath();
  now().take(NODE_BYTES * nodes.length);
  const set = new XNodeSet();
  set.nodes = [...new Set(nodes)];
  set.size = set.nodes.length;
  return set;
}

/** Whether a value is a set of nodes. */
export function isNodeSet(value: XPathValue): value is XPathNodeSet {
  return value instanceof getXPath().XNodeSet;
}
