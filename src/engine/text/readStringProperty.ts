/** A text of something thrown. A foreign error may have anything in its place, or a getter that throws: then none. */
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
