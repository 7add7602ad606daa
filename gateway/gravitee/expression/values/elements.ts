import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "./admit";
import type { Value } from "./Value";

/** The values of a list, by its own entries: no method or accessor of the host's is run. */
export function elementsOf(list: readonly unknown[], meter: Meter): Value[] {
  meter.take(8 * list.length);
  const values: Value[] = [];
  for (let at = 0; at < list.length; at++) {
    meter.step();
    values.push(admit(ownValue(list, at)));
  }
  return values;
}
