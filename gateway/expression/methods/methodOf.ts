import { kindOf } from "../values/kindOf";
import type { Value } from "../values/Value";
import type { Method, Methods } from "./Method";
import { STRING_METHODS } from "./stringMethods";

/** The method of that name that a value has. Absent: it has none. */
export function methodOf(
  value: Exclude<Value, null>,
  name: string,
): Method<Value> | undefined {
  return methodsOf(value)?.get(name) as Method<Value> | undefined;
}

function methodsOf(value: Exclude<Value, null>): Methods<never> | undefined {
  return kindOf(value) === "text" ? STRING_METHODS : undefined;
}
