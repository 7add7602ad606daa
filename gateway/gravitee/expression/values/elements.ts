import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "./admit";
import type { Value } from "./Value";

/** The values of a list. They are read from its own properties, so that no method or accessor of the application runs. */
export function elementsOf(list: readonly unknown[], meter: Meter): Value[] {
  meter.take(8 * list.length);
  const values: Value[] = [];
  for (let at = 0; at < list.length; at++) {
    meter.step();
    values.push(admit(ownValue(list, at)));
  }
  return values;
}
