import type { Meter } from "../metering/Meter";
import type { MeterNow } from "./filterFunctions";

/** An operand of a comparison in a filter. */
interface Operand {
  evaluate: (context: unknown) => unknown;
}

/** Patches a comparison of a filter so that it counts the contents of lists and objects before it compares them. */
export function meterComparison(
  { left, right }: { readonly left: Operand; readonly right: Operand },
  meterNow: MeterNow,
): void {
  const evaluateLeft = left.evaluate.bind(left);
  const evaluateRight = right.evaluate.bind(right);
  let first: unknown;
  left.evaluate = (context) => (first = evaluateLeft(context));
  right.evaluate = (context) => {
    const second = evaluateRight(context);
    charge(valueOf(first), valueOf(second), meterNow());
    first = undefined;
    return second;
  };
}

/** The value of a list of one node, which is what the library compares. */
function valueOf(operand: unknown): unknown {
  if (typeof operand !== "object" || operand === null) return operand;
  const { nodes } = operand as { nodes?: readonly { value: unknown }[] };
  return nodes?.length === 1 ? nodes[0]?.value : operand;
}

function charge(left: unknown, right: unknown, meter: Meter): void {
  if (typeof left === "string" && typeof right === "string")
    meter.charge(Math.min(left.length, right.length));
  else if (isContainer(left) && isContainer(right)) chargeContents(left, meter);
}

function chargeContents(value: object, meter: Meter): void {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    meter.step();
    if (typeof next === "string") meter.charge(next.length);
    if (isContainer(next))
      for (const inner of Object.values(next)) {
        meter.step();
        pending.push(inner);
      }
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
