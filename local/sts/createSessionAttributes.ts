import { createCommonError } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import type { Caller, SessionAttributes } from "../iam/Caller";
import type { AssumeRoleRequest } from "./readAssumeRole";

/** Creates the attributes of a new session, including those inherited from the calling session. */
export function createSessionAttributes(
  caller: Caller,
  input: AssumeRoleRequest,
): Omit<SessionAttributes, "role" | "policy"> {
  const inheritedIdentity = caller.session?.sourceIdentity;
  if (
    inheritedIdentity !== undefined &&
    input.sourceIdentity !== undefined &&
    inheritedIdentity !== input.sourceIdentity
  )
    throw createCommonError("sts", {
      kind: "access-denied",
      message: `User: ${caller.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${input.roleArn}`,
    });
  const transitiveKeys = caller.session?.transitiveTagKeys ?? [];
  if (input.tags.some(({ key }) => transitiveKeys.includes(key.toLowerCase())))
    throw new ServiceError({
      status: 400,
      code: "InvalidParameterValue",
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
  const sourceIdentity = input.sourceIdentity ?? inheritedIdentity;
  const inheritedTags = (caller.session?.tags ?? []).filter(({ key }) =>
    transitiveKeys.includes(key.toLowerCase()),
  );
  return {
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    tags: [...inheritedTags, ...input.tags],
    transitiveTagKeys: [...transitiveKeys, ...input.transitiveTagKeys],
  };
}
