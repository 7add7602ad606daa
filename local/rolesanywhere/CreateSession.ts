import type { X509Certificate } from "node:crypto";
import type { Call } from "../state/ApiCall";
import type { HttpAnswer } from "../http/HttpResponse";
import { refuse } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import type { Context } from "../iam/Condition";
import type { LentKey } from "../iam/CredentialStore";
import type { Role } from "../iam/Role";
import { trustsService } from "../iam/trustsService";
import { complainOfChain } from "./findChainProblem";
import type { Profile } from "../state/Profile";
import { decimalSerialOf, readCertificates } from "./readCertificates";
import {
  readCreateSession,
  type CreateSessionRequest,
} from "./readCreateSession";

const SERVICE = "rolesanywhere.amazonaws.com";

/** What the service does with a role: it sets tags and the source identity from the certificate. */
const ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

/** Lends the keys of a role to whoever has a certificate that its trust anchor, profile and role agree to. */
export function createSession(call: Call): HttpAnswer {
  const asked = readCreateSession(call.request);
  const { leaf } = believedCertificates(call, asked);
  const profile = findProfile(call, asked);
  const name = sessionNameOf(leaf, { asked, profile });
  const sourceIdentity = sourceIdentityOf(leaf);
  const context: Context = new Map([
    ["aws:requestedregion", [call.region]],
    ["aws:sourceaccount", [asked.trustAnchorArn.split(":")[4] ?? ""]],
    ["aws:sourcearn", [asked.trustAnchorArn]],
    ["sts:rolesessionname", [name]],
    ["sts:sourceidentity", [sourceIdentity]],
  ]);
  const role = findRole(call, { asked, profile, context });
  const { settings, keys } = call.cloud;
  const lasts = Math.min(
    asked.durationSeconds ?? Infinity,
    profile.durationSeconds,
    role.maxSessionDuration,
    settings.sessionSeconds ?? Infinity,
  );
  const [, partition = "aws"] = role.arn.split(":");
  const key = keys.lend(
    {
      accountId: role.accountId,
      arn: `arn:${partition}:sts::${role.accountId}:assumed-role/${role.name}/${name}`,
      userId: `${role.id}:${name}`,
      permissions: role.permissions,
      session: { role, sourceIdentity, tags: [], transitiveTagKeys: [] },
    },
    settings.clock() + lasts * 1000,
  );
  return {
    status: 201,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      credentialSet: [describe(key, { role, sourceIdentity })],
      subjectArn: asked.trustAnchorArn.replace(
        /trust-anchor\/.*$/,
        `subject/${decimalSerialOf(leaf)}`,
      ),
    }),
  };
}

function describe(
  key: LentKey,
  of: { readonly role: Role; readonly sourceIdentity: string },
): object {
  return {
    assumedRoleUser: { arn: key.caller.arn, assumedRoleId: key.caller.userId },
    credentials: {
      accessKeyId: key.accessKeyId,
      secretAccessKey: key.secretAccessKey,
      sessionToken: key.sessionToken,
      expiration: new Date(key.expiresAt).toISOString().replace(/\.\d+/, ""),
    },
    packedPolicySize: 0,
    roleArn: of.role.arn,
    sourceIdentity: of.sourceIdentity,
  };
}

function believedCertificates(
  call: Call,
  asked: CreateSessionRequest,
): { readonly leaf: X509Certificate } {
  const { trustAnchorArn } = asked;
  const anchor = accountOf(call, trustAnchorArn)?.trustAnchors.get(
    trustAnchorArn,
  );
  if (!anchor || regionOf(trustAnchorArn) !== call.region)
    throw notFound(`Trust anchor ${trustAnchorArn} not found`);
  const certificates = readCertificates(call.request);
  const now = call.cloud.settings.clock();
  const complaint = complainOfChain(certificates, anchor, now);
  if (complaint === undefined) return certificates;
  throw denied(`Untrusted signing certificate: ${complaint}`);
}

function findProfile(
  call: Call,
  { profileArn, trustAnchorArn }: CreateSessionRequest,
): Profile {
  const profile = accountOf(call, profileArn)?.profiles.get(profileArn);
  const isHere =
    regionOf(profileArn) === call.region &&
    accountOf(call, profileArn) === accountOf(call, trustAnchorArn);
  if (profile && isHere) return profile;
  throw notFound(`Profile ${profileArn} not found`);
}

// A missing role and one that refuses get the same answer, so that nobody can search for roles.
function findRole(
  call: Call,
  {
    asked,
    profile,
    context,
  }: {
    readonly asked: CreateSessionRequest;
    readonly profile: Profile;
    readonly context: Context;
  },
): Role {
  const { roleArn, profileArn } = asked;
  if (!profile.roleArns.includes(roleArn))
    throw denied(`Role ${roleArn} is not listed in profile ${profileArn}`);
  const name = roleArn.split(":role/")[1] ?? "";
  const role = accountOf(call, profileArn)?.roles.get(name);
  if (role?.arn === roleArn && isTrusting(role, context)) return role;
  throw denied(`Unable to assume role for ${roleArn}`);
}

function isTrusting(role: Role, context: Context): boolean {
  return ACTIONS.every((action) =>
    trustsService(role, { service: SERVICE, action, context }),
  );
}

function sessionNameOf(
  leaf: X509Certificate,
  {
    asked,
    profile,
  }: { readonly asked: CreateSessionRequest; readonly profile: Profile },
): string {
  const { roleSessionName } = asked;
  if (roleSessionName === undefined) return leaf.serialNumber.toLowerCase();
  if (profile.acceptsRoleSessionName) return roleSessionName;
  throw denied("Not authorized to set roleSessionName.");
}

/** The common name of the certificate, in the characters and the length that STS takes. */
function sourceIdentityOf({ subject }: X509Certificate): string {
  const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? "";
  return `CN=${name}`.replace(/[^\w+=,.@-]/g, "_").slice(0, 64);
}

function accountOf(call: Call, arn: string) {
  return call.cloud.accounts.get(arn.split(":")[4] ?? "");
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

function denied(message: string): ServiceError {
  return refuse("rolesanywhere", { kind: "access-denied", message });
}

function notFound(message: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: "ResourceNotFoundException",
    message,
  });
}
