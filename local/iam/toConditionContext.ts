import type { Caller } from "./Caller";
import type { ConditionContext } from "./Condition";

/** Returns the condition keys of every request, which describe the caller and the region. */
export function toConditionContext(
  caller: Caller,
  region: string,
): ConditionContext {
  const { session } = caller;
  const { sourceIdentity, tags = [] } = session ?? {};
  return new Map([
    ["aws:principalaccount", [caller.accountId]],
    // For a session, AWS uses the ARN of the role.
    ["aws:principalarn", [session?.role.arn ?? caller.arn]],
    ["aws:requestedregion", [region]],
    ...(sourceIdentity === undefined
      ? []
      : [["aws:sourceidentity", [sourceIdentity]] as const]),
    ...tags.map(
      ({ key, value }) =>
        [`aws:principaltag/${key.toLowerCase()}`, [value]] as const,
    ),
  ]);
}
