import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import type { Found, Pattern } from "./Pattern";

/** A replacement of the matches of a regular expression. */
export interface Replacement {
  readonly pattern: Pattern;

  /** The replacement in Java's syntax: `$1` and `${name}` insert groups, a backslash escapes the next character. */
  readonly by: string;

  /** Maximum number of replacements. */
  readonly times: number;
}

/** Replaces the matches of a regular expression in a string. */
export function replace(
  text: string,
  { pattern, by, times }: Replacement,
  meter: Meter,
): string {
  const parts = partsOf(by, pattern, meter);
  let result = "";
  let from = 0;
  let count = 0;
  for (const found of pattern.find(text, meter)) {
    if (++count > times) break;
    meter.charge(INSERTION * parts.length);
    const next = text.slice(from, found.start) + fill(parts, found);
    meter.takeText(next.length);
    result += next;
    from = found.end;
  }
  meter.takeText(text.length - from);
  return result + text.slice(from);
}

/** Steps of parsing a part of the replacement. */
const PARSING = 256;

/** Steps of inserting a part of the replacement. */
const INSERTION = 64;

type ReplacementPart = string | { readonly group: number | string };

function fill(parts: readonly ReplacementPart[], found: Found): string {
  let text = "";
  for (const part of parts)
    text += typeof part === "string" ? part : found.group(part.group);
  return text;
}

/** Plain text is taken in limited parts: `+` over megabytes can overflow the stack of the regular expression engine. */
const PART =
  /\\([\s\S])|\$(?:(\d{1,4096})|\{([A-Za-z][A-Za-z0-9]{0,4096})\})|([^\\$]{1,4096})|[\s\S]/g;

function partsOf(
  by: string,
  { groups }: Pattern,
  meter: Meter,
): ReplacementPart[] {
  return Array.from(by.matchAll(PART), (match): ReplacementPart[] => {
    meter.charge(PARSING);
    const [whole, escaped, digits, name, plain] = match;
    if (escaped !== undefined) return [escaped];
    if (plain !== undefined) return [plain];
    if (name !== undefined) return [{ group: name }];
    return digits === undefined
      ? fail(
          `unexpected ${whole} in the replacement; write \\${whole} for a literal ${whole}`,
        )
      : numbered(digits, groups);
  }).flat();
}

/** Reads as many digits as form the number of an existing group. The remaining digits are literal text. */
function numbered(digits: string, groups: number): ReplacementPart[] {
  let group = Number(digits[0]);
  let length = 1;
  for (; length < digits.length; length++) {
    const longer = 10 * group + Number(digits[length]);
    if (longer > groups) break;
    group = longer;
  }
  if (group > groups)
    fail(
      `the replacement refers to group ${group}, which the regular expression does not have`,
    );
  const rest = digits.slice(length);
  return rest === "" ? [{ group }] : [{ group }, rest];
}
