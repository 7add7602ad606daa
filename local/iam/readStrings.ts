/** Reports a problem. The sentence starts after the path of the element. */
export type ReportProblem = (sentence: string) => void;

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads an element that is a string or an array of strings. */
export function readStrings(
  element: JsonObject,
  report: ReportProblem,
): string[] {
  const [name, input] = Object.entries(element)[0] ?? [];
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  const strings = list.filter(
    (string): string is string => typeof string === "string" && string !== "",
  );
  if (strings.length === list.length && strings.length > 0) {
    reportPolicyVariables(strings, { at: String(name), report });
    return strings;
  }
  report(`${String(name)} must be a string or an array of strings`);
  return [];
}

/** Reports policy variables, which are not supported. */
export function reportPolicyVariables(
  strings: readonly string[],
  of: { readonly at: string; readonly report: ReportProblem },
): void {
  for (const string of strings)
    if (string.includes("${"))
      of.report(
        `${of.at} has a policy variable in ${string}, which the embedded AWS does not support`,
      );
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
