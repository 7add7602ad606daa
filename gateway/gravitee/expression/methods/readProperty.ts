import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { methodOf } from "./methodOf";
import { Bean } from "../values/Bean";
import { readKey } from "../values/dictionaries";
import { kindOf, nameOf } from "../values/kindOf";
import { readBean } from "../values/readBean";
import type { Dictionary, Value } from "../values/Value";

/** Reads a property of a value: of a map, the value of the key; of any other value, the result of its getter. */
export function readProperty(value: Value, name: string, meter: Meter): Value {
  if (value === null)
    return fail(
      `cannot read the property ${name} of null; use ?.${name} if the value may be null`,
    );
  if (value instanceof Bean) {
    if (value.has(name)) return readBean(value, name, meter);
  } else if (kindOf(value) === "map") return readKey(value as Dictionary, name);
  else if (
    name === "length" &&
    (Array.isArray(value) || value instanceof Uint8Array)
  )
    return value.length;
  const method = getterOf(value, name);
  if (method) return method.call(value, [], meter);
  return fail(
    methodOf(value, name)
      ? `${name} is a method of ${nameOf(value)}; write ${name}()`
      : `${nameOf(value)} has no property ${name}`,
  );
}

function getterOf(
  value: Exclude<Value, null>,
  name: string,
): ReturnType<typeof methodOf> {
  const suffix = name.charAt(0).toUpperCase() + name.slice(1);
  for (const getter of [`get${suffix}`, `is${suffix}`]) {
    const method = methodOf(value, getter);
    if (method?.accepts(0)) return method;
  }
  return undefined;
}
