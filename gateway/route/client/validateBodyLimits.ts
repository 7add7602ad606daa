import type { Issue } from "../../../src";
import type { BodyLimits } from "./ClientOptions";

/** Longest delay of a Node timer, in milliseconds. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The smallest and the largest value of each limit, and how they are written. */
const RANGES: Readonly<
  Record<keyof BodyLimits, readonly [number, number, string]>
> = {
  maxRequestBytes: [0, Number.MAX_SAFE_INTEGER, "an integer of at least 0"],
  requestIdleTimeoutMs: [1, MAX_TIMER_MS, "an integer from 1 to 2,147,483,647"],
  responseIdleTimeoutMs: [
    1,
    MAX_TIMER_MS,
    "an integer from 1 to 2,147,483,647",
  ],
};

/** The names of the limits. */
export const BODY_LIMITS = Object.keys(RANGES) as (keyof BodyLimits)[];

/** Checks the limits of bodies, and returns each rule that is broken. */
export const validateBodyLimits = (limits: BodyLimits): Issue[] =>
  BODY_LIMITS.flatMap((path) => {
    const value: unknown = limits[path];
    const [least, most, expected] = RANGES[path];
    const isValid =
      value === undefined ||
      (Number.isSafeInteger(value) &&
        Number(value) >= least &&
        Number(value) <= most);
    return isValid
      ? []
      : { path, rule: "range", message: `${path} must be ${expected}` };
  });
