import { getXPath } from "../libraries/peers";
import type { XPathExpression, XPathValue } from "../libraries/XPathLibrary";
import type { Meter } from "../metering/Meter";
import { chargeNumber } from "./chargeNumber";
import { isNodeSet } from "./replacePath";

/** Patches an operation so that it counts the strings that it converts to numbers, and those that it compares. */
export function meterOperands(
  operation: XPathExpression,
  now: () => Meter,
): void {
  const { lhs, rhs } = operation;
  const isAlwaysNumeric = isRelational(operation);
  let first: XPathValue | undefined;
  if (lhs) {
    const evaluate = lhs.evaluate.bind(lhs);
    lhs.evaluate = (context) => (first = evaluate(context));
  }
  if (!rhs) return;
  const evaluate = rhs.evaluate.bind(rhs);
  rhs.evaluate = (context) => {
    const second = evaluate(context);
    const values = first ? [first, second] : [second];
    first = undefined;
    chargeValues(values, { isNumeric: isAlwaysNumeric, meter: now() });
    return second;
  };
}

function chargeValues(
  values: readonly XPathValue[],
  { isNumeric, meter }: { readonly isNumeric: boolean; readonly meter: Meter },
): void {
  const { XNumber, XString } = getXPath();
  const hasNumber = values.some((value) => value instanceof XNumber);
  for (const value of values)
    if (!isNodeSet(value)) {
      if (value instanceof XString) chargeNumber(value.stringValue(), meter);
    } else if (isNumeric || hasNumber)
      for (const node of value.nodes) {
        meter.step();
        chargeNumber(value.stringForNode(node), meter);
      }
}

function isRelational(operation: XPathExpression): boolean {
  const library = getXPath();
  return [
    library.LessThanOperation,
    library.LessThanOrEqualOperation,
    library.GreaterThanOperation,
    library.GreaterThanOrEqualOperation,
  ].some((each) => operation instanceof each);
}
