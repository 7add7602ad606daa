import { fail } from "../errors/Fault";
import { padded, type Temporal } from "./Temporal";
import { textOfOffset } from "./zones";

/** A part of a date pattern: a repeated letter, or literal text. */
export type PatternPart =
  | { readonly letter: string; readonly count: number }
  | { readonly text: string };

/** Maximum length of a date pattern, in characters. */
const LONGEST = 200;

const PART = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;

const LETTERS = "yuMLdDEaHhKkmsSnVzZXx";

/** Parses a date pattern such as `yyyy-MM-dd'T'HH:mm:ss`. */
export function readPattern(pattern: string): PatternPart[] {
  if (pattern.length > LONGEST)
    fail(`a date pattern must have at most ${LONGEST} characters`);
  return Array.from(pattern.matchAll(PART), ([whole, quoted, letter]) => {
    if (quoted !== undefined)
      return { text: quoted === "" ? "'" : quoted.replaceAll("''", "'") };
    if (letter === undefined) return { text: whole };
    return LETTERS.includes(letter)
      ? { letter, count: whole.length }
      : fail(
          `unknown letter ${letter} in the date pattern; the letters are ${LETTERS}`,
        );
  });
}

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export const DAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** Formats a date or time, with English names. */
export function writePattern(
  parts: readonly PatternPart[],
  temporal: Temporal,
): string {
  return parts
    .map((part) => ("text" in part ? part.text : writeLetter(part, temporal)))
    .join("");
}

function writeLetter(
  { letter, count }: { letter: string; count: number },
  temporal: Temporal,
): string {
  const { fields } = temporal;
  if ("HhKkmsSna".includes(letter) && temporal.className === "LocalDate")
    fail("the date pattern includes a time, but a LocalDate has no time");
  if ("VzZXx".includes(letter)) return writeZone(letter, count, temporal);
  switch (letter) {
    case "y":
    case "u":
      return count === 2
        ? padded(fields.year % 100, 2)
        : padded(fields.year, count);
    case "M":
    case "L":
      return named(MONTHS[fields.month - 1], count, fields.month);
    case "E":
      return named(DAYS[fields.dayOfWeek - 1], Math.max(count, 3), 0);
    case "a":
      return fields.hour < 12 ? "AM" : "PM";
    case "S":
      return padded(fields.nano, 9).padEnd(count, "0").slice(0, count);
    default:
      return padded(numberOf(letter, fields), count);
  }
}

function numberOf(letter: string, fields: Temporal["fields"]): number {
  const numbers: Readonly<Record<string, number>> = {
    d: fields.day,
    D: fields.dayOfYear,
    H: fields.hour,
    h: fields.hour % 12 || 12,
    K: fields.hour % 12,
    k: fields.hour || 24,
    m: fields.minute,
    s: fields.second,
    n: fields.nano,
  };
  return numbers[letter] ?? 0;
}

function named(name = "", count: number, number: number): string {
  if (count > 3) return name;
  return count === 3 ? name.slice(0, 3) : padded(number, count);
}

function writeZone(letter: string, count: number, temporal: Temporal): string {
  const { zone, offset } = temporal;
  if (zone === undefined)
    return fail("the date pattern includes a zone, but the value has no zone");
  switch (letter) {
    case "V":
      return zone;
    case "z":
      return zone === "Z" ? "UTC" : zone;
    case "Z":
      return textOfOffset(offset, { colon: "", zero: "+0000" });
    default: {
      const text = textOfOffset(offset, {
        colon: count === 3 || count === 5 ? ":" : "",
        zero:
          letter === "X"
            ? "Z"
            : `+00${count === 1 ? "" : count === 3 ? ":00" : "00"}`,
      });
      return count === 1 ? text.replace(/^(.\d\d)(?:00)$/, "$1") : text;
    }
  }
}
