import { fail } from "../errors/Fault";
import { getXPath } from "../libraries/peers";
import type {
  ParsedXPath,
  XPathClass,
  XPathExpression,
  XPathOptions,
} from "../libraries/XPathLibrary";
import { Meter } from "../metering/Meter";
import { meterFunction } from "./meterFunction";
import { meterOperands } from "./meterOperands";
import { replacePath, replaceUnion } from "./replacePath";

/** Maximum length of an XPath, in characters. */
const LONGEST = 2000;

/** Returns the meter of the current evaluation. */
export type MeterNow = () => Meter;

/**
 * A parsed XPath. The parts of the library whose time or memory grows faster than the document are replaced, and the other
 * parts count what they read before they read it.
 */
export class MeteredXPath {
  readonly #parsed: ParsedXPath;
  #meter: Meter = new Meter();

  constructor(path: string) {
    if (path.length > LONGEST)
      fail(
        `an XPath must have at most ${LONGEST} characters but has ${path.length}`,
      );
    this.#parsed = parse(path);
    meterExpression(this.#parsed.expression.expression, () => this.#meter);
  }

  /** Evaluates the XPath. */
  evaluate<Result>(
    { meter, ...options }: XPathOptions & { readonly meter: Meter },
    convert: (parsed: ParsedXPath, options: XPathOptions) => Result,
  ): Result {
    this.#meter = meter;
    return convert(this.#parsed, options);
  }
}

function parse(path: string): ParsedXPath {
  try {
    return getXPath().parse(path);
  } catch {
    return fail("the path is not valid XPath 1.0");
  }
}

function meterExpression(expression: XPathExpression, now: MeterNow): void {
  const { PathExpr, BarOperation, FunctionCall } = getXPath();
  for (const part of partsOf(expression)) meterExpression(part, now);
  const is = (type: XPathClass<XPathExpression>): boolean =>
    expression instanceof type;
  if (is(PathExpr)) replacePath(expression, now);
  else if (is(BarOperation)) replaceUnion(expression, now);
  else if (is(FunctionCall)) meterFunction(expression, now);
  else if (expression.rhs) meterOperands(expression, now);
}

function partsOf(expression: XPathExpression): XPathExpression[] {
  const { lhs, rhs, filter, filterPredicates, locationPath } = expression;
  return [
    lhs,
    rhs,
    filter,
    ...(expression.arguments ?? []),
    ...(filterPredicates ?? []),
    ...(locationPath?.steps ?? []).flatMap(({ predicates }) => predicates),
  ].filter((part) => part !== undefined);
}
