/** What to do if Lambda denies access to a role session: the role's permissions decide, not the caller's. */
export function invocationDeniedAdvice(
  roleArn: string,
  message: string,
): string {
  if (message.includes("session policy"))
    return "Allow lambda:InvokeFunction on this function in sessionPolicy, or omit sessionPolicy";
  return `Allow lambda:InvokeFunction on this function in the permissions of the role ${roleArn}; invokePolicy() generates them`;
}

/** What a request to assume a role contained. */
export interface AssumeRoleInput {
  readonly externalId: string | undefined;
  readonly externalIdKey: string | undefined;
  readonly hasSourceIdentity: boolean;
  readonly hasTags: boolean;
}

/** What to do if STS denies access to a role, by the action that AWS's message names. */
export function assumeRoleDeniedAdvice(
  input: AssumeRoleInput,
  message: string,
): string {
  if (message.includes("sts:SetSourceIdentity"))
    return allowOnBothSides("sourceIdentity", {
      isRequested: input.hasSourceIdentity,
      carried: "a source identity, as credentials from IAM Roles Anywhere do",
    });
  if (message.includes("sts:TagSession"))
    return allowOnBothSides("tags", {
      isRequested: input.hasTags,
      carried: "transitive session tags",
    });
  return `Check that the role exists, that its trust policy names the caller, that the caller's own policy allows sts:AssumeRole on it (assumePolicy() generates one), and that ${externalIdCondition(input)}`;
}

function allowOnBothSides(
  field: string,
  {
    isRequested,
    carried,
  }: { readonly isRequested: boolean; readonly carried: string },
): string {
  const action = field === "tags" ? "sts:TagSession" : "sts:SetSourceIdentity";
  const reason = isRequested
    ? ""
    : `; the caller's own credentials carry ${carried}`;
  return `Allow ${action} in the role's trust policy and in the caller's own policy (trustPolicy() and assumePolicy() do so with ${field}: true)${reason}`;
}

function externalIdCondition({
  externalId,
  externalIdKey,
}: AssumeRoleInput): string {
  if (externalId === undefined)
    return "it requires no external ID, because none was sent (set externalIdKey to send one)";
  return externalIdKey === undefined
    ? "the external ID is the one it requires"
    : `the external ID in parameter ${externalIdKey} is the one it requires`;
}
