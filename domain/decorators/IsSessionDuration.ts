import { IsIntBetween } from "./IsIntBetween";

/** Requires the duration of a role session in seconds, 900 to 43,200. */
export function IsSessionDuration(): PropertyDecorator {
  return IsIntBetween(900, 43_200);
}
