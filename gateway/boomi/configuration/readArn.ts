import { FUNCTION_NAME } from "../../../domain/Function";
import { sidecarRoleOf } from "../../../src/internal";
import { not, textIn, type Reading } from "./Reading";

const LONGEST_FUNCTION = 256;
const LONGEST_ROLE = 2048;

/** A full ARN; what its parts may be in particular, AWS's own pattern says. */
const FUNCTION_ARN =
  /^arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):\d{12}:function:[\w.-]{1,64}(:(\$LATEST(\.PUBLISHED)?|[\w-]{1,128}))?$/;

/** Reads the ARN of a function. A bare name would do for Lambda, but the vendor's key takes the ARN. */
export function readFunctionArn(given: unknown): Reading<string> {
  const arn = textIn(given) ?? "";
  const isOne =
    arn.length <= LONGEST_FUNCTION &&
    FUNCTION_ARN.test(arn) &&
    FUNCTION_NAME.test(arn);
  return isOne
    ? { value: arn }
    : not(
        "matches",
        "takes the full ARN of a function, for example arn:aws:lambda:eu-central-1:222233334444:function:price",
      );
}

/** The region that the ARN of a function names. */
export function regionOfFunction(arn: string): string | undefined {
  return FUNCTION_ARN.exec(arn)?.groups?.["region"];
}

/** Reads the ARN of a role, in the form of IAM or of the vendor's examples. */
export function readRole(given: unknown): Reading<string> {
  const role = sidecarRoleOf(textIn(given) ?? "");
  if ("issue" in role) {
    const { rule, message } = role.issue;
    return not(rule, message.replace(/^roleArn /, ""));
  }
  return role.roleArn.length <= LONGEST_ROLE
    ? { value: role.roleArn }
    : not("size", `takes at most ${LONGEST_ROLE} characters`);
}
