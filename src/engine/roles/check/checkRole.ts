import { randomBytes } from "node:crypto";
import {
  CheckVerdict,
  type AssumeRoleCheck,
  type CredentialsLike,
} from "../../../../domain";
import { assumeRole } from "../assumeRole";
import type { AssumeRoleParameters } from "../AssumeRoleParameters";
import type { Call } from "../../call/Call";
import { sendRequest } from "../../call/request";
import { parseFunctionName } from "../../arn/parseFunctionName";
import { rejectOtherPartition } from "../roleRules";
import {
  toAssumeRoleParameters,
  type RoleRequest,
} from "../toAssumeRoleParameters";
import { checkExternalId } from "./checkExternalId";
import { checkReach } from "./checkReach";
import { settle, describeFailure, toCheck, wasDenied } from "./toCheck";

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
    parseFunctionName(request.functionName).region ?? (await call.region());
  const borrowing = toAssumeRoleParameters(request, { region, call });
  await rejectOtherPartition(borrowing, call);
  call.secrets.add(borrowing.externalId);
  const caller = await checkCaller(call);
  const { check: stored, value: externalId } = await checkExternalId(
    borrowing,
    call,
  );
  const role = await checkAssumption({ borrowing, externalId }, call);
  const { keys } = role;
  call.secrets.addCredentials(keys);
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
  const asked = await settle(
    sendRequest(call, {
      service: "sts",
      action: "GetCallerIdentity",
      input: {},
    }),
    call,
  );
  if ("value" in asked)
    return toCheck("caller", Passed, [
      `you are ${asked.value.Arn ?? "nobody"}`,
    ]);
  return toCheck("caller", Failed, describeFailure(asked.error, "", call));
}

async function checkAssumption(
  {
    borrowing,
    externalId,
  }: {
    readonly borrowing: AssumeRoleParameters;
    readonly externalId: string | undefined;
  },
  call: Call,
): Promise<{
  readonly check: AssumeRoleCheck;
  readonly keys?: CredentialsLike;
}> {
  const { roleArn, externalIdKey } = borrowing;
  if (externalIdKey !== undefined && externalId === undefined)
    return {
      check: toCheck("role", Unknown, [
        "not asked for: there is no external id to ask with",
      ]),
    };
  const asked = await settle(assumeRole(borrowing, externalId, call), call);
  if ("value" in asked)
    return {
      check: toCheck("role", Passed, [`${roleArn} can be assumed`]),
      keys: asked.value,
    };
  return {
    check: toCheck("role", Failed, describeFailure(asked.error, roleArn, call)),
  };
}

/** Whether the role is refused with an external id that is not the right one, or with none. */
async function checkRefusal(
  {
    borrowing,
    right,
    given,
  }: {
    readonly borrowing: AssumeRoleParameters;
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
  const asked = await settle(
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
    return toCheck(check, Failed, [
      `the role can be assumed ${how}: whoever makes this caller ask for him can use it (the confused deputy)`,
      "Add the condition StringEquals sts:ExternalId to the role's trust policy; trustPolicy() writes it.",
    ]);
  if (!wasDenied(asked.error))
    return toCheck(check, Unknown, describeFailure(asked.error, roleArn, call));
  if (right === "opens")
    return toCheck(check, Passed, [`the role refuses a session ${how}`]);
  return toCheck(check, Unknown, [
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
    readonly keys: CredentialsLike | undefined;
  },
  call: Call,
): Promise<AssumeRoleCheck> {
  const { functionName, qualifier, roleArn } = request;
  const check = "function";
  if (!keys) return toCheck(check, Unknown, ["not asked: there is no session"]);
  const name =
    qualifier === undefined ? functionName : `${functionName}, ${qualifier}`;
  const asked = await settle(
    sendRequest(call, {
      service: "lambda",
      action: "Invoke",
      input: {
        FunctionName: functionName,
        Qualifier: qualifier,
        InvocationType: "DryRun",
      },
      region,
      credentials: keys,
      delivery: "again",
    }),
    call,
  );
  if ("value" in asked)
    return toCheck(check, Passed, [`the session may invoke ${name} (dry run)`]);
  call.deniedRole = roleArn;
  const failure = describeFailure(asked.error, roleArn, call);
  call.deniedRole = undefined;
  return toCheck(check, Failed, failure);
}

function checkDuration(
  keys: CredentialsLike | undefined,
  { shared }: Call,
): AssumeRoleCheck {
  const check = "session";
  if (!keys) return toCheck(check, Unknown, ["there is none"]);
  const { expiration } = keys;
  if (!expiration)
    return toCheck(check, Warning, [
      "AWS did not say when it ends: it is borrowed anew for each call",
    ]);
  const ms = expiration.getTime() - shared.clock.now() - shared.skewMs;
  const seconds = Math.round(ms / 1_000);
  const told =
    seconds >= 120
      ? `${Math.round(seconds / 60)} minutes`
      : `${seconds} seconds`;
  return toCheck(check, Passed, [
    `it lasts ${told}, and is renewed while calls go on`,
  ]);
}
