import { fail } from "../errors/Fault";
import { DAYS, MONTHS, type PatternPart } from "./DatePattern";
import { Temporal, wallOf, type TemporalKind } from "./Temporal";

/** The fields read so far. */
interface Parsed {
  numbers: Record<string, number>;
  isAfternoon: boolean | undefined;
  zone: string | undefined;
}

/** Parses a date or time with a date pattern. */
export function parsePattern(
  parts: readonly PatternPart[],
  { text, kind }: { text: string; kind: TemporalKind },
): Temporal {
  const parsed: Parsed = {
    numbers: {},
    isAfternoon: undefined,
    zone: undefined,
  };
  let rest = text;
  for (const [at, part] of parts.entries()) {
    const next = parts[at + 1];
    const length =
      "text" in part
        ? startsWith(rest, part.text)
        : readLetter(
            rest,
            { part, isFollowed: next !== undefined && "letter" in next },
            parsed,
          );
    rest = rest.slice(length);
  }
  if (rest !== "") refuse();
  return toTemporal(parsed, kind);
}

function startsWith(rest: string, part: string): number {
  return rest.startsWith(part) ? part.length : refuse();
}

function refuse(): never {
  return fail("the string does not match the date pattern");
}

function readLetter(
  rest: string,
  {
    part: { letter, count },
    isFollowed,
  }: { part: { letter: string; count: number }; isFollowed: boolean },
  parsed: Parsed,
): number {
  if ((letter === "M" || letter === "L") && count >= 3)
    return readName(rest, { names: MONTHS, count }, (index) => {
      parsed.numbers["M"] = index + 1;
    });
  if (letter === "E")
    return readName(
      rest,
      { names: DAYS, count: Math.max(count, 3) },
      () => undefined,
    );
  if (letter === "a") {
    parsed.isAfternoon = /^pm/i.test(rest);
    return /^[ap]m/i.test(rest) ? 2 : refuse();
  }
  if ("VzZXx".includes(letter)) {
    const [zone = refuse()] =
      /^(?:[A-Z][A-Za-z_]+(?:\/[\w+-]+)*|Z|[+-]\d\d(?::?\d\d)?)/.exec(rest) ??
      [];
    parsed.zone = zone;
    return zone.length;
  }
  const pattern =
    isFollowed || letter === "S"
      ? `^\\d{${count}}`
      : `^\\d{${Math.min(count, 1)},9}`;
  const [digits = refuse()] = new RegExp(pattern).exec(rest) ?? [];
  parsed.numbers[letter === "u" ? "y" : letter === "L" ? "M" : letter] =
    letter === "S"
      ? Number(digits.padEnd(9, "0").slice(0, 9))
      : century(letter, count, Number(digits));
  return digits.length;
}

/** Adds 2000 to a year of two digits. */
function century(letter: string, count: number, number: number): number {
  return (letter === "y" || letter === "u") && count === 2
    ? 2000 + number
    : number;
}

function readName(
  rest: string,
  { names, count }: { names: readonly string[]; count: number },
  found: (index: number) => void,
): number {
  for (const [index, name] of names.entries()) {
    const wanted = count > 3 ? name : name.slice(0, 3);
    if (!rest.toLowerCase().startsWith(wanted.toLowerCase())) continue;
    found(index);
    return wanted.length;
  }
  return refuse();
}

function toTemporal(
  { numbers, isAfternoon, zone }: Parsed,
  kind: TemporalKind,
): Temporal {
  const { y, M = 1, d = 1, H, h, K, k, m = 0, s = 0, S, n } = numbers;
  if (y === undefined) return fail("the date pattern must include a year");
  const half = (h ?? K ?? 0) % 12;
  const hour = H ?? (k === undefined ? half + (isAfternoon ? 12 : 0) : k % 24);
  const wall = wallOf({
    year: y,
    month: M,
    day: d,
    hour,
    minute: m,
    second: s,
  });
  return new Temporal(kind, { wall, nano: S ?? n ?? 0, zone });
}
