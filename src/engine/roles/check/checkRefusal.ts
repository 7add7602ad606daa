import { CheckVerdict, type AssumeRoleCheck } from "../../../../domain";
import { assumeRole } from "../assumeRole";
import type { AssumeRoleParameters } from "../../settings/AssumeRoleParameters";
import type { Call } from "../../call/Call";
import { describeFailure, settle, toCheck, wasDenied } from "./toCheck";

const { Passed, Failed, Unknown } = CheckVerdict;

/** Session policy that denies everything, so that a session that should have been refused can do nothing. */
const DENY_ALL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});

const MIN_DURATION_SECONDS = 900;

interface RefusalCheck {
  readonly parameters: AssumeRoleParameters;
  /** Result of the request with the correct external ID. If it was not accepted, a refusal proves nothing. */
  readonly control: "accepted" | "refused" | "not-sent";
  /** The wrong external ID to send. `undefined`: none is sent. */
  readonly externalId: string | undefined;
}

/** Checks that the role cannot be assumed with a wrong external ID, or without one. */
export async function checkRefusal(
  { parameters, control, externalId }: RefusalCheck,
  call: Call,
): Promise<AssumeRoleCheck> {
  const check =
    externalId === undefined
      ? "refused without external ID"
      : "refused with a wrong external ID";
  const how =
    externalId === undefined
      ? "without an external ID"
      : "with a wrong external ID";
  const { roleArn, roleSessionName } = parameters;
  const restricted = {
    roleArn,
    roleSessionName,
    durationSeconds: MIN_DURATION_SECONDS,
    policy: DENY_ALL,
  };
  const session = await settle(assumeRole(restricted, externalId, call), call);
  if ("value" in session)
    return toCheck(check, Failed, [
      `the role can be assumed ${how}: anyone who can make this caller assume the role can use it (the confused deputy problem)`,
      "Add the condition StringEquals sts:ExternalId to the role's trust policy; trustPolicy() generates it.",
    ]);
  const { error } = session;
  if (!wasDenied(error))
    return toCheck(check, Unknown, describeFailure(error, roleArn, call));
  if (control === "accepted")
    return toCheck(check, Passed, [`the role cannot be assumed ${how}`]);
  return toCheck(check, Unknown, [
    control === "refused"
      ? "inconclusive: the role cannot be assumed with the correct external ID either"
      : "inconclusive: the role could not be tried with the correct external ID",
  ]);
}
