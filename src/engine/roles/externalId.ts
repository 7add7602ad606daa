import type { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import { RoleStepError, type Advice } from "./roleErrors";
import { toParameterName } from "../arn/toParameterName";
import { runSharedCall } from "../call/runSharedCall";
import { toConnectorError } from "../call/toConnectorError";

/** For so long an external id is taken as it was read: sessions that begin meanwhile do not ask for it again. */
const KEPT_MS = 300_000;

/** What AWS takes for an external id. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

const READ_ADVICE: Advice = {
  ParameterNotFound:
    "Check the key and the region, or store the external id in it",
  ParameterVersionNotFound: "Check the version or label in the key",
  AccessDeniedException:
    "Check the key, the region, and that the caller may ssm:GetParameter (and kms:Decrypt) on it",
  InvalidKeyId: "Check the KMS key with which the parameter is encrypted",
};

/** An external id, and whether it was read a while ago. */
export interface ExternalId {
  readonly value: string;
  readonly isOld: boolean;
}

/**
 * The external id of a parameter: as it was read within the last five minutes, or else read now.
 *
 * @throws {@link StepError} when it cannot be had.
 */
export async function getExternalId(
  key: string,
  call: Call,
): Promise<ExternalId> {
  const { externalIds } = call.shared;
  const taken = externalIds.get(nameOf(key, call), {
    signal: call.signal,
    load: async (errand) => ({
      value: await runSharedCall(
        call,
        errand,
        async (own) => (await readParameter(key, own)).value,
      ),
      ttlMs: KEPT_MS,
    }),
  });
  const isOld = typeof taken === "string";
  const value = isOld ? taken : await call.within(taken);
  call.secrets.add(value);
  return { value, isOld };
}

/** The same, read now: the one that was kept is no longer the right one. */
export async function reloadExternalId(
  key: string,
  former: string,
  call: Call,
): Promise<string> {
  call.shared.externalIds.invalidate(nameOf(key, call), former);
  const { value } = await getExternalId(key, call);
  return value;
}

function nameOf(key: string, { settings }: Call): string {
  return `${settings.caller} ${toParameterName(key)}`;
}

/**
 * Reads a parameter, and looks whether an external id stands in it.
 *
 * @throws {@link StepError} when it cannot be read, or holds none.
 */
export async function readParameter(
  key: string,
  call: Call,
): Promise<{ readonly value: string; readonly type: string }> {
  const what = `the external id could not be read from parameter ${key}`;
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
    // Its time may have run out before that of who waits for it.
    const why = call.reason ? toConnectorError(cause, call) : cause;
    throw new RoleStepError(what, READ_ADVICE, why);
  }
  if (!value)
    throw new RoleStepError(
      `${what}: it is empty`,
      "Store the external id in it",
    );
  call.secrets.add(value);
  if (!EXTERNAL_ID.test(value))
    throw new RoleStepError(
      `what stands in parameter ${key} is no external id: AWS takes 2 to 1224 letters, digits and _ + = , . @ : / -`,
      "Store the external id in it, without white space around it",
    );
  return { value, type: type ?? "String" };
}
