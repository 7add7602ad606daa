import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { methodOf } from "./methodOf";
import { admit } from "../values/admit";
import { Bean } from "../values/Bean";
import { readKey } from "../values/dictionaries";
import { kindOf, nameOf } from "../values/kindOf";
import type { Dictionary, Value } from "../values/Value";

/** The property of a value: of a map, the value of that key; of anything else what its getter answers. */
export function readProperty(value: Value, name: string, meter: Meter): Value {
  if (value === null)
    return fail(
      `the property ${name} is read of null: write ?.${name} where it may be missing`,
    );
  if (value instanceof Bean) {
    if (value.has(name)) return admit(value.read(name));
  } else if (kindOf(value) === "map") return readKey(value as Dictionary, name);
  else if (
    name === "length" &&
    (Array.isArray(value) || value instanceof Uint8Array)
  )
    return value.length;
  const method = getterOf(value, name);
  if (method) return method.run(value, [], meter);
  return fail(
    methodOf(value, name)
      ? `${name} of ${nameOf(value)} is a method: write ${name}()`
      : `the property ${name} cannot be found on ${nameOf(value)}`,
  );
}

function getterOf(
  value: Exclude<Value, null>,
  name: string,
): ReturnType<typeof methodOf> {
  const suffix = name.charAt(0).toUpperCase() + name.slice(1);
  for (const getter of [`get${suffix}`, `is${suffix}`]) {
    const method = methodOf(value, getter);
    if (method?.least === 0) return method;
  }
  return undefined;
}
