import { types } from "node:util";

/** A time in ISO 8601 format, with its offset from UTC. */
const ISO_TIME =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d(?::?\d\d)?)$/i;

/**
 * Reads the expiration of credentials: a copy of a date, which its owner cannot change any more, or the time in an ISO 8601
 * string. `undefined`: the value is neither, or not valid.
 */
export function readExpiration(value: unknown): Date | undefined {
  if (typeof value === "string") return toDate(parseTime(value));
  if (!types.isDate(value)) return undefined;
  // The object can have a `getTime` of its own.
  return toDate(Date.prototype.getTime.call(value));
}

function parseTime(text: string): number {
  const [, day = "", time = "", offset = ""] = ISO_TIME.exec(text) ?? [];
  // `Date.parse` reads February 30 as March 2.
  const isDay = toDate(Date.parse(day))?.toISOString().startsWith(day);
  if (!isDay) return NaN;
  return Date.parse(`${day}T${time}${toOffset(offset.toUpperCase())}`);
}

/** `Date.parse` requires hours and minutes with a colon. */
function toOffset(offset: string): string {
  const [, hours, minutes = "00"] = /^(.\d\d):?(\d\d)?$/.exec(offset) ?? [];
  return hours === undefined ? offset : `${hours}:${minutes}`;
}

function toDate(ms: number): Date | undefined {
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
