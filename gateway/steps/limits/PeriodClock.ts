/** A calendar period. */
export type Period = "hour" | "day" | "week" | "month";

/** A period, in milliseconds since 1970. */
export interface PeriodWindow {
  readonly startsAt: number;
  readonly endsAt: number;
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longer than any period, also one in which a time zone sets its clocks. */
const MAX_MS: Readonly<Record<Period, number>> = {
  hour: 3 * HOUR_MS,
  day: 3 * DAY_MS,
  week: 10 * DAY_MS,
  month: 35 * DAY_MS,
};

/** Local date and time. `days` are days since 1970-01-01, in the local calendar. */
interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly days: number;
  readonly minute: number;
  readonly second: number;
}

/** Finds calendar periods of a time zone. */
export class PeriodClock {
  readonly #period: Period;
  readonly #format: Intl.DateTimeFormat;

  /** @throws RangeError if the time zone is unknown. */
  constructor(period: Period, timeZone: string) {
    this.#period = period;
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** The period that contains this time. It begins and ends where the local hour, day, week or month changes, to the second. */
  windowAt(time: number): PeriodWindow {
    const second = Math.floor(time / SECOND_MS);
    const seconds = MAX_MS[this.#period] / SECOND_MS;
    return {
      startsAt: (this.#findChange(second, second - seconds) + 1) * SECOND_MS,
      endsAt: this.#findChange(second, second + seconds) * SECOND_MS,
    };
  }

  /** The second closest to `inside`, in the direction of `outside`, that is in another period. */
  #findChange(inside: number, outside: number): number {
    const id = this.#idOf(inside);
    let [same, other] = [inside, outside];
    while (Math.abs(other - same) > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.#idOf(middle) === id) same = middle;
      else other = middle;
    }
    return other;
  }

  /** A number that all seconds of a period have in common, and no second of the periods near it. */
  #idOf(second: number): number {
    const { year, month, days, minute, second: rest } = this.#localTime(second);
    switch (this.#period) {
      case "month":
        return 12 * year + month;
      case "week":
        // Weeks begin on Monday, as in ISO 8601. 1970-01-01 was a Thursday.
        return Math.floor((days + 3) / 7);
      case "day":
        return days;
      case "hour":
        // The start of the local hour in UTC: an hour that is repeated when clocks are set back is another one.
        return second - 60 * minute - rest;
    }
  }

  #localTime(second: number): LocalTime {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(
      second * SECOND_MS,
    ))
      parts[type] = Number(value);
    const { year = 0, month = 1, day = 1 } = parts;
    const { minute = 0, second: rest = 0 } = parts;
    const days = Date.UTC(year, month - 1, day) / DAY_MS;
    return { year, month, days, minute, second: rest };
  }
}
