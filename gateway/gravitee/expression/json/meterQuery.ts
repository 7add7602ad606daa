import type { JSONPathNode, JSONPathQuery } from "json-p3";
import type { MeterNow } from "./filterFunctions";
import { meterComparison } from "./meterComparison";

/** The parts of a compiled path of `json-p3` that are used. */
interface Segment {
  readonly selectors: readonly Selector[];
  resolve: (nodes: JSONPathNode[]) => JSONPathNode[];
  lazyResolve: (nodes: Iterable<JSONPathNode>) => Iterable<JSONPathNode>;
  visit?: (node: JSONPathNode) => Iterable<JSONPathNode>;
}

interface Selector {
  readonly expression?: Expression;
  resolve: (node: JSONPathNode) => JSONPathNode[];
  lazyResolve: (node: JSONPathNode) => Iterable<JSONPathNode>;
}

interface Expression {
  readonly path?: JSONPathQuery;
  readonly left?: Expression;
  readonly right?: Expression;
  readonly logical?: boolean;
  readonly expression?: Expression;
  readonly args?: readonly Expression[];
  evaluate: (context: unknown) => unknown;
}

/** Approximate size of a result node, in bytes. */
const NODE_BYTES = 32;

/** Patches a compiled path so that it counts each node that it creates or visits, including those in its filters. */
export function meterQuery(query: JSONPathQuery, meterNow: MeterNow): void {
  for (const segment of query.segments as unknown as Segment[]) {
    const isDeep = typeof segment.visit === "function";
    for (const selector of segment.selectors) {
      if (!selector.expression) continue;
      meterExpression(selector.expression, meterNow);
      if (!isDeep) selectObjectsThemselves(selector);
    }
    meterSegment(segment, meterNow);
  }
}

function meterSegment(segment: Segment, meterNow: MeterNow): void {
  const resolve = segment.lazyResolve.bind(segment);
  segment.lazyResolve = function* (nodes) {
    const meter = meterNow();
    for (const node of resolve(nodes)) {
      meter.step();
      yield node;
    }
  };
  segment.resolve = (nodes) => {
    const found: JSONPathNode[] = [];
    for (const node of segment.lazyResolve(nodes)) {
      meterNow().take(NODE_BYTES);
      found.push(node);
    }
    return found;
  };
  const visit = segment.visit?.bind(segment);
  if (!visit) return;
  // The library calls `visit` recursively, so each node is counted once per level of its depth. That is what it costs.
  segment.visit = function* (...args) {
    const meter = meterNow();
    for (const node of visit(...args)) {
      meter.step();
      yield node;
    }
  };
}

function meterExpression(expression: Expression, meterNow: MeterNow): void {
  const evaluate = expression.evaluate.bind(expression);
  expression.evaluate = (context) => {
    meterNow().step();
    return evaluate(context);
  };
  if (expression.path) meterQuery(expression.path, meterNow);
  const { left, right, expression: inner, args = [] } = expression;
  if (left && right && expression.logical === false)
    meterComparison({ left, right }, meterNow);
  for (const part of [left, right, inner, ...args])
    if (part) meterExpression(part, meterNow);
}

/** Applies a filter to an object itself, as Jayway JsonPath does. RFC 9535 applies it to the members of the object. */
function selectObjectsThemselves(selector: Selector): void {
  const { expression } = selector;
  const resolve = selector.lazyResolve.bind(selector);
  selector.lazyResolve = function* (node) {
    const { value, root } = node;
    if (Array.isArray(value) || typeof value !== "object" || value === null) {
      yield* resolve(node);
      return;
    }
    const context = {
      environment: (selector as unknown as { environment: unknown })
        .environment,
      currentValue: value,
      rootValue: root,
      lazy: true,
    };
    if (expression?.evaluate(context) === true) yield node;
  };
  selector.resolve = (node) => [...selector.lazyResolve(node)];
}
