import {
  CheckVerdict,
  type AssumeRoleCheck,
  type CredentialsLike,
} from "../../../../domain";
import { assumeRole } from "../assumeRole";
import type { AssumeRoleParameters } from "../../settings/AssumeRoleParameters";
import type { AssumeRoleRequest } from "../AssumeRoleRequest";
import type { Call } from "../../call/Call";
import { settle, toCheck } from "./toCheck";
import { findOtherAccess } from "./findOtherAccess";

const { Passed, Warning, Unknown } = CheckVerdict;
const CHECK = "other access";
const MIN_DURATION_SECONDS = 900;

const ADVICE_ON_SESSION_POLICY =
  "Omit sessionPolicy to restrict the session to this function.";

interface Subject {
  readonly request: AssumeRoleRequest;
  readonly parameters: AssumeRoleParameters;
  readonly externalId: string | undefined;
  readonly region: string;
  /** Credentials of the session that AssumeRoleInvoke would use. `undefined`: the role could not be assumed. */
  readonly credentials: CredentialsLike | undefined;
}

/** Checks what else the session, and the role itself, can do. Runs, changes and reads nothing. */
export async function checkOtherAccess(
  subject: Subject,
  call: Call,
): Promise<AssumeRoleCheck> {
  const { request, credentials } = subject;
  if (!credentials)
    return toCheck(CHECK, Unknown, ["not checked: there is no session"]);
  const ofSession = await findOtherAccess(credentials, subject, call);
  if (ofSession.length > 0)
    return toCheck(CHECK, Warning, [
      `the session can also ${toList(ofSession)}`,
      ADVICE_ON_SESSION_POLICY,
    ]);
  const ofRole = await findAccessOfRole(subject, call);
  if (ofRole === undefined)
    return toCheck(CHECK, Unknown, [
      "no other access found for the session; the permissions of the role itself could not be checked",
    ]);
  if (ofRole.length > 0)
    return toCheck(CHECK, Warning, [
      `no other access found for the session, but the role itself can ${toList(ofRole)}`,
      "Allow the role only lambda:InvokeFunction on this function; invokePolicy() generates the policy.",
    ]);
  if (request.sessionPolicy !== undefined)
    return toCheck(CHECK, Warning, [
      `no other access found, but sessionPolicy (${request.sessionPolicy === "none" ? '"none"' : "custom"}) does not restrict the session to this function`,
      ADVICE_ON_SESSION_POLICY,
    ]);
  return toCheck(CHECK, Passed, [
    "no other access found: the session cannot invoke other functions, list functions or read parameters",
  ]);
}

/** Returns what the role can do without the session policy. `undefined`: it could not be assumed without one. */
async function findAccessOfRole(
  { parameters, externalId, ...subject }: Subject,
  call: Call,
): Promise<string[] | undefined> {
  const { policy, ...withoutPolicy } = parameters;
  // Without a session policy, the session already has all permissions of the role.
  if (policy === undefined) return [];
  const unrestricted = {
    ...withoutPolicy,
    durationSeconds: MIN_DURATION_SECONDS,
  };
  const role = await settle(assumeRole(unrestricted, externalId, call), call);
  return "error" in role
    ? undefined
    : findOtherAccess(role.value, subject, call);
}

function toList(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2
    ? last
    : `${items.slice(0, -1).join(", ")} and ${last}`;
}
