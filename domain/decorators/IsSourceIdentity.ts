import { Matches } from "./libraries/classValidator";
import { combine } from "./combine";
import { IsString } from "./IsString";

/** Requires the source identity of a role session, 2 to 64 characters that STS allows. */
export function IsSourceIdentity(): PropertyDecorator {
  return combine(
    IsString(),
    Matches(/^(?!aws:)[\w+=,.@-]{2,64}$/, {
      message: "$property must be 2 to 64 letters, digits and _ + = , . @ -",
    }),
  );
}
