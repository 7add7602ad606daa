import { Matches } from "./libraries/classValidator";
import { combine } from "./combine";
import { IsString } from "./IsString";

/** Requires an external ID, 2 to 1,224 characters that STS allows. */
export function IsExternalId(): PropertyDecorator {
  return combine(
    IsString(),
    Matches(/^[\w+=,.@:/-]{2,1224}$/, {
      message:
        "$property must be 2 to 1224 letters, digits and _ + = , . @ : / -",
    }),
  );
}
