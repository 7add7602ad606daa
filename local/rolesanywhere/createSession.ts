import type { X509Certificate } from "node:crypto";
import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { createCommonError } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import type { ConditionContext } from "../iam/Condition";
import type { SessionCredentials } from "../iam/CredentialStore";
import type { Role } from "../iam/Role";
import { trustsService } from "../iam/trustsService";
import { findChainProblem } from "./findChainProblem";
import type { Profile } from "../state/Profile";
import { getDecimalSerial, readCertificates } from "./readCertificates";
import {
  readCreateSession,
  type CreateSessionRequest,
} from "./readCreateSession";

const SERVICE = "rolesanywhere.amazonaws.com";

/**
 * Actions that the service performs on a role: it sets tags and the source identity from the
 * certificate.
 */
const ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

/**
 * Issues role credentials for a certificate that the trust anchor, the profile and the role accept.
 */
export function createSession(call: ApiCall): HttpResponse {
  const input = readCreateSession(call.request);
  const { leaf } = verifyCertificates(call, input);
  const profile = findProfile(call, input);
  const sessionName = getSessionName(leaf, { input, profile });
  const sourceIdentity = createSourceIdentity(leaf);
  const context: ConditionContext = new Map([
    ["aws:requestedregion", [call.region]],
    ["aws:sourceaccount", [input.trustAnchorArn.split(":")[4] ?? ""]],
    ["aws:sourcearn", [input.trustAnchorArn]],
    ["sts:rolesessionname", [sessionName]],
    ["sts:sourceidentity", [sourceIdentity]],
  ]);
  const role = findRole(call, { input, profile, context });
  const credentials = issueCredentials(call, {
    role,
    sessionName,
    sourceIdentity,
    maxSeconds: Math.min(
      input.durationSeconds ?? Infinity,
      profile.durationSeconds,
    ),
  });
  return {
    status: 201,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      credentialSet: [
        encodeCredentialSet(credentials, { role, sourceIdentity }),
      ],
      subjectArn: input.trustAnchorArn.replace(
        /trust-anchor\/.*$/,
        `subject/${getDecimalSerial(leaf)}`,
      ),
    }),
  };
}

function issueCredentials(
  { cloud }: ApiCall,
  session: {
    readonly role: Role;
    readonly sessionName: string;
    readonly sourceIdentity: string;
    readonly maxSeconds: number;
  },
): SessionCredentials {
  const { role, sessionName, sourceIdentity } = session;
  const { settings, credentials } = cloud;
  const durationSeconds = Math.min(
    session.maxSeconds,
    role.maxSessionDuration,
    settings.sessionSeconds ?? Infinity,
  );
  const [, partition = "aws"] = role.arn.split(":");
  return credentials.issueSession(
    {
      accountId: role.accountId,
      arn: `arn:${partition}:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`,
      userId: `${role.id}:${sessionName}`,
      permissions: role.permissions,
      session: { role, sourceIdentity, tags: [], transitiveTagKeys: [] },
    },
    settings.clock() + durationSeconds * 1000,
  );
}

function encodeCredentialSet(
  credentials: SessionCredentials,
  of: { readonly role: Role; readonly sourceIdentity: string },
): object {
  return {
    assumedRoleUser: {
      arn: credentials.caller.arn,
      assumedRoleId: credentials.caller.userId,
    },
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      expiration: new Date(credentials.expiresAt)
        .toISOString()
        .replace(/\.\d+/, ""),
    },
    packedPolicySize: 0,
    roleArn: of.role.arn,
    sourceIdentity: of.sourceIdentity,
  };
}

function verifyCertificates(
  call: ApiCall,
  input: CreateSessionRequest,
): { readonly leaf: X509Certificate } {
  const { trustAnchorArn } = input;
  const anchor = findAccount(call, trustAnchorArn)?.trustAnchors.get(
    trustAnchorArn,
  );
  if (!anchor || getRegion(trustAnchorArn) !== call.region)
    throw createNotFoundError(`Trust anchor ${trustAnchorArn} not found`);
  const certificates = readCertificates(call.request);
  const now = call.cloud.settings.clock();
  const problem = findChainProblem(certificates, anchor, now);
  if (problem === undefined) return certificates;
  throw createAccessDeniedError(`Untrusted signing certificate: ${problem}`);
}

function findProfile(
  call: ApiCall,
  { profileArn, trustAnchorArn }: CreateSessionRequest,
): Profile {
  const profile = findAccount(call, profileArn)?.profiles.get(profileArn);
  const isHere =
    getRegion(profileArn) === call.region &&
    findAccount(call, profileArn) === findAccount(call, trustAnchorArn);
  if (profile && isHere) return profile;
  throw createNotFoundError(`Profile ${profileArn} not found`);
}

// A role that does not exist and one that denies access give the same error, so that callers can't
// probe for roles.
function findRole(
  call: ApiCall,
  {
    input,
    profile,
    context,
  }: {
    readonly input: CreateSessionRequest;
    readonly profile: Profile;
    readonly context: ConditionContext;
  },
): Role {
  const { roleArn, profileArn } = input;
  if (!profile.roleArns.includes(roleArn))
    throw createAccessDeniedError(
      `Role ${roleArn} is not listed in profile ${profileArn}`,
    );
  const name = roleArn.split(":role/")[1] ?? "";
  const role = findAccount(call, profileArn)?.roles.get(name);
  if (role?.arn === roleArn && isTrusting(role, context)) return role;
  throw createAccessDeniedError(`Unable to assume role for ${roleArn}`);
}

function isTrusting(role: Role, context: ConditionContext): boolean {
  return ACTIONS.every((action) =>
    trustsService(role, { service: SERVICE, action, context }),
  );
}

function getSessionName(
  leaf: X509Certificate,
  {
    input,
    profile,
  }: { readonly input: CreateSessionRequest; readonly profile: Profile },
): string {
  const { roleSessionName } = input;
  if (roleSessionName === undefined) return leaf.serialNumber.toLowerCase();
  if (profile.acceptsRoleSessionName) return roleSessionName;
  throw createAccessDeniedError("Not authorized to set roleSessionName.");
}

/**
 * Creates the source identity from the certificate's common name, with STS's character set and
 * length.
 */
function createSourceIdentity({ subject }: X509Certificate): string {
  const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? "";
  return `CN=${name}`.replace(/[^\w+=,.@-]/g, "_").slice(0, 64);
}

function findAccount(call: ApiCall, arn: string) {
  return call.cloud.accounts.get(arn.split(":")[4] ?? "");
}

function getRegion(arn: string): string {
  return arn.split(":")[3] ?? "";
}

function createAccessDeniedError(message: string): ServiceError {
  return createCommonError("rolesanywhere", { kind: "access-denied", message });
}

function createNotFoundError(message: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: "ResourceNotFoundException",
    message,
  });
}
