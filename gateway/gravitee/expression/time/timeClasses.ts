import { fail } from "../errors/Fault";
import type { JavaClass } from "../members/JavaClass";
import type { Method } from "../members/Method";
import { isNumeric } from "../values/numbers";
import type { Value } from "../values/Value";
import { Formatter, NAMED, type NamedPattern } from "./Formatter";
import { parseIso } from "./iso";
import { Temporal, wallOf, type TemporalKind } from "./Temporal";
import { timeMethod } from "./timeMethod";
import { offsetAt } from "./zones";

const FIELDS = [
  "year",
  "month",
  "day",
  "hour",
  "minute",
  "second",
  "nano",
] as const;

/** `T(java.time.LocalDate)`, `LocalDateTime` and `ZonedDateTime`. The zone defaults to UTC. */
export const temporalClasses: readonly JavaClass[] = (
  ["LocalDate", "LocalDateTime", "ZonedDateTime"] as const
).map((kind) => ({
  name: `java.time.${kind}`,
  isInstance: (value: Value) =>
    value instanceof Temporal && value.className === kind,
  statics: new Map<string, Method<null>>([
    ["now", timeMethod(["text?"], (_, [zone = "UTC"]) => now(kind, zone))],
    [
      "parse",
      timeMethod(["text", "any?"], (_, [text, formatter]) => {
        if (formatter === undefined) return parseIso(text, kind);
        return formatter instanceof Formatter
          ? formatter.parse(text, kind)
          : fail("the second argument of parse must be a DateTimeFormatter");
      }),
    ],
    ["of", timeMethod(["any*"], (_, [values]) => of(kind, values))],
    ...(kind === "LocalDate"
      ? [
          [
            "ofEpochDay",
            timeMethod(
              ["int"],
              (_, [day]) => new Temporal(kind, { wall: day * 86_400 }),
            ),
          ] as const,
        ]
      : []),
  ]),
}));

function now(kind: TemporalKind, zone: string): Temporal {
  const ms = Date.now();
  const seconds = Math.floor(ms / 1000);
  const offset = offsetAt(zone, seconds);
  const nano = (ms % 1000) * 1_000_000;
  return new Temporal(kind, { wall: seconds + offset, nano, zone, offset });
}

function of(kind: TemporalKind, values: readonly Value[]): Temporal {
  const zone = kind === "ZonedDateTime" ? values.at(-1) : undefined;
  const numbers = zone === undefined ? values : values.slice(0, -1);
  const [least, most] =
    kind === "LocalDate" ? [3, 3] : kind === "LocalDateTime" ? [5, 7] : [7, 7];
  if (
    numbers.length < least ||
    numbers.length > most ||
    !numbers.every(isNumeric)
  )
    return fail(
      `${kind}.of requires numbers for year, month, day${kind === "LocalDate" ? "" : ", hour, minute …"}`,
    );
  const fields = Object.fromEntries(
    numbers.map((number, at) => [FIELDS[at], Number(number)]),
  ) as Record<(typeof FIELDS)[number], number>;
  return new Temporal(kind, {
    wall: wallOf(fields),
    nano: fields.nano,
    zone: typeof zone === "string" ? zone : undefined,
  });
}

/** `T(java.time.format.DateTimeFormatter)`. */
export const formatterClass: JavaClass = {
  name: "java.time.format.DateTimeFormatter",
  constants: Object.fromEntries(
    Object.entries(NAMED).map(([named, pattern]) => [
      named,
      new Formatter(pattern, {
        className: "DateTimeFormatter",
        named: named as NamedPattern,
      }),
    ]),
  ),
  statics: new Map<string, Method<null>>([
    [
      "ofPattern",
      timeMethod(
        ["text"],
        (_, [pattern]) =>
          new Formatter(pattern, { className: "DateTimeFormatter" }),
      ),
    ],
  ]),
};
