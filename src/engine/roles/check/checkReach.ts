import {
  CheckVerdict,
  type AssumeRoleCheck,
  type CredentialsLike,
} from "../../../../domain";
import { assumeRole } from "../assumeRole";
import type { AssumeRoleParameters } from "../AssumeRoleParameters";
import type { Call } from "../../call/Call";
import type { RoleRequest } from "../toAssumeRoleParameters";
import { settle, toCheck } from "./toCheck";
import { probeAccess } from "./probeAccess";

const { Passed, Warning, Unknown } = CheckVerdict;
const CHECK = "nothing else, as far as tried";
const SHORTEST_SECONDS = 900;

const LEAVE_OUT =
  "Leave sessionPolicy out, and the session is narrowed to the one function.";

/** What is looked at. */
interface Subject {
  readonly request: RoleRequest;
  readonly borrowing: AssumeRoleParameters;
  readonly externalId: string | undefined;
  readonly region: string;
  /** The session as it is going to be used. Absent: there is none. */
  readonly keys: CredentialsLike | undefined;
}

/** What else is open, to the session as it is used and to the role behind it. Nothing is run, changed or read. */
export async function checkReach(
  subject: Subject,
  call: Call,
): Promise<AssumeRoleCheck> {
  const { request, keys } = subject;
  if (!keys) return toCheck(CHECK, Unknown, ["not asked: there is no session"]);
  const session = await probeAccess(keys, subject, call);
  if (session.length > 0)
    return toCheck(CHECK, Warning, [
      `the session may also ${listOf(session)}`,
      LEAVE_OUT,
    ]);
  const role = await behind(subject, call);
  if (role === undefined)
    return toCheck(CHECK, Unknown, [
      "as far as was tried, the session may do nothing else; what the role behind it may could not be told",
    ]);
  if (role.length > 0)
    return toCheck(CHECK, Warning, [
      `as far as was tried, the session may do nothing else, but the role behind it may ${listOf(role)}`,
      "Allow the role lambda:InvokeFunction on this function alone; invokePolicy() writes it.",
    ]);
  if (request.sessionPolicy !== undefined)
    return toCheck(CHECK, Warning, [
      `nothing else that was tried is open to it, but it is not narrowed to the function: sessionPolicy is ${request.sessionPolicy === "none" ? "none" : "the request's own"}`,
      LEAVE_OUT,
    ]);
  return toCheck(CHECK, Passed, [
    "as far as was tried: neither other functions, nor their list, nor parameters are open to it",
  ]);
}

/** What the role may do besides, without the session's policy. Absent: it could not be told. */
async function behind(
  { borrowing, externalId, ...subject }: Subject,
  call: Call,
): Promise<string[] | undefined> {
  const { policy, ...wide } = borrowing;
  // The session is the role.
  if (policy === undefined) return [];
  const brief = { ...wide, durationSeconds: SHORTEST_SECONDS };
  const asked = await settle(assumeRole(brief, externalId, call), call);
  return "error" in asked ? undefined : probeAccess(asked.value, subject, call);
}

function listOf(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2
    ? last
    : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
