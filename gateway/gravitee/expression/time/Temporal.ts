import { fail } from "../errors/Fault";
import { JavaObject } from "../values/JavaObject";
import { fixedOffset, offsetAt, offsetOfWall, textOfOffset } from "./zones";

/** The fields of a date and time. */
export interface TemporalFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nano: number;
}

/** The Java class of a date or time. */
export type TemporalKind = "LocalDate" | "LocalDateTime" | "ZonedDateTime";

const DAY = 86_400;

/** A date, a date with a time, or a date with a time in a zone. */
export class Temporal extends JavaObject {
  readonly className: TemporalKind;

  /** The local date and time, in seconds since 1970 as if it were in UTC. */
  readonly wall: number;
  readonly nano: number;

  /** The time zone. Undefined for a local date or time. */
  readonly zone: string | undefined;

  /** Offset from UTC, in seconds. */
  readonly offset: number;

  constructor(
    kind: TemporalKind,
    at: {
      readonly wall: number;
      readonly nano?: number | undefined;
      readonly zone?: string | undefined;
      readonly offset?: number | undefined;
    },
  ) {
    super();
    const isDate = kind === "LocalDate";
    this.className = kind;
    this.wall = isDate ? Math.floor(at.wall / DAY) * DAY : at.wall;
    this.nano = isDate ? 0 : (at.nano ?? 0);
    this.zone = kind === "ZonedDateTime" ? (at.zone ?? "UTC") : undefined;
    if (!(Math.abs(this.wall) < 253_402_300_800))
      fail("a year must be from -9999 to 9999");
    this.offset =
      at.offset ?? (this.zone ? offsetOfWall(this.zone, this.wall) : 0);
  }

  /** Creates the date and time of an instant in a zone. */
  static at(
    epochSeconds: number,
    { nano, zone }: { nano: number; zone: string },
  ): Temporal {
    const offset = offsetAt(zone, epochSeconds);
    const wall = epochSeconds + offset;
    return new Temporal("ZonedDateTime", { wall, nano, zone, offset });
  }

  /** Seconds since 1970 in UTC. */
  get epochSeconds(): number {
    return this.wall - this.offset;
  }

  /** The fields of the local date and time. */
  get fields(): TemporalFields & {
    readonly dayOfWeek: number;
    readonly dayOfYear: number;
  } {
    const date = new Date(this.wall * 1000);
    const year = date.getUTCFullYear();
    return {
      year,
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      nano: this.nano,
      dayOfWeek: date.getUTCDay() || 7,
      dayOfYear: Math.floor((this.wall - wallOf({ year })) / DAY) + 1,
    };
  }

  /** Returns a copy with another local date and time. The offset follows from the zone. */
  with(wall: number, nano = this.nano): Temporal {
    return new Temporal(this.className, { wall, nano, zone: this.zone });
  }

  /** Formats it as Java does: `2024-05-01`, `2024-05-01T12:30`, `2024-05-01T12:30+02:00[Europe/Berlin]`. */
  toString(): string {
    const date = textOfDate(this.fields);
    if (this.className === "LocalDate") return date;
    const local = `${date}T${textOfTime(this.fields)}`;
    if (this.zone === undefined) return local;
    const region =
      fixedOffset(this.zone) !== undefined && /^[Z+-]/.test(this.zone)
        ? ""
        : `[${this.zone}]`;
    return local + textOfOffset(this.offset) + region;
  }

  override equals(other: unknown): boolean {
    return (
      other instanceof Temporal &&
      other.className === this.className &&
      other.wall === this.wall &&
      other.nano === this.nano &&
      other.zone === this.zone
    );
  }

  override compareTo(other: JavaObject): number {
    return other instanceof Temporal && other.className === this.className
      ? this.epochSeconds - other.epochSeconds || this.nano - other.nano
      : super.compareTo(other);
  }
}

/** Converts a local date and time to seconds since 1970, as if it were in UTC. */
export function wallOf({
  year,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
}: Partial<TemporalFields> & { readonly year: number }): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const isValid =
    date.getUTCMonth() + 1 === month &&
    date.getUTCDate() === day &&
    hour >= 0 &&
    hour < 24 &&
    minute >= 0 &&
    minute < 60 &&
    second >= 0 &&
    second < 60;
  return isValid && Math.abs(year) <= 9999
    ? date.getTime() / 1000
    : fail("invalid date or time");
}

function textOfDate({ year, month, day }: TemporalFields): string {
  const sign = year < 0 ? "-" : "";
  return `${sign}${padded(Math.abs(year), 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

function textOfTime({ hour, minute, second, nano }: TemporalFields): string {
  const start = `${padded(hour, 2)}:${padded(minute, 2)}`;
  if (second === 0 && nano === 0) return start;
  const part = padded(nano, 9).replace(/(000)+$/, "");
  return `${start}:${padded(second, 2)}${nano === 0 ? "" : `.${part}`}`;
}

/** Pads a number with leading zeros. */
export function padded(number: number, width: number): string {
  return String(number).padStart(width, "0");
}
