import { randomBytes } from "node:crypto";
import {
  CheckVerdict,
  type AssumeRoleCheck,
  type CredentialKeys,
} from "../../../../domain";
import { assumeRole } from "../assumeRole";
import type { Borrowing } from "../borrow";
import type { Call } from "../../call/Call";
import { functionParts } from "../../arn/functionName";
import { refuseOtherPartition } from "../loanRules";
import { toBorrowing, type RoleRequest } from "../toBorrowing";
import { checkExternalId } from "./checkExternalId";
import { checkReach } from "./checkReach";
import { attempt, failureOf, line, wasDenied } from "./lines";

const { Passed, Warning, Failed, Unknown } = CheckVerdict;

/** A session that must not come about can do nothing, should it come about. */
const NOTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});

const SHORTEST_SECONDS = 900;

/** Everything that a person wants to know of a role before it goes live, check by check. */
export async function checkRole(
  request: RoleRequest,
  call: Call,
): Promise<AssumeRoleCheck[]> {
  const region =
    functionParts(request.functionName).region ?? (await call.region());
  const borrowing = toBorrowing(request, { region, call });
  await refuseOtherPartition(borrowing, call);
  call.secrets.add(borrowing.externalId);
  const caller = await checkCaller(call);
  const { check: stored, value: externalId } = await checkExternalId(
    borrowing,
    call,
  );
  const role = await checkAssumption({ borrowing, externalId }, call);
  const { keys } = role;
  call.secrets.addKeys(keys);
  const right = keys
    ? "opens"
    : externalId === undefined
      ? "untried"
      : "refused";
  const wrong = `wrong-${randomBytes(12).toString("hex")}`;
  return [
    caller,
    stored,
    role.check,
    await checkRefusal({ borrowing, right, given: undefined }, call),
    await checkRefusal({ borrowing, right, given: wrong }, call),
    await checkInvocation({ request, region, keys }, call),
    await checkReach({ request, borrowing, externalId, region, keys }, call),
    checkDuration(keys, call),
  ];
}

async function checkCaller(call: Call): Promise<AssumeRoleCheck> {
  const asked = await attempt(call.sts("GetCallerIdentity", {}), call);
  if ("value" in asked)
    return line("caller", Passed, [`you are ${asked.value.Arn ?? "nobody"}`]);
  return line("caller", Failed, failureOf(asked.error, "", call));
}

async function checkAssumption(
  {
    borrowing,
    externalId,
  }: {
    readonly borrowing: Borrowing;
    readonly externalId: string | undefined;
  },
  call: Call,
): Promise<{
  readonly check: AssumeRoleCheck;
  readonly keys?: CredentialKeys;
}> {
  const { roleArn, externalIdKey } = borrowing;
  if (externalIdKey !== undefined && externalId === undefined)
    return {
      check: line("role", Unknown, [
        "not asked for: there is no external id to ask with",
      ]),
    };
  const asked = await attempt(assumeRole(borrowing, externalId, call), call);
  if ("value" in asked)
    return {
      check: line("role", Passed, [`${roleArn} can be assumed`]),
      keys: asked.value,
    };
  return { check: line("role", Failed, failureOf(asked.error, roleArn, call)) };
}

/** Whether the role is refused with an external id that is not the right one, or with none. */
async function checkRefusal(
  {
    borrowing,
    right,
    given,
  }: {
    readonly borrowing: Borrowing;
    /** What became of the request with the right external id. */
    readonly right: "opens" | "refused" | "untried";
    readonly given: string | undefined;
  },
  call: Call,
): Promise<AssumeRoleCheck> {
  const how =
    given === undefined ? "without external id" : "with a wrong external id";
  const check = `refused ${how}`;
  const { roleArn, roleSessionName } = borrowing;
  const asked = await attempt(
    assumeRole(
      {
        roleArn,
        roleSessionName,
        durationSeconds: SHORTEST_SECONDS,
        policy: NOTHING,
      },
      given,
      call,
    ),
    call,
  );
  if ("value" in asked)
    return line(check, Failed, [
      `the role can be assumed ${how}: whoever makes this caller ask for him can use it (the confused deputy)`,
      "Add the condition StringEquals sts:ExternalId to the role's trust policy; trustPolicy() writes it.",
    ]);
  if (!wasDenied(asked.error))
    return line(check, Unknown, failureOf(asked.error, roleArn, call));
  if (right === "opens")
    return line(check, Passed, [`the role refuses a session ${how}`]);
  return line(check, Unknown, [
    right === "refused"
      ? "it is refused, which tells nothing as long as the right one opens nothing"
      : "it is refused, which tells nothing: the right one was not tried",
  ]);
}

async function checkInvocation(
  {
    request,
    region,
    keys,
  }: {
    readonly request: RoleRequest;
    readonly region: string;
    readonly keys: CredentialKeys | undefined;
  },
  call: Call,
): Promise<AssumeRoleCheck> {
  const { functionName, qualifier, roleArn } = request;
  const check = "function";
  if (!keys) return line(check, Unknown, ["not asked: there is no session"]);
  const name =
    qualifier === undefined ? functionName : `${functionName}, ${qualifier}`;
  const asked = await attempt(
    call.lambda(
      "Invoke",
      {
        FunctionName: functionName,
        Qualifier: qualifier,
        InvocationType: "DryRun",
      },
      { region, keys, delivery: "again" },
    ),
    call,
  );
  if ("value" in asked)
    return line(check, Passed, [`the session may invoke ${name} (dry run)`]);
  call.refusedRole = roleArn;
  const failure = failureOf(asked.error, roleArn, call);
  call.refusedRole = undefined;
  return line(check, Failed, failure);
}

function checkDuration(
  keys: CredentialKeys | undefined,
  { shared }: Call,
): AssumeRoleCheck {
  const check = "session";
  if (!keys) return line(check, Unknown, ["there is none"]);
  const { expiration } = keys;
  if (!expiration)
    return line(check, Warning, [
      "AWS did not say when it ends: it is borrowed anew for each call",
    ]);
  const ms = expiration.getTime() - shared.clock.now() - shared.skewMs;
  const seconds = Math.round(ms / 1_000);
  const told =
    seconds >= 120
      ? `${Math.round(seconds / 60)} minutes`
      : `${seconds} seconds`;
  return line(check, Passed, [
    `it lasts ${told}, and is renewed while calls go on`,
  ]);
}
