import { fail } from "../errors/Fault";
import type { Method, Methods } from "../members/Method";
import { truncate } from "../values/numbers";
import type { Value } from "../values/Value";
import { DAYS, MONTHS } from "./DatePattern";
import { Formatter } from "./Formatter";
import { lengthOfMonth, plus, UNITS } from "./plus";
import { Temporal, wallOf, type TemporalFields } from "./Temporal";
import { timeMethod } from "./timeMethod";
import { offsetAt, textOfOffset } from "./zones";

type TemporalMethod = Method<Temporal>;

const reads = (run: (fields: Temporal["fields"]) => Value): TemporalMethod =>
  timeMethod([], ({ fields }) => run(fields));

const sets = (name: keyof TemporalFields): TemporalMethod =>
  timeMethod(["int"], (temporal, [value]) => {
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
  [
    "equals",
    timeMethod(["any"], (temporal, [other]) => temporal.equals(other)),
  ],
  ["toString", timeMethod([], (temporal) => temporal.toString())],
  [
    "format",
    timeMethod(["any"], (temporal, [formatter]) =>
      formatter instanceof Formatter
        ? formatter.format(temporal)
        : fail("the argument of format must be a DateTimeFormatter"),
    ),
  ],
  ...UNITS.flatMap((unit) => [
    [
      `plus${unit}`,
      timeMethod(["number"], (t: Temporal, [n]) =>
        plus(t, unit, Number(truncate(n))),
      ),
    ] as const,
    [
      `minus${unit}`,
      timeMethod(["number"], (t: Temporal, [n]) =>
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
    timeMethod([], ({ wall }) => new Temporal("LocalDate", { wall })),
  ],
];

/** The methods of Java's `LocalDate`. */
export const LOCAL_DATE_METHODS: Methods<Temporal> = new Map([
  ...COMMON.filter(([name]) => !/(Hours|Minutes|Seconds)$/.test(name)),
  ["toEpochDay", timeMethod([], ({ wall }) => wall / 86_400)],
  [
    "atStartOfDay",
    timeMethod(["text?"], ({ wall }, [zone]) =>
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
    timeMethod(
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
  ["getZone", timeMethod([], ({ zone = "UTC" }) => zone)],
  ["getOffset", timeMethod([], ({ offset }) => textOfOffset(offset))],
  ["toEpochSecond", timeMethod([], ({ epochSeconds }) => epochSeconds)],
  [
    "toLocalDateTime",
    timeMethod(
      [],
      ({ wall, nano }) => new Temporal("LocalDateTime", { wall, nano }),
    ),
  ],
  [
    "withZoneSameInstant",
    timeMethod(["text"], ({ epochSeconds, nano }, [zone]) =>
      Temporal.at(epochSeconds, { nano, zone }),
    ),
  ],
  [
    "withZoneSameLocal",
    timeMethod(["text"], ({ wall, nano }, [zone]) => {
      offsetAt(zone, wall);
      return new Temporal("ZonedDateTime", { wall, nano, zone });
    }),
  ],
]);

function compares(run: (order: number) => Value): TemporalMethod {
  return timeMethod(["any"], (temporal, [other]) =>
    other instanceof Temporal
      ? run(Math.sign(temporal.compareTo(other)))
      : fail("the argument must be a date or time"),
  );
}
