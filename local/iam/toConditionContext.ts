import type { Caller } from "./Caller";
import type { ConditionContext } from "./Condition";

/** What every request tells: who makes it, and for which region. */
export function toConditionContext(
  caller: Caller,
  region: string,
): ConditionContext {
  const { session } = caller;
  const { sourceIdentity, tags = [] } = session ?? {};
  return new Map([
    ["aws:principalaccount", [caller.accountId]],
    // Of a session AWS gives the role here, not the session.
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
