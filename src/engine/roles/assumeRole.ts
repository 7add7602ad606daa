import { ASSUME_ROLE } from "../actions/AssumeRole";
import type { ValidCredentials } from "../settings/ValidCredentials";
import { assumeRoleDeniedAdvice } from "../call/accessDeniedAdvice";
import type { AssumeRoleParameters } from "../settings/AssumeRoleParameters";
import {
  nameRoleField,
  type RoleOrigin,
} from "../connection/RoleSessionParameters";
import { chainedReason } from "./roleRules";
import { RoleStepError, type AdviceByCode } from "./RoleStepError";
import type { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import { isError } from "../text/isError";
import { markRoleSession } from "../settings/roleSession";
import { readStringProperty } from "../text/readStringProperty";

/**
 * Requests the credentials of a role from STS.
 *
 * @throws {@link RoleStepError} if STS returns none.
 */
export async function assumeRole(
  parameters: AssumeRoleParameters & Pick<RoleOrigin, "path">,
  externalId: string | undefined,
  call: Call,
): Promise<ValidCredentials> {
  const { roleArn, tags } = parameters;
  try {
    const { Credentials: credentials } = await sendRequest(call, ASSUME_ROLE, {
      input: {
        RoleArn: roleArn,
        RoleSessionName: parameters.roleSessionName,
        ExternalId: externalId,
        DurationSeconds: parameters.durationSeconds,
        Policy: parameters.policy,
        SourceIdentity: parameters.sourceIdentity,
        Tags: tags?.map(({ key, value }) => ({ Key: key, Value: value })),
      },
    });
    if (!credentials?.AccessKeyId || !credentials.SecretAccessKey)
      throw new Error("STS returned no credentials");
    return markRoleSession({
      accessKeyId: credentials.AccessKeyId,
      secretAccessKey: credentials.SecretAccessKey,
      sessionToken: credentials.SessionToken,
      expiration: credentials.Expiration,
    });
  } catch (cause) {
    throw new RoleStepError(
      `the role ${roleArn} could not be assumed`,
      adviceFor(parameters, { externalId, cause, call }),
      cause,
    );
  }
}

function adviceFor(
  {
    path,
    externalIdKey,
    sourceIdentity,
    tags,
  }: AssumeRoleParameters & Pick<RoleOrigin, "path">,
  {
    externalId,
    cause,
    call,
  }: {
    readonly externalId: string | undefined;
    readonly cause: unknown;
    readonly call: Call;
  },
): AdviceByCode {
  const message = isError(cause) ? readStringProperty(cause, "message") : "";
  const assumedBy = call.principal?.parameters.roleArn;
  const nameField = (field: string): string =>
    nameRoleField(field, { path, assumedBy: call.principal });
  const input = {
    externalId,
    externalIdKey,
    hasSourceIdentity: sourceIdentity !== undefined,
    hasTags: tags !== undefined,
    assumedBy,
    nameField,
  };
  return {
    MalformedPolicyDocument: `Correct ${nameField("sessionPolicy")}`,
    PackedPolicyTooLarge: `Shorten ${nameField("sessionPolicy")} or ${nameField("tags")}; their packed size exceeds AWS's limit`,
    ValidationError: /role chaining/i.test(message)
      ? `Set ${nameField("durationSeconds")} to at most 3600, because ${chainedReason(assumedBy)}, and AWS limits chained role sessions to one hour`
      : `Correct the value that AWS names; ${nameField("durationSeconds")} is limited by the role's maximum session duration`,
    AccessDenied: assumeRoleDeniedAdvice(input, message),
  };
}
