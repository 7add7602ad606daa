import type { Meter } from "../metering/Meter";
import { compareValues } from "./compare";
import { elementsOf } from "./elements";
import type { Value } from "./Value";

/** The values of a list in ascending order. */
export function sortValues(list: readonly unknown[], meter: Meter): Value[] {
  return elementsOf(list, meter).sort((a, b) => {
    meter.step();
    return compareValues(a, b);
  });
}
