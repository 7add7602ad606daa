import { AssumeRoleCheck, type CheckVerdict } from "../../../domain";
import { StepError, notBorrowed } from "../borrowError";
import type { Call } from "../Call";
import { isError } from "../isError";
import { toConnectorError } from "../toConnectorError";

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

/** What a step that failed has to say, in one sentence. */
export function wordsOfFailure(
  error: unknown,
  roleArn: string,
  call: Call,
): string {
  const told =
    error instanceof StepError
      ? notBorrowed(error, roleArn, call)
      : toConnectorError(error, call);
  const { message } = told as Error;
  return message
    .replace(`${call.operation}: `, "")
    .replace(/;? the function did not run/i, "")
    .replace(/(\s*\.)+$/, "");
}

/** Whether AWS said that it is not allowed. */
export function isDenied(error: unknown): boolean {
  const cause = error instanceof StepError ? error.cause : error;
  return isError(cause) && /^AccessDenied(Exception)?$/.test(cause.name);
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
