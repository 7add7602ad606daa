import { refuse } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import type { Caller, SessionFacts } from "../iam/Caller";
import type { AssumeRoleRequest } from "./readAssumeRole";

/** What goes on from the caller's session, if it has one, into the new session. */
export function inherit(
  caller: Caller,
  asked: AssumeRoleRequest,
): Omit<SessionFacts, "role" | "policy"> {
  const held = caller.session?.sourceIdentity;
  if (
    held !== undefined &&
    asked.sourceIdentity !== undefined &&
    held !== asked.sourceIdentity
  )
    throw refuse("sts", {
      kind: "access-denied",
      message: `User: ${caller.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${asked.roleArn}`,
    });
  const carried = caller.session?.transitiveTagKeys ?? [];
  if (asked.tags.some(({ key }) => carried.includes(key.toLowerCase())))
    throw new ServiceError({
      status: 400,
      code: "InvalidParameterValue",
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
  const sourceIdentity = asked.sourceIdentity ?? held;
  const brought = (caller.session?.tags ?? []).filter(({ key }) =>
    carried.includes(key.toLowerCase()),
  );
  return {
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    tags: [...brought, ...asked.tags],
    transitiveTagKeys: [...carried, ...asked.transitiveTagKeys],
  };
}
