/** Freezes an object and the objects in it, and returns it. */
export function deepFreeze<Value extends object>(value: Value): Value {
  for (const each of Object.values(value) as unknown[])
    if (typeof each === "object" && each !== null) deepFreeze(each);
  return Object.freeze(value);
}
