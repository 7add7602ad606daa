import { randomBytes } from "node:crypto";
import { CheckVerdict, type AssumeRoleCheck } from "../../../../domain";
import { GET_CALLER_IDENTITY } from "../../actions/GetCallerIdentity";
import { INVOKE } from "../../actions/Invoke";
import type { ValidCredentials } from "../../settings/ValidCredentials";
import { assumeRole } from "../assumeRole";
import type { AssumeRoleParameters } from "../../settings/AssumeRoleParameters";
import type { AssumeRoleRequest } from "../AssumeRoleRequest";
import type { Call } from "../../call/Call";
import { sendRequest } from "../../call/request";
import { parseFunctionName } from "../../arn/parseFunctionName";
import { rejectOtherPartition } from "../roleRules";
import { toRoleSessionParameters } from "../toRoleSessionParameters";
import { checkExternalId } from "./checkExternalId";
import { checkOtherAccess } from "./checkOtherAccess";
import { checkRefusal } from "./checkRefusal";
import { settle, describeFailure, toCheck } from "./toCheck";

const { Passed, Warning, Failed, Unknown } = CheckVerdict;

/** Runs all checks of a role, in the order of the report. */
export async function checkRole(
  request: AssumeRoleRequest,
  call: Call,
): Promise<AssumeRoleCheck[]> {
  const region =
    parseFunctionName(request.functionName).region ?? (await call.region());
  const parameters = toRoleSessionParameters(request, { region, call });
  await rejectOtherPartition(parameters, call);
  call.secrets.add(parameters.externalId);
  const caller = await checkCaller(call);
  const { check: externalIdCheck, value: externalId } = await checkExternalId(
    parameters,
    call,
  );
  const { check: roleCheck, credentials } = await checkAssumption(
    parameters,
    externalId,
    call,
  );
  call.secrets.addCredentials(credentials);
  const control = credentials
    ? "accepted"
    : externalId === undefined
      ? "not-sent"
      : "refused";
  const wrongId = `wrong-${randomBytes(12).toString("hex")}`;
  const subject = { request, parameters, externalId, region, credentials };
  return [
    caller,
    externalIdCheck,
    roleCheck,
    await checkRefusal({ parameters, control, externalId: undefined }, call),
    await checkRefusal({ parameters, control, externalId: wrongId }, call),
    await checkInvocation(subject, call),
    await checkOtherAccess(subject, call),
    checkDuration(credentials, call),
  ];
}

async function checkCaller(call: Call): Promise<AssumeRoleCheck> {
  const identity = await settle(
    sendRequest(call, GET_CALLER_IDENTITY, { input: {} }),
    call,
  );
  if ("value" in identity)
    return toCheck("caller", Passed, [
      `the caller is ${call.secrets.hide(identity.value.Arn)}`,
    ]);
  return toCheck("caller", Failed, describeFailure(identity.error, "", call));
}

async function checkAssumption(
  parameters: AssumeRoleParameters,
  externalId: string | undefined,
  call: Call,
): Promise<{
  readonly check: AssumeRoleCheck;
  readonly credentials?: ValidCredentials;
}> {
  const { roleArn, externalIdKey } = parameters;
  if (externalIdKey !== undefined && externalId === undefined)
    return {
      check: toCheck("role", Unknown, [
        "not checked: the external ID could not be read",
      ]),
    };
  const session = await settle(assumeRole(parameters, externalId, call), call);
  if ("value" in session)
    return {
      check: toCheck("role", Passed, [`${roleArn} can be assumed`]),
      credentials: session.value,
    };
  return {
    check: toCheck(
      "role",
      Failed,
      describeFailure(session.error, roleArn, call),
    ),
  };
}

async function checkInvocation(
  {
    request,
    region,
    credentials,
  }: {
    readonly request: AssumeRoleRequest;
    readonly region: string;
    readonly credentials: ValidCredentials | undefined;
  },
  call: Call,
): Promise<AssumeRoleCheck> {
  const { functionName, qualifier, roleArn } = request;
  const check = "function";
  if (!credentials)
    return toCheck(check, Unknown, ["not checked: there is no session"]);
  const name =
    qualifier === undefined
      ? functionName
      : `${functionName} (qualifier ${qualifier})`;
  const dryRun = sendRequest(call, INVOKE, {
    input: {
      FunctionName: functionName,
      Qualifier: qualifier,
      InvocationType: "DryRun",
    },
    region,
    credentials,
    delivery: "again",
  });
  const response = await settle(dryRun, call);
  if ("value" in response)
    return toCheck(check, Passed, [`the session can invoke ${name} (dry run)`]);
  call.deniedRole = roleArn;
  const failure = describeFailure(response.error, roleArn, call);
  call.deniedRole = undefined;
  return toCheck(check, Failed, failure);
}

function checkDuration(
  credentials: ValidCredentials | undefined,
  { shared }: Call,
): AssumeRoleCheck {
  const check = "session";
  if (!credentials)
    return toCheck(check, Unknown, ["not checked: there is no session"]);
  const { expiration } = credentials;
  if (!expiration)
    return toCheck(check, Warning, [
      "AWS did not return an expiration time, so the role is assumed again for each call",
    ]);
  const ms = expiration.getTime() - shared.clock.now() - shared.skewMs;
  const seconds = Math.round(ms / 1_000);
  const duration =
    seconds >= 120
      ? `${Math.round(seconds / 60)} minutes`
      : `${seconds} seconds`;
  return toCheck(check, Passed, [
    `the session lasts ${duration} and is renewed while it is in use`,
  ]);
}
