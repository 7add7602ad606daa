import { IsInt, Max, Min } from "./libraries/classValidator";
import { combine } from "./combine";

/** Requires an integer between two bounds, which are included. All three rules have the same message. */
export function IsIntBetween(min: number, max: number): PropertyDecorator {
  const message = `$property must be an integer from ${min} to ${max}`;
  return combine(
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}
