import { fail } from "../errors/Fault";
import type { JavaClass } from "../members/JavaClass";
import type { Method, Methods } from "../members/Method";
import { JavaObject } from "../values/JavaObject";
import { isNumeric, toDouble, type Numeric } from "../values/numbers";
import { toJavaText } from "../values/toText";
import type { Value } from "../values/Value";
import { Formatter } from "./Formatter";
import { Temporal } from "./Temporal";
import { timeMethod } from "./timeMethod";

/** `new java.util.Date()`. */
export const dateClass: JavaClass = {
  name: "java.util.Date",
  isInstance: (value) => value instanceof Date,
  construct: timeMethod(["number?"], (_, [ms]) => toDate(ms)),
};

function toDate(ms: Numeric | undefined): Date {
  const date = new Date(ms === undefined ? Date.now() : toDouble(ms));
  return Number.isNaN(date.getTime())
    ? fail("the number is not a valid time in milliseconds")
    : date;
}

/** The methods of Java's `Date`. */
export const DATE_METHODS: Methods<Date> = new Map<string, Method<Date>>([
  ["getTime", timeMethod([], (date) => date.getTime())],
  ["before", timeMethod(["any"], (date, [other]) => date < asDate(other))],
  ["after", timeMethod(["any"], (date, [other]) => date > asDate(other))],
  [
    "compareTo",
    timeMethod(["any"], (date, [other]) =>
      Math.sign(date.getTime() - asDate(other).getTime()),
    ),
  ],
  [
    "equals",
    timeMethod(
      ["any"],
      (date, [other]) =>
        other instanceof Date && date.getTime() === other.getTime(),
    ),
  ],
  ["toString", timeMethod([], (date, _, meter) => toJavaText(date, meter))],
]);

function asDate(value: Value): Date {
  return value instanceof Date ? value : fail("the argument must be a Date");
}

/** Java's `Calendar`, set to the time of its creation, in UTC. */
export class Calendar extends JavaObject {
  readonly className = "Calendar";
  readonly ms = Date.now();

  toString(): string {
    return this.className;
  }
}

const FIELDS = {
  YEAR: 1,
  MONTH: 2,
  DATE: 5,
  DAY_OF_MONTH: 5,
  DAY_OF_YEAR: 6,
  DAY_OF_WEEK: 7,
  AM_PM: 9,
  HOUR: 10,
  HOUR_OF_DAY: 11,
  MINUTE: 12,
  SECOND: 13,
  MILLISECOND: 14,
} as const;

/** `T(java.util.Calendar)`. */
export const calendarClass: JavaClass = {
  name: "java.util.Calendar",
  isInstance: (value) => value instanceof Calendar,
  constants: FIELDS,
  statics: new Map<string, Method<null>>([
    ["getInstance", timeMethod([], () => new Calendar())],
  ]),
};

/** The methods of Java's `Calendar`. */
export const CALENDAR_METHODS: Methods<Calendar> = new Map<
  string,
  Method<Calendar>
>([
  [
    "get",
    timeMethod(["int"], (calendar, [field]) => fieldOf(calendar.ms, field)),
  ],
  ["getTime", timeMethod([], ({ ms }) => new Date(ms))],
  ["getTimeInMillis", timeMethod([], ({ ms }) => ms)],
]);

function fieldOf(ms: number, field: number): number {
  const { fields } = toTemporal(ms);
  const values: Readonly<Record<number, number>> = {
    [FIELDS.YEAR]: fields.year,
    [FIELDS.MONTH]: fields.month - 1,
    [FIELDS.DATE]: fields.day,
    [FIELDS.DAY_OF_YEAR]: fields.dayOfYear,
    [FIELDS.DAY_OF_WEEK]: (fields.dayOfWeek % 7) + 1,
    [FIELDS.AM_PM]: fields.hour < 12 ? 0 : 1,
    [FIELDS.HOUR]: fields.hour % 12,
    [FIELDS.HOUR_OF_DAY]: fields.hour,
    [FIELDS.MINUTE]: fields.minute,
    [FIELDS.SECOND]: fields.second,
    [FIELDS.MILLISECOND]: fields.nano / 1e6,
  };
  return values[field] ?? fail("unknown field of a Calendar");
}

function toTemporal(ms: number): Temporal {
  const seconds = Math.floor(ms / 1000);
  const nano = (ms - 1000 * seconds) * 1e6;
  return Temporal.at(seconds, { nano, zone: "UTC" });
}

/** `new java.text.SimpleDateFormat('yyyy-MM-dd')`, in UTC. */
export const simpleDateFormatClass: JavaClass = {
  name: "java.text.SimpleDateFormat",
  construct: timeMethod(
    ["text"],
    (_, [pattern]) => new Formatter(pattern, { className: "SimpleDateFormat" }),
  ),
};

/** The methods of Java's `DateTimeFormatter`. */
export const FORMATTER_METHODS: Methods<Formatter> = new Map<
  string,
  Method<Formatter>
>([
  [
    "format",
    timeMethod(["any"], (formatter, [value]) =>
      value instanceof Temporal
        ? formatter.format(value)
        : fail(
            "the argument of format must be a LocalDate, a LocalDateTime or a ZonedDateTime",
          ),
    ),
  ],
]);

/** The methods of Java's `SimpleDateFormat`. */
export const SIMPLE_DATE_FORMAT_METHODS: Methods<Formatter> = new Map<
  string,
  Method<Formatter>
>([
  [
    "format",
    timeMethod(["any"], (formatter, [value]) => {
      const date = isNumeric(value) ? toDate(value) : asDate(value);
      return formatter.format(toTemporal(date.getTime()));
    }),
  ],
  [
    "parse",
    timeMethod(["text"], (formatter, [text]) => {
      const { epochSeconds, nano } = formatter.parse(text, "ZonedDateTime");
      return new Date(epochSeconds * 1000 + nano / 1e6);
    }),
  ],
]);
