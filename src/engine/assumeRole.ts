import type { CredentialKeys } from "../../domain";
import type { Borrowing } from "./borrow";
import { StepError, type Advice } from "./borrowError";
import type { Call } from "./Call";
import { noteRoleSession } from "./roleSessions";

const ASSUME_ADVICE: Advice = {
  ValidationError:
    "Correct what AWS names; where it is durationSeconds, the role's own maximum is the bound",
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
  borrowing: Borrowing,
  externalId: string | undefined,
  call: Call,
): Promise<CredentialKeys> {
  const { roleArn, externalIdKey, tags } = borrowing;
  try {
    const { Credentials: keys } = await call.sts("AssumeRole", {
      RoleArn: roleArn,
      RoleSessionName: borrowing.roleSessionName,
      ExternalId: externalId,
      DurationSeconds: borrowing.durationSeconds,
      Policy: borrowing.policy,
      SourceIdentity: borrowing.sourceIdentity,
      Tags: tags?.map(({ key, value }) => ({ Key: key, Value: value })),
    });
    if (!keys?.AccessKeyId || !keys.SecretAccessKey)
      throw new Error("STS answered without keys");
    return noteRoleSession({
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
      expiration: keys.Expiration,
    });
  } catch (cause) {
    const which =
      externalIdKey === undefined
        ? "the external id is the one it asks for"
        : `the external id in parameter ${externalIdKey} is the one it asks for`;
    const match =
      externalId === undefined
        ? "it asks for no external id: none was sent; name one by externalIdKey"
        : which;
    throw new StepError(
      `the role ${roleArn} could not be assumed`,
      {
        ...ASSUME_ADVICE,
        AccessDenied: `Check that the role exists, that its trust policy names the caller, and that ${match}`,
      },
      cause,
    );
  }
}
