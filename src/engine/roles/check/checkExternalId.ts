import { CheckVerdict, type AssumeRoleCheck } from "../../../../domain";
import type { AssumeRoleParameters } from "../AssumeRoleParameters";
import type { Call } from "../../call/Call";
import { readParameter } from "../externalId";
import { settle, describeFailure, toCheck } from "./toCheck";

const { Passed, Warning, Failed } = CheckVerdict;
const CHECK = "external id";

/** Where the external id is kept, and how well; and the id itself, read now. */
export async function checkExternalId(
  { roleArn, externalId, externalIdKey: key }: AssumeRoleParameters,
  call: Call,
): Promise<{
  readonly check: AssumeRoleCheck;
  readonly value: string | undefined;
}> {
  if (externalId !== undefined)
    return {
      check: toCheck(CHECK, Warning, [
        "it stands in the request itself",
        "Keep it in the Parameter Store, and name it by externalIdKey; PutExternalId stores one.",
      ]),
      value: externalId,
    };
  if (key === undefined)
    return {
      check: toCheck(CHECK, Warning, [
        "the request names none",
        "Agree on one with the role's owner, and name it by externalIdKey.",
      ]),
      value: undefined,
    };
  const asked = await settle(readParameter(key, call), call);
  if ("error" in asked)
    return {
      check: toCheck(
        CHECK,
        Failed,
        describeFailure(asked.error, roleArn, call),
      ),
      value: undefined,
    };
  const { value, type } = asked.value;
  if (type === "SecureString")
    return {
      check: toCheck(CHECK, Passed, [
        `parameter ${key} can be read, and is a SecureString`,
      ]),
      value,
    };
  return {
    check: toCheck(CHECK, Warning, [
      `parameter ${key} can be read, and is a plain ${type}: whoever may read parameters sees it`,
      "Store it again as a SecureString; PutExternalId does, with overwrite.",
    ]),
    value,
  };
}
