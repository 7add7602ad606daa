import { fail } from "../errors/Fault";
import { Temporal, wallOf, type TemporalKind } from "./Temporal";

/** Maximum length of a string that is parsed, in characters. */
const LONGEST = 200;

const ISO =
  /^(-?\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d(?::\d\d)?)?(?:\[([\w/+-]+)\])?$/;

/** Parses a date or time in ISO 8601. */
export function parseIso(text: string, kind: TemporalKind): Temporal {
  const match = text.length > LONGEST ? null : ISO.exec(text);
  if (!match) return refuse(kind);
  const [, year, month, day, hour, minute, second, part = "0", offset, region] =
    match;
  const hasTime = hour !== undefined;
  const hasZone = (offset ?? region) !== undefined;
  if (
    hasTime !== (kind !== "LocalDate") ||
    hasZone !== (kind === "ZonedDateTime")
  )
    return refuse(kind);
  const wall = wallOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  });
  const nano = Number(part.padEnd(9, "0"));
  return new Temporal(kind, { wall, nano, zone: region ?? offset });
}

const EXAMPLES = {
  LocalDate: "2024-05-01",
  LocalDateTime: "2024-05-01T12:30:00",
  ZonedDateTime: "2024-05-01T12:30:00+02:00",
} as const;

function refuse(kind: TemporalKind): never {
  return fail(
    `the string is not a valid ${kind}; use, for example, ${EXAMPLES[kind]}`,
  );
}
