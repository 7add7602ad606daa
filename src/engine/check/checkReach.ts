import { randomBytes } from "node:crypto";
import {
  CheckVerdict,
  type AssumeRoleCheck,
  type CredentialKeys,
} from "../../../domain";
import { assumeRole } from "../assumeRole";
import type { Borrowing } from "../borrow";
import type { Call } from "../Call";
import { isError } from "../isError";
import type { RoleRequest } from "../toBorrowing";
import { attempt, isDenied, line } from "./lines";

const { Passed, Warning, Unknown } = CheckVerdict;
const CHECK = "nothing else";
const SHORTEST_SECONDS = 900;

/** What AWS says of something that is not there to somebody who might have used it. */
const NOT_THERE = /^(ResourceNotFoundException|ParameterNotFound)$/;

/** What is looked at. */
interface Subject {
  readonly request: RoleRequest;
  readonly borrowing: Borrowing;
  readonly externalId: string | undefined;
  readonly region: string;
  /** The session as it is going to be used. Absent: there is none. */
  readonly keys: CredentialKeys | undefined;
}

/** What else is open, to the session as it is used and to the role behind it. Nothing is run, changed or read. */
export async function checkReach(
  subject: Subject,
  call: Call,
): Promise<AssumeRoleCheck> {
  const { borrowing, externalId, keys } = subject;
  if (!keys) return line(CHECK, Unknown, ["not asked: there is no session"]);
  const session = await openTo(keys, subject, call);
  if (session.length > 0)
    return line(CHECK, Warning, [
      `the session may also ${listOf(session)}`,
      "Leave sessionPolicy out, and it is narrowed to the one function.",
    ]);
  const { policy, ...wide } = borrowing;
  if (policy === undefined) return nothing();
  const asked = await attempt(
    assumeRole(
      { ...wide, durationSeconds: SHORTEST_SECONDS },
      externalId,
      call,
    ),
    call,
  );
  if ("error" in asked)
    return line(CHECK, Unknown, [
      "the session may do nothing else; what the role behind it may could not be told",
    ]);
  const role = await openTo(asked.value, subject, call);
  if (role.length === 0) return nothing();
  return line(CHECK, Warning, [
    `the session may do nothing else, but the role behind it may ${listOf(role)}`,
    "Allow the role lambda:InvokeFunction on this function alone; invokePolicy() writes it.",
  ]);
}

function nothing(): AssumeRoleCheck {
  return line(CHECK, Passed, [
    "neither other functions, nor their list, nor parameters are open to it",
  ]);
}

/** What keys may do besides, as far as it can be asked without doing it. */
async function openTo(
  keys: CredentialKeys,
  { region }: Subject,
  call: Call,
): Promise<string[]> {
  call.secrets.addKeys(keys);
  const name = `nobody-${randomBytes(6).toString("hex")}`;
  const target = { region, keys, delivery: "again" } as const;
  const probes: Readonly<Record<string, Promise<unknown>>> = {
    "invoke other functions": call.lambda(
      "Invoke",
      { FunctionName: name, InvocationType: "DryRun" },
      target,
    ),
    "list functions": call.lambda("ListFunctions", { MaxItems: 1 }, target),
    "read parameters": call.ssm("GetParameter", { Name: name }, target),
  };
  const told = await Promise.all(
    Object.entries(probes).map(async ([what, probe]) => {
      const asked = await attempt(probe, call);
      if ("value" in asked) return [what];
      const { error } = asked;
      const isOpen =
        !isDenied(error) && isError(error) && NOT_THERE.test(error.name);
      return isOpen ? [what] : [];
    }),
  );
  return told.flat();
}

function listOf(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2
    ? last
    : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
