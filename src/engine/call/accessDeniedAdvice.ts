/** A request that AWS denied to a role session. */
interface DeniedRequest {
  readonly roleArn: string;
  /** AWS's message; it usually names the action. */
  readonly awsMessage: string;
  /** Whether the operation invokes a function. */
  readonly invokes: boolean;
  /** How messages name the session policy: `sessionPolicy`, or for example `role.sessionPolicy of the connection`. */
  readonly sessionPolicy: string;
}

/** What to do if AWS denies access to a role session: the role's permissions decide, not the caller's. */
export function roleDeniedAdvice({
  roleArn,
  awsMessage,
  invokes,
  sessionPolicy,
}: DeniedRequest): string {
  const named = /perform: ([a-z0-9-]+:\w+)/.exec(awsMessage)?.[1];
  const action = named ?? (invokes ? INVOKE : "this action");
  const onResource = action === INVOKE ? " on this function" : "";
  if (awsMessage.includes("session policy"))
    return `Allow ${action}${onResource} in ${sessionPolicy}, or omit it`;
  // What belongs to another account than the role must allow it, too.
  if (awsMessage.includes("no resource-based policy"))
    return `Allow the role ${roleArn} to perform ${action} in the resource-based policy${action === INVOKE ? " of this function" : ""}, which is in another account`;
  const advice = `Allow ${action}${onResource} in the permissions of the role ${roleArn}`;
  return action === INVOKE
    ? `${advice}; invokePolicy() generates them`
    : advice;
}

/** What to do if AWS denies an invocation to the caller. `undefined`: nothing more specific than for other actions. */
export function callerDeniedAdvice({
  awsMessage,
  invokes,
}: Pick<DeniedRequest, "awsMessage" | "invokes">): string | undefined {
  const isDenial = /explicit deny|resource-based/.test(awsMessage);
  if (!invokes || isDenial) return undefined;
  return "Grant the caller permission for this action on this resource; invokePolicy() generates the policy";
}

const INVOKE = "lambda:InvokeFunction";

/** What a request to assume a role contained. */
export interface AssumeRoleInput {
  readonly externalId: string | undefined;
  readonly externalIdKey: string | undefined;
  readonly hasSourceIdentity: boolean;
  readonly hasTags: boolean;
  /** The role whose session assumes the role. `undefined`: the caller does. */
  readonly assumedBy: string | undefined;
  /** Returns how messages name a field of the role. */
  readonly nameField: (field: string) => string;
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
  const { assumedBy } = input;
  const caller =
    assumedBy === undefined
      ? "that its trust policy names the caller, that the caller's own policy allows sts:AssumeRole on it"
      : `that its trust policy names the role ${assumedBy}, that the permissions of that role allow sts:AssumeRole on it`;
  return `Check that the role exists, ${caller} (assumePolicy() generates one), and that ${externalIdCondition(input)}`;
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
  nameField,
}: AssumeRoleInput): string {
  if (externalId === undefined)
    return `it requires no external ID, because none was sent (set ${nameField("externalIdKey")} to send one)`;
  return externalIdKey === undefined
    ? `${nameField("externalId")} is the one it requires`
    : `the external ID in parameter ${externalIdKey} (${nameField("externalIdKey")}) is the one it requires`;
}
