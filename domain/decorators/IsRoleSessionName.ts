import { Matches } from "./libraries/classValidator";
import { combine } from "./combine";
import { IsString } from "./IsString";

/** Requires the name of a role session, 2 to 64 characters that STS allows. */
export function IsRoleSessionName(): PropertyDecorator {
  return combine(
    IsString(),
    Matches(/^[\w+=,.@-]{2,64}$/, {
      message:
        "$property must be 2 to 64 letters, digits and _ + = , . @ -, without spaces",
    }),
  );
}
