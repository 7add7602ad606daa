import { AssumeRoleCheck, type CheckVerdict } from "../../../../domain";
import { toRoleError } from "../toRoleError";
import { RoleStepError } from "../RoleStepError";
import type { Call } from "../../call/Call";
import { toSentence } from "../../text/toSentence";
import { isAccessDenied } from "../../call/serviceErrors";
import { describeError } from "../../text/errorDescription";

/** Creates one check of the report. */
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

/** Returns message and advice for a failed request. */
export function describeFailure(
  error: unknown,
  roleArn: string,
  call: Call,
): readonly [message: string, advice?: string] {
  const { what, advice } = describeError(toRoleError(error, roleArn, call));
  return advice === undefined ? [what] : [what, toSentence(advice)];
}

/** Whether AWS denied access. */
export function wasDenied(error: unknown): boolean {
  return isAccessDenied(error instanceof RoleStepError ? error.cause : error);
}

/** Returns the value or the error of a request. Throws only if the call itself has ended. */
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
