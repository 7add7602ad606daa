import type { Meter } from "../metering/Meter";
import { compareValues } from "../values/compare";
import { elementsOf } from "../values/elements";
import type { Value } from "../values/Value";

/** The values of a list in ascending order. */
export function sortValues(list: readonly unknown[], meter: Meter): Value[] {
  return elementsOf(list, meter).sort((a, b) => {
    meter.step();
    return compareValues(a, b, meter);
  });
}
