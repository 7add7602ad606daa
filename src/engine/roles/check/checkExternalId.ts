import { CheckVerdict, type AssumeRoleCheck } from "../../../../domain";
import type { AssumeRoleParameters } from "../../settings/AssumeRoleParameters";
import type { Call } from "../../call/Call";
import { nameRoleField } from "../../connection/RoleSessionParameters";
import { readParameter } from "../externalId";
import { settle, describeFailure, toCheck } from "./toCheck";

const { Passed, Warning, Failed } = CheckVerdict;
const CHECK = "external ID";

/** The outcome of the check, and the external ID if there is one. */
interface ExternalIdCheck {
  readonly check: AssumeRoleCheck;
  readonly value: string | undefined;
}

/** Checks that the external ID can be read and is stored encrypted. Returns it as well. */
export async function checkExternalId(
  { roleArn, externalId, externalIdKey: key }: AssumeRoleParameters,
  call: Call,
): Promise<ExternalIdCheck> {
  if (externalId !== undefined)
    return {
      check: toCheck(CHECK, Warning, [
        "the request itself contains the external ID",
        "Store it in Parameter Store with PutExternalId, and set externalIdKey instead.",
      ]),
      value: externalId,
    };
  if (key === undefined)
    return {
      check: toCheck(CHECK, Warning, [
        "the request has no external ID",
        "Agree on one with the owner of the role, and set externalIdKey.",
      ]),
      value: undefined,
    };
  const field = nameRoleField("externalIdKey", { assumedBy: call.principal });
  const parameter = await settle(readParameter({ key, field }, call), call);
  if ("error" in parameter)
    return {
      check: toCheck(
        CHECK,
        Failed,
        describeFailure(parameter.error, roleArn, call),
      ),
      value: undefined,
    };
  return checkParameter(key, parameter.value);
}

function checkParameter(
  key: string,
  { value, type }: { readonly value: string; readonly type: string },
): ExternalIdCheck {
  if (type === "SecureString")
    return {
      check: toCheck(CHECK, Passed, [
        `parameter ${key} can be read and is a SecureString`,
      ]),
      value,
    };
  return {
    check: toCheck(CHECK, Warning, [
      `parameter ${key} is an unencrypted ${type}: anyone who can read parameters can see it`,
      "Store it as a SecureString; PutExternalId does this with overwrite: true.",
    ]),
    value,
  };
}
