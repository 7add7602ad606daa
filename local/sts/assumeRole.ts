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

/** Issues role credentials if the role's trust policy and the caller's policies allow it. */
export function assumeRole(call: ApiCall): HttpResponse {
  const input = readAssumeRole(call.request);
  const role = findTrustedRole(call, input);
  const { settings, credentials: store } = call.cloud;
  const attributes = createSessionAttributes(call.caller, input);
  const durationSeconds = Math.min(
    readDuration(call, { role, input }),
    settings.sessionSeconds ?? Infinity,
  );
  const expiresAt = settings.clock() + durationSeconds * 1000;
  const [, partition = "aws"] = role.arn.split(":");
  const credentials = store.issueSession(
    {
      accountId: role.accountId,
      arn: `arn:${partition}:sts::${role.accountId}:assumed-role/${role.name}/${input.sessionName}`,
      userId: `${role.id}:${input.sessionName}`,
      permissions: role.permissions,
      session: {
        role,
        ...attributes,
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
        ...encodeCredentials(credentials),
        PackedPolicySize: input.packedPolicySize,
        SourceIdentity: attributes.sourceIdentity,
      },
      ResponseMetadata: { RequestId: call.requestId },
    }),
  };
}

function encodeCredentials(credentials: SessionCredentials): XmlElements {
  return {
    AssumedRoleUser: {
      AssumedRoleId: credentials.caller.userId,
      Arn: credentials.caller.arn,
    },
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: new Date(credentials.expiresAt)
        .toISOString()
        .replace(/\.\d+/, ""),
    },
  };
}

// A role that does not exist and one that denies access give the same error, so that callers can't
// probe for roles.
function findTrustedRole(call: ApiCall, input: AssumeRoleRequest): Role {
  const [, , , , accountId = "", path = ""] = input.roleArn.split(":");
  const named = call.cloud.accounts
    .get(accountId)
    ?.roles.get(path.replace("role/", ""));
  const role = named?.arn === input.roleArn ? named : undefined;
  const deniedAction = role
    ? findDeniedAction(call.caller, { role, input, region: call.region })
    : "sts:AssumeRole";
  if (role && deniedAction === undefined) return role;
  throw createCommonError("sts", {
    kind: "access-denied",
    message: `User: ${call.caller.arn} is not authorized to perform: ${String(deniedAction)} on resource: ${input.roleArn}`,
  });
}

function readDuration(
  call: ApiCall,
  assumption: { readonly role: Role; readonly input: AssumeRoleRequest },
): number {
  const seconds = assumption.input.durationSeconds;
  if (seconds === undefined) return DEFAULT_DURATION_SECONDS;
  const isChained = call.caller.session !== undefined;
  if (isChained && seconds > CHAINED_LIMIT_SECONDS)
    throw createCommonError("sts", {
      kind: "invalid-request",
      message:
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    });
  if (seconds > assumption.role.maxSessionDuration)
    throw createCommonError("sts", {
      kind: "invalid-request",
      message:
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
  return seconds;
}
