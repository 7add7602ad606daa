import { fail } from "../errors/Fault";
import { Temporal, wallOf } from "./Temporal";

/** Length of each unit of fixed length, in seconds. */
const SECONDS = {
  Seconds: 1,
  Minutes: 60,
  Hours: 3600,
  Days: 86_400,
  Weeks: 604_800,
} as const;

/** The units that can be added. */
export const UNITS = [
  "Years",
  "Months",
  "Weeks",
  "Days",
  "Hours",
  "Minutes",
  "Seconds",
] as const;

/** A unit that can be added. */
export type Unit = (typeof UNITS)[number];

/**
 * Adds an amount to a date or time. Days and longer units change the local date; shorter units change the instant.
 */
export function plus(temporal: Temporal, unit: Unit, amount: number): Temporal {
  if (!Number.isSafeInteger(amount) || Math.abs(amount) > 1e12)
    return fail("the amount is too large");
  if (unit === "Years" || unit === "Months")
    return plusMonths(temporal, unit === "Years" ? 12 * amount : amount);
  const seconds = amount * SECONDS[unit];
  if (temporal.zone === undefined || unit === "Days" || unit === "Weeks")
    return temporal.with(temporal.wall + seconds);
  const { nano, zone } = temporal;
  return Temporal.at(temporal.epochSeconds + seconds, { nano, zone });
}

/** Keeps the day of the month, unless the month is shorter. */
function plusMonths(temporal: Temporal, amount: number): Temporal {
  const { fields } = temporal;
  const months = 12 * fields.year + fields.month - 1 + amount;
  const year = Math.floor(months / 12);
  const month = months - 12 * year + 1;
  const day = Math.min(fields.day, lengthOfMonth(year, month));
  return temporal.with(wallOf({ ...fields, year, month, day }));
}

/** The number of days of a month. */
export function lengthOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
