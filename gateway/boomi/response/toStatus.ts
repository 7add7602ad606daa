/** A status of a response. A function may return it as a string of digits; another value is left to the check of the verdict. */
export function toStatus(value: unknown): number {
  return typeof value === "string" && /^\s*\d{3}\s*$/.test(value)
    ? Number(value)
    : (value as number);
}
