/** An enumeration whose values are texts: {@link AWS_Region}, {@link InvocationType}, {@link LogType}, or your own. */
export type Enumeration = Readonly<Record<string, string>>;

const captions = new WeakMap<Enumeration, Readonly<Record<string, string>>>();

/** Gives each name of an enumeration the text that a tool shows for it. */
export function captionEnumeration<Names extends Enumeration>(
  enumeration: Names,
  texts: Readonly<Record<keyof Names, string>>,
): void {
  captions.set(enumeration, texts);
}

/**
 * The text that a tool shows for one name of an enumeration; the name itself where it has none.
 *
 * @param enumeration - One of the domain's enumerations.
 * @param name - A name of it, with underscores; not its value.
 *
 * @example
 * captionOf(AWS_Region, "eu_central_1"); // "eu-central-1 (Frankfurt)"
 */
export function captionOf(enumeration: Enumeration, name: string): string {
  const texts = captions.get(enumeration);
  return texts && Object.hasOwn(texts, name) ? (texts[name] ?? name) : name;
}
