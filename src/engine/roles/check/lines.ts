import { AssumeRoleCheck, type CheckVerdict } from "../../../../domain";
import { StepError, notBorrowed } from "../borrowError";
import type { Call } from "../../call/Call";
import { sentence } from "../../text/sentence";
import { isDenied } from "../../call/serviceErrors";
import { tellingOf } from "../../text/telling";

/** A line of the report. */
export function line(
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
export function failureOf(
  error: unknown,
  roleArn: string,
  call: Call,
): readonly [message: string, advice?: string] {
  const { what, advice } = tellingOf(notBorrowed(error, roleArn, call));
  return advice === undefined ? [what] : [what, sentence(advice)];
}

/** Whether AWS said that it is not allowed. */
export function wasDenied(error: unknown): boolean {
  return isDenied(error instanceof StepError ? error.cause : error);
}

/** Goes on where a step failed, unless the call itself was ended. */
export async function attempt<Value>(
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
