import { randomBytes } from "node:crypto";
import type { CredentialsLike } from "../../../../domain";
import { GET_PARAMETER } from "../../actions/GetParameter";
import { INVOKE } from "../../actions/Invoke";
import { LIST_FUNCTIONS } from "../../actions/ListFunctions";
import type { Call } from "../../call/Call";
import { sendRequest } from "../../call/request";
import { parseFunctionName } from "../../arn/parseFunctionName";
import { isError } from "../../text/isError";
import type { AssumeRoleRequest } from "../AssumeRoleRequest";
import { settle, wasDenied } from "./toCheck";

/** AWS's error codes for a missing resource that the caller is allowed to access. */
const NOT_FOUND = /^(ResourceNotFoundException|ParameterNotFound)$/;

/** Lambda's limit for the length of a function name. */
const MAX_NAME_CHARACTERS = 64;

const OTHER_FUNCTIONS = "invoke other functions";
const SAME_PREFIX =
  "invoke functions whose names start with this function's name";
const NO_QUALIFIER = "invoke the function without its qualifier";

/**
 * Returns what credentials allow besides the requested invocation, as far as requests without side effects can find out: dry
 * runs, a list of one function, and a parameter that does not exist.
 */
export async function findOtherAccess(
  credentials: CredentialsLike,
  subject: { readonly request: AssumeRoleRequest; readonly region: string },
  call: Call,
): Promise<string[]> {
  call.secrets.addCredentials(credentials);
  const probes = startProbes({ ...subject, credentials }, call);
  const allowed = (await Promise.all(probes)).flat();
  return allowed.includes(OTHER_FUNCTIONS)
    ? allowed.filter((what) => what !== SAME_PREFIX)
    : allowed;
}

/** Whose access is probed, and where. */
interface ProbeSubject {
  readonly request: AssumeRoleRequest;
  readonly region: string;
  readonly credentials: CredentialsLike;
}

/** Sends every probe. Each resolves to what it found to be allowed. */
function startProbes(
  { request, region, credentials }: ProbeSubject,
  call: Call,
): Promise<string[]>[] {
  const target = { region, credentials, delivery: "again" } as const;
  const missing = `missing-${randomBytes(6).toString("hex")}`;
  const { unqualified, samePrefix } = relatedNames(request);
  const dryRun = (what: string, name?: string): Promise<string[]>[] => {
    if (name === undefined) return [];
    const input = { FunctionName: name, InvocationType: "DryRun" } as const;
    const sent = sendRequest(call, INVOKE, { ...target, input });
    return [probe(what, sent, call)];
  };
  const listed = sendRequest(call, LIST_FUNCTIONS, {
    ...target,
    input: { MaxItems: 1 },
  });
  const parameter = sendRequest(call, GET_PARAMETER, {
    ...target,
    input: { Name: missing },
  });
  return [
    ...dryRun(OTHER_FUNCTIONS, missing),
    ...dryRun(SAME_PREFIX, samePrefix),
    ...dryRun(NO_QUALIFIER, unqualified),
    probe("list functions", listed, call),
    probe("read parameters", parameter, call),
  ];
}

/** Returns a name that starts with the function's, and its own name without the qualifier if it has one. */
function relatedNames({ functionName, qualifier }: AssumeRoleRequest): {
  readonly unqualified?: string;
  readonly samePrefix: string;
} {
  const { name, qualifier: ownQualifier } = parseFunctionName(functionName);
  const unqualified =
    ownQualifier === undefined
      ? functionName
      : functionName.slice(0, -ownQualifier.length - 1);
  const longerName = `${name.slice(0, MAX_NAME_CHARACTERS - 2)}-x`;
  return {
    ...((qualifier ?? ownQualifier) !== undefined && { unqualified }),
    samePrefix:
      unqualified.slice(0, unqualified.length - name.length) + longerName,
  };
}

/** Returns `[what]` if the request was allowed, else nothing. */
async function probe(
  what: string,
  request: Promise<unknown>,
  call: Call,
): Promise<string[]> {
  const response = await settle(request, call);
  if ("value" in response) return [what];
  const { error } = response;
  const isAllowed =
    !wasDenied(error) && isError(error) && NOT_FOUND.test(error.name);
  return isAllowed ? [what] : [];
}
