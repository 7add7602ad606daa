import type { Meter } from "../Meter";
import { admit, ownValue } from "./admit";
import { compareValues } from "./compare";
import type { Value } from "./Value";

/** The values of a list, the least first. */
export function sortValues(list: readonly unknown[], meter: Meter): Value[] {
  meter.take(8 * list.length);
  const values = Array.from(list, (_, at) => admit(ownValue(list, at)));
  return values.sort((a, b) => {
    meter.step();
    return compareValues(a, b);
  });
}
