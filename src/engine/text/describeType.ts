/** What something is, for a message; never its value. */
export function describeType(input: unknown): string {
  if (input === null) return "null";
  if (input === undefined) return "nothing";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "an object of another class";
  return typeof input === "string" ? "a text" : `a ${typeof input}`;
}
