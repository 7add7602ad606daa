import type { Meter } from "../metering/Meter";
import { admit } from "./admit";
import type { Bean } from "./Bean";
import type { Value } from "./Value";

/** Steps of computing a property of a bean, which reads at most the head of a message. */
const PROPERTY = 1_024;

/** Computes a property of a bean. */
export function readBean(bean: Bean, name: string, meter: Meter): Value {
  meter.charge(PROPERTY);
  return admit(bean.read(name));
}
