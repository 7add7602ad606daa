import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { createCommonError } from "../protocol/createCommonError";
import { encodeXml, type XmlElements } from "../protocol/encodeXml";
import type { SessionCredentials } from "../iam/CredentialStore";
import type { Role } from "../iam/Role";
import { createSessionAttributes } from "./createSessionAttributes";
import { readAssumeRole, type AssumeRoleRequest } from "./readAssumeRole";
import { findDeniedAction } from "./findDeniedAction";

const DEFAULT_DURATION_SECONDS = 3600;
const CHAINED_LIMIT_SECONDS = 3600;

/** Lends the keys of a role to those whom its trust policy and their own policies let have them. */
export function assumeRole(call: ApiCall): HttpResponse {
  const input = readAssumeRole(call.request);
  const role = findTrustedRole(call, input);
  const { settings, credentials: keys } = call.cloud;
  const inherited = createSessionAttributes(call.caller, input);
  const durationSeconds = Math.min(
    readDuration(call, { role, input }),
    settings.sessionSeconds ?? Infinity,
  );
  const expiresAt = settings.clock() + durationSeconds * 1000;
  const [, partition = "aws"] = role.arn.split(":");
  const key = keys.issueSession(
    {
      accountId: role.accountId,
      arn: `arn:${partition}:sts::${role.accountId}:assumed-role/${role.name}/${input.sessionName}`,
      userId: `${role.id}:${input.sessionName}`,
      permissions: role.permissions,
      session: {
        role,
        ...inherited,
        ...(input.policy && { policy: input.policy }),
      },
    },
    expiresAt,
  );
  return {
    status: 200,
    headers: { "Content-Type": "text/xml" },
    body: encodeXml("AssumeRoleResponse", {
      AssumeRoleResult: {
        ...encodeCredentials(key),
        PackedPolicySize: input.packedPolicySize,
        SourceIdentity: inherited.sourceIdentity,
      },
      ResponseMetadata: { RequestId: call.requestId },
    }),
  };
}

function encodeCredentials(key: SessionCredentials): XmlElements {
  return {
    AssumedRoleUser: {
      AssumedRoleId: key.caller.userId,
      Arn: key.caller.arn,
    },
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      SessionToken: key.sessionToken,
      Expiration: new Date(key.expiresAt).toISOString().replace(/\.\d+/, ""),
    },
  };
}

// A missing role and one that refuses get the same answer, so that nobody can search for roles.
function findTrustedRole(call: ApiCall, input: AssumeRoleRequest): Role {
  const [, , , , accountId = "", path = ""] = input.roleArn.split(":");
  const named = call.cloud.accounts
    .get(accountId)
    ?.roles.get(path.replace("role/", ""));
  const role = named?.arn === input.roleArn ? named : undefined;
  const refused = role
    ? findDeniedAction(call.caller, { role, input, region: call.region })
    : "sts:AssumeRole";
  if (role && refused === undefined) return role;
  throw createCommonError("sts", {
    kind: "access-denied",
    message: `User: ${call.caller.arn} is not authorized to perform: ${String(refused)} on resource: ${input.roleArn}`,
  });
}

function readDuration(
  call: ApiCall,
  to: { readonly role: Role; readonly input: AssumeRoleRequest },
): number {
  const seconds = to.input.durationSeconds;
  if (seconds === undefined) return DEFAULT_DURATION_SECONDS;
  const isChained = call.caller.session !== undefined;
  if (isChained && seconds > CHAINED_LIMIT_SECONDS)
    throw createCommonError("sts", {
      kind: "invalid-request",
      message:
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    });
  if (seconds > to.role.maxSessionDuration)
    throw createCommonError("sts", {
      kind: "invalid-request",
      message:
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
  return seconds;
}
