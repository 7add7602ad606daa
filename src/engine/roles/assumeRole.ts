import type { ValidCredentials } from "../settings/ValidCredentials";
import { assumeRoleDeniedAdvice } from "../call/accessDeniedAdvice";
import type { AssumeRoleParameters } from "../settings/AssumeRoleParameters";
import { RoleStepError, type AdviceByCode } from "./RoleStepError";
import type { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import { isError } from "../text/isError";
import { markRoleSession } from "../settings/roleSession";
import { readStringProperty } from "../text/readStringProperty";

const ASSUME_ROLE_ADVICE: AdviceByCode = {
  MalformedPolicyDocument: "Correct sessionPolicy",
  PackedPolicyTooLarge:
    "Shorten sessionPolicy or tags; their packed size exceeds AWS's limit",
};

/**
 * Requests the credentials of a role from STS.
 *
 * @throws {@link RoleStepError} if STS returns none.
 */
export async function assumeRole(
  parameters: AssumeRoleParameters,
  externalId: string | undefined,
  call: Call,
): Promise<ValidCredentials> {
  const { roleArn, tags } = parameters;
  try {
    const { Credentials: credentials } = await sendRequest(call, {
      service: "sts",
      action: "AssumeRole",
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
  { externalIdKey, sourceIdentity, tags }: AssumeRoleParameters,
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
  const input = {
    externalId,
    externalIdKey,
    hasSourceIdentity: sourceIdentity !== undefined,
    hasTags: tags !== undefined,
    assumedBy: call.principal?.parameters.roleArn,
  };
  return {
    ...ASSUME_ROLE_ADVICE,
    ValidationError: /role chaining/i.test(message)
      ? "Set durationSeconds to at most 3600, because the connection's credentials are themselves a role session, and AWS limits chained role sessions to one hour"
      : "Correct the value that AWS names; durationSeconds is limited by the role's maximum session duration",
    AccessDenied: assumeRoleDeniedAdvice(input, message),
  };
}
