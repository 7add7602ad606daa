import { Matches } from "./libraries/classValidator";
import { combine } from "./combine";
import { IsString } from "./IsString";

/** Requires the name or ARN of a parameter in Parameter Store, 1 to 2,048 characters. */
export function IsExternalIdKey(): PropertyDecorator {
  return combine(
    IsString(),
    Matches(/[^]/, {
      message:
        "$property must not be empty; pass the name of a parameter, for example acme/prod/trustKey, or omit it",
    }),
    Matches(/^[\w.\-/:]{0,2048}$/, {
      message:
        "$property must be the name of a parameter, for example acme/prod/trustKey",
    }),
  );
}
