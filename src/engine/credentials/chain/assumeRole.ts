import { readFile } from "node:fs/promises";
import type { CredentialsLike } from "../../../../domain";
import {
  ASSUME_ROLE_CODEC,
  ASSUME_ROLE_WITH_WEB_IDENTITY_CODEC,
  type StsSession,
} from "../../codecs/stsCodecs";
import { markRoleSession } from "../../settings/roleSession";
import { readStringProperty } from "../../text/readStringProperty";
import { CredentialSourceError } from "./CredentialSourceError";
import type { ChainContext } from "./ChainContext";
import type { Profile } from "./profiles";

/** Duration of a role session unless the profile sets another, in seconds. */
const DURATION_SECONDS = "3600";

/** A profile that assumes a role, and the credentials of its source. */
interface RoleProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly credentials: CredentialsLike;
  readonly region: string | undefined;
}

/** Assumes the role of a profile. */
export async function assumeRole(
  { name, profile, credentials, region }: RoleProfile,
  context: ChainContext,
): Promise<CredentialsLike> {
  const roleArn = profile.get("role_arn") ?? "";
  const externalId = profile.get("external_id");
  const durationSeconds = profile.get("duration_seconds") ?? DURATION_SECONDS;
  if (!/^\d{1,9}$/.test(durationSeconds))
    throw new CredentialSourceError(
      `the profile ${name} has duration_seconds = ${durationSeconds}, which is not a number of seconds`,
      { advice: "Set duration_seconds to a number from 900 to 43200" },
    );
  return send(
    context.sendToSts({
      action: "AssumeRole",
      codec: ASSUME_ROLE_CODEC,
      input: {
        RoleArn: roleArn,
        RoleSessionName:
          profile.get("role_session_name") ?? defaultSessionName(context),
        ExternalId: externalId,
        DurationSeconds: Number(durationSeconds),
      },
      region,
      credentials,
    }),
    {
      source: `the profile ${name}`,
      roleArn,
      secrets: [
        externalId,
        credentials.secretAccessKey,
        credentials.sessionToken,
      ],
      advice:
        "Check role_arn and the profile's other settings, and that the role's trust policy allows the source credentials to perform sts:AssumeRole",
    },
  );
}

/** A role that is assumed with a token in a file, and what configures it. */
export interface WebIdentity {
  readonly source: string;
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly roleSessionName?: string | undefined;
}

/** Assumes a role with a web identity token. */
export async function assumeRoleWithWebIdentity(
  { source, roleArn, tokenFile, roleSessionName }: WebIdentity,
  context: ChainContext,
): Promise<CredentialsLike> {
  const token = await readToken(tokenFile, source);
  return send(
    context.sendToSts({
      action: "AssumeRoleWithWebIdentity",
      codec: ASSUME_ROLE_WITH_WEB_IDENTITY_CODEC,
      input: {
        RoleArn: roleArn,
        RoleSessionName: roleSessionName ?? defaultSessionName(context),
        WebIdentityToken: token,
      },
    }),
    {
      source,
      roleArn,
      secrets: [token],
      advice: `Check the role, the token in ${tokenFile}, and that the role's trust policy allows its issuer to perform sts:AssumeRoleWithWebIdentity`,
    },
  );
}

async function readToken(file: string, source: string): Promise<string> {
  const what = `${source} provided no AWS credentials because its web identity token file ${file}`;
  const advice = "Correct the path, or create the file";
  let token: string;
  try {
    token = (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw new CredentialSourceError(
      `${what} could not be read (${readStringProperty(error, "code")})`,
      { advice },
    );
  }
  if (token === "")
    throw new CredentialSourceError(`${what} is empty`, { advice });
  return token;
}

/** Like that of the AWS SDK, because trust policies can require it. */
function defaultSessionName({ clock }: ChainContext): string {
  return `aws-sdk-js-${clock.now()}`;
}

/** Which role is assumed, and what to say if that fails. */
interface RoleFailure {
  readonly source: string;
  readonly roleArn: string;
  readonly secrets: readonly (string | undefined)[];
  readonly advice: string;
}

async function send(
  request: Promise<StsSession>,
  { source, ...details }: RoleFailure,
): Promise<CredentialsLike> {
  const what = `${source} provided no AWS credentials because the role ${details.roleArn} could not be assumed`;
  let response: StsSession;
  try {
    response = await request;
  } catch (failure) {
    throw new CredentialSourceError(what, { ...details, failure });
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    response.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey)
    throw new CredentialSourceError(`${what}; STS returned no credentials`, {
      ...details,
      advice: "Check the endpoint of STS",
    });
  return markRoleSession({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  });
}
