/** Reads a property of a thrown value. Returns an empty string if it is not a string or its getter throws. */
export function readStringProperty(
  thrown: unknown,
  field: "name" | "message" | "stack" | "code",
): string {
  try {
    const value = (thrown as Record<string, unknown>)[field];
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}
