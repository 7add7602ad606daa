/** Takes a mistake; the sentence goes on after the place of what is read. */
export type Complain = (sentence: string) => void;

/** A JSON object, by its members. */
export type Members = Readonly<Record<string, unknown>>;

/** Reads one named element that is a text or a list of texts. */
export function readTexts(element: Members, complain: Complain): string[] {
  const [name, given] = Object.entries(element)[0] ?? [];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const texts = list.filter(
    (text): text is string => typeof text === "string" && text !== "",
  );
  if (texts.length === list.length && texts.length > 0) {
    complainOfVariables(texts, { at: String(name), complain });
    return texts;
  }
  complain(`${String(name)} must be a text or a list of texts`);
  return [];
}

/** Complains of policy variables: to take them for letters would be to evaluate another policy. */
export function complainOfVariables(
  texts: readonly string[],
  of: { readonly at: string; readonly complain: Complain },
): void {
  for (const text of texts)
    if (text.includes("${"))
      of.complain(
        `${of.at} has a policy variable in ${text}, which this embedded AWS does not evaluate`,
      );
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
