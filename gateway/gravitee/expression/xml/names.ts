import { fail } from "../errors/Fault";

/** Maximum length of a name, in characters. */
const LONGEST = 1000;

const START =
  "A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";
const PART = `[${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]`;

// The ranges of the specification contain combining characters and joiners, which are meant one by one.
/* eslint-disable no-misleading-character-class */
/** Matches a name with at most one colon, and no more characters than are needed to see that it is too long. */
const NAME = new RegExp(
  `(?:([${START}]${PART}{0,${LONGEST}}):)?([${START}]${PART}{0,${LONGEST}})`,
  "uy",
);
/* eslint-enable no-misleading-character-class */

/** A name of an element or an attribute. */
export interface XmlName {
  readonly text: string;
  readonly prefix: string | null;
  readonly local: string;
}

/** Reads the name at an offset. Undefined if there is none. */
export function readName(text: string, offset: number): XmlName | undefined {
  NAME.lastIndex = offset;
  const match = NAME.exec(text);
  if (!match) return undefined;
  const [whole, prefix = null, local = ""] = match;
  if (whole.length > LONGEST)
    fail(`a name in the XML must have at most ${LONGEST} characters`);
  return { text: whole, prefix, local };
}
