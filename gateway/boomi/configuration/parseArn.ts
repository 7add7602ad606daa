import { FUNCTION_NAME } from "../../../domain/Function";
import { describeArnProblem, sidecarRoleOf } from "../../../src/internal";
import { invalid, toTrimmedString, type ParseResult } from "./ValueParser";

const MAX_FUNCTION_ARN_LENGTH = 256;
const MAX_ROLE_ARN_LENGTH = 2048;

/** The shape of a full ARN. AWS's own pattern checks the details. */
const FUNCTION_ARN =
  /^arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):\d{12}:function:[\w.-]{1,64}(:(\$LATEST(\.PUBLISHED)?|[\w-]{1,128}))?$/;

/** Parses a function ARN. Lambda also accepts a function name, but Boomi's key requires the ARN. */
export function parseFunctionArn(given: unknown): ParseResult<string> {
  const arn = toTrimmedString(given) ?? "";
  const isArn =
    arn.length <= MAX_FUNCTION_ARN_LENGTH &&
    FUNCTION_ARN.test(arn) &&
    FUNCTION_NAME.test(arn);
  return isArn
    ? { value: arn }
    : invalid(
        "matches",
        `must be the full ARN of a function, for example arn:aws:lambda:eu-central-1:222233334444:function:price${describeArnProblem(arn, ["lambda"])}`,
      );
}

/** The region in a function ARN. */
export function getFunctionRegion(arn: string): string | undefined {
  return FUNCTION_ARN.exec(arn)?.groups?.["region"];
}

/** Parses a role ARN, in IAM's form or with `sts` as in Boomi's examples. */
export function parseRoleArn(given: unknown): ParseResult<string> {
  const role = sidecarRoleOf(toTrimmedString(given) ?? "");
  if ("issue" in role) {
    const { rule, message } = role.issue;
    return invalid(rule, message.replace(/^roleArn /, ""));
  }
  return role.roleArn.length <= MAX_ROLE_ARN_LENGTH
    ? { value: role.roleArn }
    : invalid("size", `must be at most ${MAX_ROLE_ARN_LENGTH} characters long`);
}
