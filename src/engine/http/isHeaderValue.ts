/** Visible Latin-1 characters, spaces and tabs: what both Node and Fetch send. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a value can be sent as a header value or a reason phrase. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === "string" && VALUE.test(value);
}
