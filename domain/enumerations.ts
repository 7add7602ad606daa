/** An enumeration of strings, for example {@link AWS_Region}, {@link InvocationType}, {@link LogType}, or your own. */
export type Enumeration = Readonly<Record<string, string>>;

const CAPTIONS = Symbol("captions");

interface Captioned {
  readonly [CAPTIONS]?: Readonly<Record<string, string>>;
}

/** Sets the captions that a tool shows for the names of an enumeration. */
export function captionEnumeration<Names extends Enumeration>(
  enumeration: Names,
  captions: Readonly<Record<keyof Names, string>>,
): void {
  // Not enumerable, so that the enumeration's names and values stay the only ones.
  Object.defineProperty(enumeration, CAPTIONS, { value: captions });
}

/**
 * Returns the caption that a tool shows for a name of an enumeration. Defaults to the name itself.
 *
 * @param enumeration - An enumeration, for example {@link AWS_Region}.
 * @param name - Name in the enumeration, with underscores. Not its value.
 *
 * @example
 * captionOf(AWS_Region, "eu_central_1"); // "eu-central-1 (Frankfurt)"
 */
export function captionOf(enumeration: Enumeration, name: string): string {
  const captions = (enumeration as Captioned)[CAPTIONS];
  return captions && Object.hasOwn(captions, name)
    ? (captions[name] ?? name)
    : name;
}
