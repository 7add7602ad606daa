import { GET_PARAMETER } from "../actions/GetParameter";
import type { Call } from "../call/Call";
import type { Principal } from "../call/Principal";
import { sendRequest } from "../call/request";
import { cacheKey } from "../settings/cacheKey";
import { RoleStepError, type AdviceByCode } from "./RoleStepError";
import { toParameterName } from "../arn/toParameterName";
import { runSharedCall } from "../call/runSharedCall";
import { toConnectorError } from "../call/toConnectorError";

/** How long an external ID is cached. */
const TTL_MS = 300_000;

/** The external IDs that AWS accepts. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** A parameter, and how messages name the field that contains its name. */
export interface ExternalIdParameter {
  readonly key: string;
  readonly field: string;
}

function adviceFor(field: string, { principal }: Call): AdviceByCode {
  const reader = principal
    ? `the role ${principal.parameters.roleArn}`
    : "the caller";
  return {
    ParameterNotFound: `Check ${field} and the region, or store the external ID in that parameter`,
    ParameterVersionNotFound: `Check the version or label in ${field}`,
    AccessDeniedException: `Check ${field}, the region, and that ${reader} is allowed ssm:GetParameter (and kms:Decrypt) on the parameter`,
    InvalidKeyId: "Check the KMS key that encrypts the parameter",
  };
}

/** An external ID, and whether it came from the cache. */
export interface ExternalId {
  readonly value: string;
  readonly isCached: boolean;
}

/** A parameter with an external ID, and who reads it. */
export interface ExternalIdRequest extends ExternalIdParameter {
  /** The role session that reads it. `undefined`: the caller does. */
  readonly reader:
    | {
        /** Returns what identifies the session of a caller. */
        readonly keyFor: (caller: string) => string;
        readonly createPrincipal: (call: Call) => Principal;
      }
    | undefined;
}

/**
 * Returns the external ID in a parameter, from the cache if it was read within the last five minutes.
 *
 * @throws {@link RoleStepError} if it cannot be read or is not valid.
 */
export async function getExternalId(
  request: ExternalIdRequest,
  call: Call,
): Promise<ExternalId> {
  const { reader } = request;
  const { externalIds } = call.shared;
  const cached = externalIds.get(await entryOf(request, call), {
    signal: call.signal,
    load: async (context) => ({
      value: await runSharedCall(call, context, async (sharedCall) => {
        sharedCall.principal = reader?.createPrincipal(sharedCall);
        return (await readParameter(request, sharedCall)).value;
      }),
      ttlMs: TTL_MS,
    }),
  });
  const isCached = typeof cached === "string";
  const value = isCached ? cached : await call.within(cached);
  call.secrets.add(value);
  return { value, isCached };
}

/** Replaces a cached external ID that is no longer valid, and returns the current one. */
export async function reloadExternalId(
  request: ExternalIdRequest,
  outdated: string,
  call: Call,
): Promise<string> {
  call.shared.externalIds.invalidate(await entryOf(request, call), outdated);
  const { value } = await getExternalId(request, call);
  return value;
}

/** The cache key of an external ID. The reader is part of it: it decides which parameters can be read. */
async function entryOf(
  { key, reader }: ExternalIdRequest,
  call: Call,
): Promise<string> {
  const caller = call.cachedCaller ?? (await call.loadCaller());
  const readerKey = reader ? reader.keyFor(caller.key) : caller.key;
  return cacheKey("external ID", readerKey, toParameterName(key));
}

/**
 * Reads a parameter, and checks that its value is a valid external ID.
 *
 * @throws {@link RoleStepError} if it cannot be read or is not valid.
 */
export async function readParameter(
  { key, field }: ExternalIdParameter,
  call: Call,
): Promise<{ readonly value: string; readonly type: string }> {
  const what = `the external ID could not be read from parameter ${key}`;
  let value: string | undefined;
  let type: string | undefined;
  try {
    const { Parameter } = await sendRequest(call, GET_PARAMETER, {
      input: {
        Name: toParameterName(key),
        WithDecryption: true,
      },
    });
    ({ Value: value, Type: type } = Parameter);
  } catch (cause) {
    // A shared call can reach its deadline before the calls that wait for it.
    const error = call.reason ? toConnectorError(cause, call) : cause;
    throw new RoleStepError(what, adviceFor(field, call), error);
  }
  if (!value)
    throw new RoleStepError(
      `${what}; the parameter is empty`,
      "Store the external ID in it",
    );
  call.secrets.add(value);
  if (!EXTERNAL_ID.test(value))
    throw new RoleStepError(
      `the value of parameter ${key} is not a valid external ID; it must be 2 to 1224 letters, digits and _ + = , . @ : / -`,
      "Store the external ID in it, without whitespace around it",
    );
  return { value, type: type ?? "String" };
}
