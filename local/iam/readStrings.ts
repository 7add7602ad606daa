/** Takes a mistake; the sentence goes on after the place of what is read. */
export type ReportProblem = (sentence: string) => void;

/** A JSON object, by its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads one named element that is a text or a list of texts. */
export function readStrings(
  element: JsonObject,
  report: ReportProblem,
): string[] {
  const [name, input] = Object.entries(element)[0] ?? [];
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  const texts = list.filter(
    (text): text is string => typeof text === "string" && text !== "",
  );
  if (texts.length === list.length && texts.length > 0) {
    reportPolicyVariables(texts, { at: String(name), report });
    return texts;
  }
  report(`${String(name)} must be a text or a list of texts`);
  return [];
}

/** Complains of policy variables: to take them for letters would be to evaluate another policy. */
export function reportPolicyVariables(
  texts: readonly string[],
  of: { readonly at: string; readonly report: ReportProblem },
): void {
  for (const text of texts)
    if (text.includes("${"))
      of.report(
        `${of.at} has a policy variable in ${text}, which this embedded AWS does not evaluate`,
      );
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
