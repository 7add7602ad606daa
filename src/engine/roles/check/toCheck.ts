import { AssumeRoleCheck, type CheckVerdict } from "../../../../domain";
import { RoleStepError, toRoleError } from "../roleErrors";
import type { Call } from "../../call/Call";
import { toSentence } from "../../text/toSentence";
import { isAccessDenied } from "../../call/serviceErrors";
import { describeError } from "../../text/errorDescription";

/** A line of the report. */
export function toCheck(
  check: string,
  verdict: CheckVerdict,
  [message, advice]: readonly [message: string, advice?: string],
): AssumeRoleCheck {
  return Object.assign(new AssumeRoleCheck(), {
    check,
    verdict,
    message,
    ...(advice !== undefined && { advice }),
  });
}

/** What a step that failed has to say, and what to do about it. */
export function describeFailure(
  error: unknown,
  roleArn: string,
  call: Call,
): readonly [message: string, advice?: string] {
  const { what, advice } = describeError(toRoleError(error, roleArn, call));
  return advice === undefined ? [what] : [what, toSentence(advice)];
}

/** Whether AWS said that it is not allowed. */
export function wasDenied(error: unknown): boolean {
  return isAccessDenied(error instanceof RoleStepError ? error.cause : error);
}

/** Goes on where a step failed, unless the call itself was ended. */
export async function settle<Value>(
  work: Promise<Value>,
  call: Call,
): Promise<{ readonly value: Value } | { readonly error: unknown }> {
  try {
    return { value: await work };
  } catch (error) {
    if (call.reason) throw error;
    return { error };
  }
}
