import type { Call } from "../call/Call";
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

const READ_ADVICE: AdviceByCode = {
  ParameterNotFound:
    "Check externalIdKey and the region, or store the external ID in that parameter",
  ParameterVersionNotFound: "Check the version or label in externalIdKey",
  AccessDeniedException:
    "Check externalIdKey, the region, and that the caller is allowed ssm:GetParameter (and kms:Decrypt) on the parameter",
  InvalidKeyId: "Check the KMS key that encrypts the parameter",
};

/** An external ID, and whether it came from the cache. */
export interface ExternalId {
  readonly value: string;
  readonly isCached: boolean;
}

/**
 * Returns the external ID in a parameter, from the cache if it was read within the last five minutes.
 *
 * @throws {@link RoleStepError} if it cannot be read or is not valid.
 */
export async function getExternalId(
  key: string,
  call: Call,
): Promise<ExternalId> {
  const { externalIds } = call.shared;
  const cached = externalIds.get(await entryOf(key, call), {
    signal: call.signal,
    load: async (context) => ({
      value: await runSharedCall(
        call,
        context,
        async (sharedCall) => (await readParameter(key, sharedCall)).value,
      ),
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
  key: string,
  outdated: string,
  call: Call,
): Promise<string> {
  call.shared.externalIds.invalidate(await entryOf(key, call), outdated);
  const { value } = await getExternalId(key, call);
  return value;
}

/** The cache key of an external ID. The caller is part of it: it decides which parameters can be read. */
async function entryOf(key: string, call: Call): Promise<string> {
  const caller = await call.identify();
  return cacheKey("external ID", caller.key, toParameterName(key));
}

/**
 * Reads a parameter, and checks that its value is a valid external ID.
 *
 * @throws {@link RoleStepError} if it cannot be read or is not valid.
 */
export async function readParameter(
  key: string,
  call: Call,
): Promise<{ readonly value: string; readonly type: string }> {
  const what = `the external ID could not be read from parameter ${key}`;
  let value: string | undefined;
  let type: string | undefined;
  try {
    const { Parameter } = await sendRequest(call, {
      service: "ssm",
      action: "GetParameter",
      input: {
        Name: toParameterName(key),
        WithDecryption: true,
      },
    });
    ({ Value: value, Type: type } = Parameter ?? {});
  } catch (cause) {
    // A shared call can reach its deadline before the calls that wait for it.
    const error = call.reason ? toConnectorError(cause, call) : cause;
    throw new RoleStepError(what, READ_ADVICE, error);
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
