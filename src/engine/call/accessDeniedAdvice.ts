/** What to do where Lambda refuses a borrowed session: it is not the caller that has to be allowed anything. */
export function invocationDeniedAdvice(roleArn: string, words: string): string {
  if (words.includes("session policy"))
    return "Allow lambda:InvokeFunction on this function in sessionPolicy, or leave sessionPolicy out";
  return `Allow lambda:InvokeFunction on this function in the permissions of the role ${roleArn}; invokePolicy() writes them`;
}

/** How a role was asked for. */
export interface AssumeRoleInput {
  readonly externalId: string | undefined;
  readonly externalIdKey: string | undefined;
  readonly hasSourceIdentity: boolean;
  readonly hasTags: boolean;
}

/** What to do where STS refuses to lend a role, by the action that AWS names. */
export function assumeRoleDeniedAdvice(
  asked: AssumeRoleInput,
  words: string,
): string {
  if (words.includes("sts:SetSourceIdentity"))
    return bothSides("sourceIdentity", {
      isAsked: asked.hasSourceIdentity,
      carried: "a source identity, as those of IAM Roles Anywhere do",
    });
  if (words.includes("sts:TagSession"))
    return bothSides("tags", {
      isAsked: asked.hasTags,
      carried: "tags that stay with every further session",
    });
  return `Check that the role exists, that its trust policy names the caller, that the caller's own policy allows sts:AssumeRole on it (assumePolicy() writes one), and that ${match(asked)}`;
}

function bothSides(
  field: string,
  { isAsked, carried }: { readonly isAsked: boolean; readonly carried: string },
): string {
  const action = field === "tags" ? "sts:TagSession" : "sts:SetSourceIdentity";
  const whence = isAsked ? "" : `: the caller's own keys carry ${carried}`;
  return `Allow ${action} in the role's trust policy and in the caller's own policy (trustPolicy() and assumePolicy() do with ${field}: true)${whence}`;
}

function match({ externalId, externalIdKey }: AssumeRoleInput): string {
  if (externalId === undefined)
    return "it asks for no external id: none was sent; name one by externalIdKey";
  return externalIdKey === undefined
    ? "the external id is the one it asks for"
    : `the external id in parameter ${externalIdKey} is the one it asks for`;
}
