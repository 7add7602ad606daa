import {
  isConnectorError,
  type AnyConnectorError,
  type InvokeFunctionResponse,
} from "../../../src";
import { interpretPayload } from "../../../src/internal";
import type { PointConfiguration } from "../configuration/PointConfiguration";
import {
  SIDECAR_ERRORS,
  SidecarError,
  type SidecarErrorDefinition,
} from "../errors/SidecarError";
import type { SidecarOptions } from "../options/SidecarOptions";
import type { SizedResponse } from "../response/ResponseCache";
import type { SidecarResponse } from "../response/SidecarResponse";
import type { TimeBudget } from "./TimeBudget";

/** What an invocation needs besides the configuration. */
interface InvocationContext {
  readonly options: SidecarOptions;
  readonly budget: TimeBudget;
}

/**
 * Invokes a function once, under its role. An event has no response, so the result is empty. A client that disconnects does
 * not cancel the invocation: a function that has started runs to its end, and an event must not be lost.
 *
 * @throws {@link SidecarError} from Boomi's error table.
 */
export async function invokeSidecarFunction(
  payload: Uint8Array,
  configuration: PointConfiguration,
  { options, budget }: InvocationContext,
): Promise<SizedResponse> {
  const { point, synchronicity } = configuration;
  let response: InvokeFunctionResponse;
  try {
    response = await options.connector.assumeRoleInvoke(
      {
        functionName: configuration.functionARN,
        invocationType: synchronicity,
        payload,
        roleArn: configuration.roleARN,
        externalIdKey: configuration.externalIdKey,
        roleSessionName: configuration.sessionName,
        durationSeconds: configuration.durationSeconds,
        onFunctionError: "return",
      },
      { timeoutMs: budget.remainingMs },
    );
  } catch (error) {
    throw toSidecarError(error, configuration, options);
  }
  if (response.statusCode !== 200 && response.statusCode !== 202)
    throw new SidecarError(SIDECAR_ERRORS.unsuccessfulStatus(point));
  if (response.functionError !== undefined) throw toFunctionError(response);
  if (synchronicity === "Event") return { response: {}, bytes: 0 };
  if (!response.payloadText)
    throw new SidecarError(SIDECAR_ERRORS.noResponse(point));
  return {
    response: parseResponse(response, configuration),
    bytes: response.payloadBytes.byteLength,
  };
}

function parseResponse(
  response: InvokeFunctionResponse,
  { point }: PointConfiguration,
): SidecarResponse {
  let value: unknown;
  try {
    value = interpretPayload(response);
  } catch (cause) {
    throw new SidecarError(SIDECAR_ERRORS.invalidResponse(point), { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value;
  throw new SidecarError(SIDECAR_ERRORS.invalidResponse(point), {
    cause: new Error("the function's response must be a JSON object"),
  });
}

/** The error that the function threw, without its stack trace. */
function toFunctionError(response: InvokeFunctionResponse): SidecarError {
  let payload: unknown;
  try {
    payload = interpretPayload(response);
  } catch {
    payload = undefined;
  }
  const { errorMessage, errorType } = (payload ?? {}) as {
    errorMessage?: unknown;
    errorType?: unknown;
  };
  const toString = (value: unknown): string =>
    typeof value === "string" ? value : "";
  return new SidecarError(SIDECAR_ERRORS.functionFailed(), {
    functionError: {
      detail: toString(errorMessage),
      title: toString(errorType),
    },
  });
}

/** Translates an error of the connector to Boomi's error table. */
function toSidecarError(
  error: unknown,
  { point, synchronicity }: PointConfiguration,
  { awsErrors }: SidecarOptions,
): SidecarError {
  if (!isConnectorError(error))
    return new SidecarError(SIDECAR_ERRORS.connectionFailed(point), {
      cause: error,
    });
  const message = awsErrors === "shown" ? getAwsMessage(error) : undefined;
  const awsError = (): SidecarErrorDefinition =>
    message === undefined
      ? SIDECAR_ERRORS.connectionFailed(point)
      : SIDECAR_ERRORS.awsError(point, message);
  const definitions = {
    ERR_INVALID_INPUT: () =>
      isOverLambdaLimit(error) && synchronicity === "RequestResponse"
        ? SIDECAR_ERRORS.payloadOverOneMegabyte()
        : SIDECAR_ERRORS.invalidInput(point),
    ERR_CREDENTIALS: awsError,
    ERR_SERVICE: awsError,
    ERR_TRANSPORT: () => SIDECAR_ERRORS.connectionFailed(point),
    ERR_DEADLINE: () => SIDECAR_ERRORS.timeout(),
    ERR_FUNCTION: () => SIDECAR_ERRORS.functionFailed(),
    ERR_RESPONSE: () => SIDECAR_ERRORS.unsuccessfulStatus(point),
  } satisfies Record<AnyConnectorError["code"], () => SidecarErrorDefinition>;
  return new SidecarError(definitions[error.code](), { cause: error });
}

/** Whether an input exceeds Lambda's limit: in JSON, a payload of control characters is six times as long. */
const isOverLambdaLimit = (error: AnyConnectorError): boolean =>
  error.code === "ERR_INVALID_INPUT" &&
  error.issues.some(({ path, rule }) => path === "payload" && rule === "size");

/**
 * AWS's own message. When a role can't be assumed, it is the `cause` of a service error, which is the `cause` of a credentials
 * error; the messages of those two are advice for the host. `undefined` if AWS sent no message, for example because it could
 * not be reached or there are no credentials.
 */
function getAwsMessage(error: unknown): string | undefined {
  if (!isConnectorError(error)) return undefined;
  const { code, cause } = error;
  if (code !== "ERR_SERVICE") return getAwsMessage(cause);
  const message = cause instanceof Error ? cause.message : "";
  return message === "" || FILLER.test(message) ? undefined : message;
}

/** The replacement for the message of a response that has none, or that the AWS SDK could not read. */
const FILLER = /^UnknownError\b|^Unknown$|Deserialization error/;
