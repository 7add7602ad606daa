import { method } from "../members/Method";

/** Steps of a method that may look up the offset of a time zone several times. */
const CALL = 10_000;

/** Creates a method of a date or time. */
export const timeMethod: typeof method = (takes, run) =>
  method(takes, run, { call: CALL });
