import { fail } from "../errors/Fault";

/**
 * Reads a fixed zone such as `Z`, `UTC` or `+02:00` as an offset from UTC, in seconds. Returns undefined for the name of a
 * region.
 */
export function fixedOffset(zone: string): number | undefined {
  if (/^(Z|UTC|GMT|UT)$/.test(zone)) return 0;
  const match =
    /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(zone);
  if (!match) return undefined;
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (size > 18 * 3600) fail("a zone offset must be at most 18 hours");
  return sign === "-" ? -size : size;
}

/** A formatter of the local time of each region. The number of regions is limited. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  if (!/^[A-Za-z][\w+\-/]{0,60}$/.test(zone)) return refuse();
  // The names of regions ignore case: with one clock per spelling, a client could create any number of clocks.
  const name = zone.toLowerCase();
  const known = clocks.get(name);
  if (known) return known;
  try {
    const clock = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "iso8601",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    clocks.set(name, clock);
    return clock;
  } catch {
    return refuse();
  }
}

function refuse(): never {
  return fail(
    "unknown time zone; use, for example, Europe/Berlin, UTC or +02:00",
  );
}

/** The offset of a zone from UTC at an instant, in seconds. */
export function offsetAt(zone: string, epochSeconds: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(epochSeconds * 1000)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const {
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
  } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return wall - epochSeconds;
}

/** The offset of a zone from UTC at a local time, in seconds. */
export function offsetOfWall(zone: string, wallSeconds: number): number {
  const before = offsetAt(zone, wallSeconds - offsetAt(zone, wallSeconds));
  return offsetAt(zone, wallSeconds - before) === before
    ? before
    : offsetAt(zone, wallSeconds - before);
}

/** Formats an offset as `+02:00`, or `Z` for zero. */
export function textOfOffset(
  offset: number,
  { colon = ":", zero = "Z" }: { colon?: string; zero?: string } = {},
): string {
  if (offset === 0) return zero;
  const size = Math.abs(offset);
  const two = (number: number): string =>
    String(Math.floor(number)).padStart(2, "0");
  const seconds = size % 60 === 0 ? "" : colon + two(size % 60);
  return `${offset < 0 ? "-" : "+"}${two(size / 3600)}${colon}${two((size / 60) % 60)}${seconds}`;
}
