import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import type { Found, Pattern } from "./Pattern";

/** What is put in place of what is found. */
export interface Replacement {
  readonly pattern: Pattern;

  /** As Java has it: `$1` and `${name}` stand for groups, a backslash takes the next character as it is. */
  readonly by: string;

  /** How often. */
  readonly times: number;
}

/** A text with a replacement in each place where a pattern is found. */
export function replace(
  text: string,
  { pattern, by, times }: Replacement,
  meter: Meter,
): string {
  const parts = partsOf(by, pattern);
  let made = "";
  let from = 0;
  let count = 0;
  for (const found of pattern.find(text, meter)) {
    if (++count > times) break;
    const next = text.slice(from, found.start) + fill(parts, found);
    meter.takeText(next.length);
    made += next;
    from = found.end;
  }
  meter.takeText(text.length - from);
  return made + text.slice(from);
}

type ReplacementPart = string | { readonly group: number | string };

function fill(parts: readonly ReplacementPart[], found: Found): string {
  let text = "";
  for (const part of parts)
    text += typeof part === "string" ? part : found.group(part.group);
  return text;
}

const PART =
  /\\([\s\S])|\$(?:(\d+)|\{([A-Za-z][A-Za-z0-9]*)\})|([^\\$]+)|[\s\S]/g;

function partsOf(by: string, { groups }: Pattern): ReplacementPart[] {
  return Array.from(by.matchAll(PART), (match): ReplacementPart[] => {
    const [whole, escaped, digits, name, plain] = match;
    if (escaped !== undefined) return [escaped];
    if (plain !== undefined) return [plain];
    if (name !== undefined) return [{ group: name }];
    return digits === undefined
      ? fail(
          `the replacement has a ${whole} that stands for nothing: write \\${whole}`,
        )
      : numbered(digits, groups);
  }).flat();
}

/** As many digits as make the number of a group, and the rest as text. */
function numbered(digits: string, groups: number): ReplacementPart[] {
  let length = 1;
  while (
    length < digits.length &&
    Number(digits.slice(0, length + 1)) <= groups
  )
    length++;
  const group = Number(digits.slice(0, length));
  if (group > groups)
    fail(`the replacement names group ${group}, and the pattern has ${groups}`);
  return [{ group }, digits.slice(length)];
}
