import { createCommonError } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import type { Caller, SessionAttributes } from "../iam/Caller";
import type { AssumeRoleRequest } from "./readAssumeRole";

/** What goes on from the caller's session, if it has one, into the new session. */
export function createSessionAttributes(
  caller: Caller,
  input: AssumeRoleRequest,
): Omit<SessionAttributes, "role" | "policy"> {
  const held = caller.session?.sourceIdentity;
  if (
    held !== undefined &&
    input.sourceIdentity !== undefined &&
    held !== input.sourceIdentity
  )
    throw createCommonError("sts", {
      kind: "access-denied",
      message: `User: ${caller.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${input.roleArn}`,
    });
  const carried = caller.session?.transitiveTagKeys ?? [];
  if (input.tags.some(({ key }) => carried.includes(key.toLowerCase())))
    throw new ServiceError({
      status: 400,
      code: "InvalidParameterValue",
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
  const sourceIdentity = input.sourceIdentity ?? held;
  const brought = (caller.session?.tags ?? []).filter(({ key }) =>
    carried.includes(key.toLowerCase()),
  );
  return {
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    tags: [...brought, ...input.tags],
    transitiveTagKeys: [...carried, ...input.transitiveTagKeys],
  };
}
