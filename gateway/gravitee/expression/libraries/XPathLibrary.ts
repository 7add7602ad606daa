/** The parts of `xpath` that are used. Its own types depend on the DOM types of TypeScript. */
export interface XPathLibrary {
  parse(expression: string): ParsedXPath;
  readonly PathExpr: XPathClass<XPathExpression> & {
    /** The nodes on an axis of a node that pass the test of a step. */
    applyStep(step: XPathStep, context: XPathContext, node: unknown): unknown[];

    /** The root of the document of the first node. */
    getRoot(context: XPathContext, nodes: readonly unknown[]): unknown;

    /** Whether a predicate applies to the context node. */
    predicateMatches(
      predicate: XPathExpression,
      context: XPathContext,
    ): boolean;
  };
  readonly BarOperation: XPathClass<XPathExpression>;
  readonly LessThanOperation: XPathClass<XPathExpression>;
  readonly GreaterThanOperation: XPathClass<XPathExpression>;
  readonly LessThanOrEqualOperation: XPathClass<XPathExpression>;
  readonly GreaterThanOrEqualOperation: XPathClass<XPathExpression>;
  readonly FunctionCall: XPathClass<XPathExpression>;
  readonly XNodeSet: XPathClass<XPathNodeSet>;
  readonly XString: XPathClass<XPathValue, [string]>;
  readonly XNumber: XPathClass<XPathValue, [number]>;
  readonly XBoolean: XPathClass<XPathValue, [boolean]>;
}

/** A class of the library. */
export type XPathClass<Instance, Args extends unknown[] = []> = new (
  ...args: Args
) => Instance;

/** A parsed XPath. */
export interface ParsedXPath {
  readonly expression: { readonly expression: XPathExpression };
  evaluateString(options: XPathOptions): string;
  evaluateNumber(options: XPathOptions): number;
  evaluateBoolean(options: XPathOptions): boolean;
  evaluateNodeSet(options: XPathOptions): XPathNodeSet;
}

/** A part of a parsed XPath. Which properties it has depends on its class. */
export interface XPathExpression {
  evaluate: (context: XPathContext) => XPathValue;
  readonly lhs?: XPathExpression;
  readonly rhs?: XPathExpression;
  readonly functionName?: string;
  arguments?: readonly XPathExpression[];
  readonly filter?: XPathExpression;
  readonly filterPredicates?: readonly XPathExpression[];
  readonly locationPath?: {
    readonly absolute: boolean;
    readonly steps: readonly XPathStep[];
  };
}

/** A step of a path. */
export interface XPathStep {
  readonly axis: number;
  readonly predicates: readonly XPathExpression[];
}

/** The value of an XPath, which is an expression as well. */
export interface XPathValue extends XPathExpression {
  stringValue(): string;
}

/** A set of nodes. */
export interface XPathNodeSet extends XPathValue {
  nodes: unknown[];
  size: number;
  toArray(): unknown[];
  stringForNode(node: unknown): string;
}

/** The state of an evaluation. */
export interface XPathContext {
  contextNode: unknown;
  contextSize: number;
  contextPosition: number;
  extend(changes: Partial<XPathContext>): XPathContext;
}

/** What an XPath is evaluated against. */
export interface XPathOptions {
  readonly node: unknown;
  readonly namespaces: (prefix: string) => string | null;
}
