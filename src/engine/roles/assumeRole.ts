import type { CredentialsLike } from "../../../domain";
import { assumeRoleDeniedAdvice } from "../call/accessDeniedAdvice";
import type { AssumeRoleParameters } from "./AssumeRoleParameters";
import { RoleStepError, type Advice } from "./roleErrors";
import type { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import { isError } from "../text/isError";
import { markRoleSession } from "../connection/roleSession";
import { readStringProperty } from "../text/readStringProperty";

const ASSUME_ADVICE: Advice = {
  MalformedPolicyDocument: "Correct sessionPolicy",
  PackedPolicyTooLarge:
    "Make sessionPolicy and tags shorter: packed together, they are too large",
};

/**
 * Asks STS for a role's keys.
 *
 * @throws {@link StepError} when there are none.
 */
export async function assumeRole(
  borrowing: AssumeRoleParameters,
  externalId: string | undefined,
  call: Call,
): Promise<CredentialsLike> {
  const { roleArn, tags } = borrowing;
  try {
    const { Credentials: keys } = await sendRequest(call, {
      service: "sts",
      action: "AssumeRole",
      input: {
        RoleArn: roleArn,
        RoleSessionName: borrowing.roleSessionName,
        ExternalId: externalId,
        DurationSeconds: borrowing.durationSeconds,
        Policy: borrowing.policy,
        SourceIdentity: borrowing.sourceIdentity,
        Tags: tags?.map(({ key, value }) => ({ Key: key, Value: value })),
      },
    });
    if (!keys?.AccessKeyId || !keys.SecretAccessKey)
      throw new Error("STS answered without keys");
    return markRoleSession({
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
      expiration: keys.Expiration,
    });
  } catch (cause) {
    throw new RoleStepError(
      `the role ${roleArn} could not be assumed`,
      adviceFor(borrowing, externalId, cause),
      cause,
    );
  }
}

function adviceFor(
  { externalIdKey, sourceIdentity, tags }: AssumeRoleParameters,
  externalId: string | undefined,
  cause: unknown,
): Advice {
  const words = isError(cause) ? readStringProperty(cause, "message") : "";
  const asked = {
    externalId,
    externalIdKey,
    hasSourceIdentity: sourceIdentity !== undefined,
    hasTags: tags !== undefined,
  };
  return {
    ...ASSUME_ADVICE,
    ValidationError: /role chaining/i.test(words)
      ? "Give at most 3600 for durationSeconds: the caller's keys are a role's session themselves, and AWS ends a role that is borrowed through another after an hour"
      : "Correct what AWS names; where it is durationSeconds, the role's own maximum is the bound",
    AccessDenied: assumeRoleDeniedAdvice(asked, words),
  };
}
