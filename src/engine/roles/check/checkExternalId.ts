import { CheckVerdict, type AssumeRoleCheck } from "../../../../domain";
import type { Borrowing } from "../borrow";
import type { Call } from "../../call/Call";
import { readParameter } from "../externalId";
import { attempt, failureOf, line } from "./lines";

const { Passed, Warning, Failed } = CheckVerdict;
const CHECK = "external id";

/** Where the external id is kept, and how well; and the id itself, read now. */
export async function checkExternalId(
  { roleArn, externalId, externalIdKey: key }: Borrowing,
  call: Call,
): Promise<{
  readonly check: AssumeRoleCheck;
  readonly value: string | undefined;
}> {
  if (externalId !== undefined)
    return {
      check: line(CHECK, Warning, [
        "it stands in the request itself",
        "Keep it in the Parameter Store, and name it by externalIdKey; PutExternalId stores one.",
      ]),
      value: externalId,
    };
  if (key === undefined)
    return {
      check: line(CHECK, Warning, [
        "the request names none",
        "Agree on one with the role's owner, and name it by externalIdKey.",
      ]),
      value: undefined,
    };
  const asked = await attempt(readParameter(key, call), call);
  if ("error" in asked)
    return {
      check: line(CHECK, Failed, failureOf(asked.error, roleArn, call)),
      value: undefined,
    };
  const { value, type } = asked.value;
  if (type === "SecureString")
    return {
      check: line(CHECK, Passed, [
        `parameter ${key} can be read, and is a SecureString`,
      ]),
      value,
    };
  return {
    check: line(CHECK, Warning, [
      `parameter ${key} can be read, and is a plain ${type}: whoever may read parameters sees it`,
      "Store it again as a SecureString; PutExternalId does, with overwrite.",
    ]),
    value,
  };
}
