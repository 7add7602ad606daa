/** Describes the type of a value in a message. Never contains the value. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an instance of another class";
  return `a ${typeof value}`;
}
