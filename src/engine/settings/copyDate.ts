import { types } from "node:util";

/** Returns a copy of a date, which its owner cannot change any more. `undefined` if the value is not a date, or not a valid one. */
export function copyDate(value: unknown): Date | undefined {
  if (!types.isDate(value)) return undefined;
  // The object can have a `getTime` of its own.
  const ms = Date.prototype.getTime.call(value);
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
