import { fail } from "../errors/Fault";
import { method, type Method, type Methods } from "../members/Method";
import { truncate } from "../values/numbers";
import type { Value } from "../values/Value";
import { DAYS, MONTHS } from "./DatePattern";
import { Formatter } from "./Formatter";
import { lengthOfMonth, plus, UNITS } from "./plus";
import { Temporal, wallOf, type TemporalFields } from "./Temporal";
import { offsetAt, textOfOffset } from "./zones";

type TemporalMethod = Method<Temporal>;

const reads = (run: (fields: Temporal["fields"]) => Value): TemporalMethod =>
  method([], ({ fields }) => run(fields));

const sets = (name: keyof TemporalFields): TemporalMethod =>
  method(["int"], (temporal, [value]) => {
    const fields = { ...temporal.fields, [name]: value };
    const most = lengthOfMonth(fields.year, fields.month);
    const day = name === "day" ? fields.day : Math.min(fields.day, most);
    return temporal.with(wallOf({ ...fields, day }), fields.nano);
  });

const COMMON: readonly (readonly [string, TemporalMethod])[] = [
  ["getYear", reads(({ year }) => year)],
  ["getMonthValue", reads(({ month }) => month)],
  ["getMonth", reads(({ month }) => MONTHS[month - 1]?.toUpperCase() ?? "")],
  ["getDayOfMonth", reads(({ day }) => day)],
  ["getDayOfYear", reads(({ dayOfYear }) => dayOfYear)],
  [
    "getDayOfWeek",
    reads(({ dayOfWeek }) => DAYS[dayOfWeek - 1]?.toUpperCase() ?? ""),
  ],
  ["lengthOfMonth", reads(({ year, month }) => lengthOfMonth(year, month))],
  ["isLeapYear", reads(({ year }) => lengthOfMonth(year, 2) === 29)],
  ["withYear", sets("year")],
  ["withMonth", sets("month")],
  ["withDayOfMonth", sets("day")],
  ["isBefore", compares((order) => order < 0)],
  ["isAfter", compares((order) => order > 0)],
  ["isEqual", compares((order) => order === 0)],
  ["compareTo", compares((order) => order)],
  ["equals", method(["any"], (temporal, [other]) => temporal.equals(other))],
  ["toString", method([], (temporal) => temporal.toString())],
  [
    "format",
    method(["any"], (temporal, [formatter]) =>
      formatter instanceof Formatter
        ? formatter.format(temporal)
        : fail("the argument of format must be a DateTimeFormatter"),
    ),
  ],
  ...UNITS.flatMap((unit) => [
    [
      `plus${unit}`,
      method(["number"], (t: Temporal, [n]) =>
        plus(t, unit, Number(truncate(n))),
      ),
    ] as const,
    [
      `minus${unit}`,
      method(["number"], (t: Temporal, [n]) =>
        plus(t, unit, -Number(truncate(n))),
      ),
    ] as const,
  ]),
];

const TIMES: readonly (readonly [string, TemporalMethod])[] = [
  ["getHour", reads(({ hour }) => hour)],
  ["getMinute", reads(({ minute }) => minute)],
  ["getSecond", reads(({ second }) => second)],
  ["getNano", reads(({ nano }) => nano)],
  ["withHour", sets("hour")],
  ["withMinute", sets("minute")],
  ["withSecond", sets("second")],
  ["withNano", sets("nano")],
  [
    "toLocalDate",
    method([], ({ wall }) => new Temporal("LocalDate", { wall })),
  ],
];

/** The methods of Java's `LocalDate`. */
export const LOCAL_DATE_METHODS: Methods<Temporal> = new Map([
  ...COMMON.filter(([name]) => !/(Hours|Minutes|Seconds)$/.test(name)),
  ["toEpochDay", method([], ({ wall }) => wall / 86_400)],
  [
    "atStartOfDay",
    method(["text?"], ({ wall }, [zone]) =>
      zone === undefined
        ? new Temporal("LocalDateTime", { wall })
        : new Temporal("ZonedDateTime", { wall, zone }),
    ),
  ],
]);

/** The methods of Java's `LocalDateTime`. */
export const LOCAL_DATE_TIME_METHODS: Methods<Temporal> = new Map([
  ...COMMON,
  ...TIMES,
  [
    "atZone",
    method(
      ["text"],
      ({ wall, nano }, [zone]) =>
        new Temporal("ZonedDateTime", { wall, nano, zone }),
    ),
  ],
]);

/** The methods of Java's `ZonedDateTime`. */
export const ZONED_DATE_TIME_METHODS: Methods<Temporal> = new Map([
  ...COMMON,
  ...TIMES,
  ["getZone", method([], ({ zone = "UTC" }) => zone)],
  ["getOffset", method([], ({ offset }) => textOfOffset(offset))],
  ["toEpochSecond", method([], ({ epochSeconds }) => epochSeconds)],
  [
    "toLocalDateTime",
    method(
      [],
      ({ wall, nano }) => new Temporal("LocalDateTime", { wall, nano }),
    ),
  ],
  [
    "withZoneSameInstant",
    method(["text"], ({ epochSeconds, nano }, [zone]) =>
      Temporal.at(epochSeconds, { nano, zone }),
    ),
  ],
  [
    "withZoneSameLocal",
    method(["text"], ({ wall, nano }, [zone]) => {
      offsetAt(zone, wall);
      return new Temporal("ZonedDateTime", { wall, nano, zone });
    }),
  ],
]);

function compares(run: (order: number) => Value): TemporalMethod {
  return method(["any"], (temporal, [other]) =>
    other instanceof Temporal
      ? run(Math.sign(temporal.compareTo(other)))
      : fail("the argument must be a date or time"),
  );
}
