import { randomBytes } from "node:crypto";
import type { CredentialsLike } from "../../../../domain";
import type { Call } from "../../call/Call";
import { sendRequest } from "../../call/request";
import { parseFunctionName } from "../../arn/parseFunctionName";
import { isError } from "../../text/isError";
import type { RoleRequest } from "../toAssumeRoleParameters";
import { settle, wasDenied } from "./toCheck";

/** What AWS says of something that is not there to somebody who might have used it. */
const NOT_THERE = /^(ResourceNotFoundException|ParameterNotFound)$/;

/** Lambda's longest name of a function. */
const LONGEST_NAME = 64;

const OTHERS = "invoke other functions";
const BEGINNING = "invoke functions whose names begin with its name";

/**
 * What keys may do besides invoking a function as it is asked for, as far as it can be asked without doing it: dry runs, a
 * list of one, and a parameter that is not there.
 */
export async function probeAccess(
  keys: CredentialsLike,
  at: { readonly request: RoleRequest; readonly region: string },
  call: Call,
): Promise<string[]> {
  call.secrets.addCredentials(keys);
  const target = {
    region: at.region,
    credentials: keys,
    delivery: "again",
  } as const;
  const dryRun = (FunctionName: string): Promise<unknown> =>
    sendRequest(call, {
      service: "lambda",
      action: "Invoke",
      input: { FunctionName, InvocationType: "DryRun" },
      ...target,
    });
  const nobody = `nobody-${randomBytes(6).toString("hex")}`;
  const { plain, beginning } = namesOf(at.request);
  const told = await Promise.all([
    openTo(OTHERS, dryRun(nobody), call),
    openTo(BEGINNING, dryRun(beginning), call),
    ...(plain === undefined
      ? []
      : [openTo("invoke it without its qualifier", dryRun(plain), call)]),
    openTo(
      "list functions",
      sendRequest(call, {
        service: "lambda",
        action: "ListFunctions",
        input: { MaxItems: 1 },
        ...target,
      }),
      call,
    ),
    openTo(
      "read parameters",
      sendRequest(call, {
        service: "ssm",
        action: "GetParameter",
        input: { Name: nobody },
        ...target,
      }),
      call,
    ),
  ]);
  const open = told.flat();
  return open.includes(OTHERS)
    ? open.filter((what) => what !== BEGINNING)
    : open;
}

/** The function's name with something behind it, and by itself where it is asked for with a qualifier. */
function namesOf({ functionName, qualifier }: RoleRequest): {
  readonly plain?: string;
  readonly beginning: string;
} {
  const { name, qualifier: own } = parseFunctionName(functionName);
  const plain =
    own === undefined ? functionName : functionName.slice(0, -own.length - 1);
  const longer = `${name.slice(0, LONGEST_NAME - 2)}-x`;
  return {
    ...((qualifier ?? own) !== undefined && { plain }),
    beginning: plain.slice(0, plain.length - name.length) + longer,
  };
}

async function openTo(
  what: string,
  asking: Promise<unknown>,
  call: Call,
): Promise<string[]> {
  const asked = await settle(asking, call);
  if ("value" in asked) return [what];
  const { error } = asked;
  const isOpen =
    !wasDenied(error) && isError(error) && NOT_THERE.test(error.name);
  return isOpen ? [what] : [];
}
