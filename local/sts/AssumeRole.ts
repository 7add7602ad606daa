import type { Call } from "../state/ApiCall";
import type { HttpAnswer } from "../http/HttpResponse";
import { refuse } from "../protocol/createCommonError";
import { xml, type XmlElements } from "../protocol/encodeXml";
import type { LentKey } from "../iam/CredentialStore";
import type { Role } from "../iam/Role";
import { inherit } from "./createSessionAttributes";
import { readAssumeRole, type AssumeRoleRequest } from "./readAssumeRole";
import { refusedAction } from "./findDeniedAction";

const DEFAULT_DURATION_SECONDS = 3600;
const CHAINED_LIMIT_SECONDS = 3600;

/** Lends the keys of a role to those whom its trust policy and their own policies let have them. */
export function assumeRole(call: Call): HttpAnswer {
  const asked = readAssumeRole(call.request);
  const role = trustedRole(call, asked);
  const { settings, keys } = call.cloud;
  const inherited = inherit(call.caller, asked);
  const lasts = Math.min(
    durationOf(call, { role, asked }),
    settings.sessionSeconds ?? Infinity,
  );
  const expiresAt = settings.clock() + lasts * 1000;
  const [, partition = "aws"] = role.arn.split(":");
  const key = keys.lend(
    {
      accountId: role.accountId,
      arn: `arn:${partition}:sts::${role.accountId}:assumed-role/${role.name}/${asked.sessionName}`,
      userId: `${role.id}:${asked.sessionName}`,
      permissions: role.permissions,
      session: {
        role,
        ...inherited,
        ...(asked.policy && { policy: asked.policy }),
      },
    },
    expiresAt,
  );
  return {
    status: 200,
    headers: { "Content-Type": "text/xml" },
    body: xml("AssumeRoleResponse", {
      AssumeRoleResult: {
        ...describeKey(key),
        PackedPolicySize: asked.packedPolicySize,
        SourceIdentity: inherited.sourceIdentity,
      },
      ResponseMetadata: { RequestId: call.requestId },
    }),
  };
}

function describeKey(key: LentKey): XmlElements {
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
function trustedRole(call: Call, asked: AssumeRoleRequest): Role {
  const [, , , , accountId = "", path = ""] = asked.roleArn.split(":");
  const named = call.cloud.accounts
    .get(accountId)
    ?.roles.get(path.replace("role/", ""));
  const role = named?.arn === asked.roleArn ? named : undefined;
  const refused = role
    ? refusedAction(call.caller, { role, asked, region: call.region })
    : "sts:AssumeRole";
  if (role && refused === undefined) return role;
  throw refuse("sts", {
    kind: "access-denied",
    message: `User: ${call.caller.arn} is not authorized to perform: ${String(refused)} on resource: ${asked.roleArn}`,
  });
}

function durationOf(
  call: Call,
  to: { readonly role: Role; readonly asked: AssumeRoleRequest },
): number {
  const seconds = to.asked.durationSeconds;
  if (seconds === undefined) return DEFAULT_DURATION_SECONDS;
  const isChained = call.caller.session !== undefined;
  if (isChained && seconds > CHAINED_LIMIT_SECONDS)
    throw refuse("sts", {
      kind: "invalid-request",
      message:
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    });
  if (seconds > to.role.maxSessionDuration)
    throw refuse("sts", {
      kind: "invalid-request",
      message:
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
  return seconds;
}
