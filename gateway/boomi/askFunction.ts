import {
  isConnectorError,
  type AnyConnectorError,
  type InvokeFunctionResponse,
} from "../../src";
import type { Allowance } from "./Allowance";
import type { PointConfiguration } from "./configuration/PointConfiguration";
import type { FunctionAnswer } from "./FunctionAnswer";
import { ROWS, SidecarError } from "./SidecarError";
import type { SidecarOptions } from "./SidecarOptions";

/** With what a function is asked, and what is left of its time. */
interface Asking {
  readonly options: SidecarOptions;
  readonly allowance: Allowance;
}

/**
 * Asks a function, under its role, once. An event is handed over, and has no answer. A client that goes away ends nothing here: a
 * function that has begun runs on, and what it is told of is not to be lost.
 *
 * @throws {@link SidecarError} by the vendor's table.
 */
export async function askFunction(
  payload: Uint8Array,
  configuration: PointConfiguration,
  { options, allowance }: Asking,
): Promise<FunctionAnswer> {
  const { point, synchronicity } = configuration;
  let answer: InvokeFunctionResponse;
  try {
    answer = await options.connector.assumeRoleInvoke(
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
      { timeoutMs: allowance.leftMs },
    );
  } catch (error) {
    throw toSidecarError(error, configuration, options);
  }
  if (answer.statusCode !== 200 && answer.statusCode !== 202)
    throw new SidecarError(ROWS.noSuccess(point));
  if (answer.functionError !== undefined) throw functionFailed(answer);
  if (synchronicity === "Event") return {};
  if (!answer.payloadText) throw new SidecarError(ROWS.noAnswer(point));
  return readAnswer(answer, configuration);
}

function readAnswer(
  answer: InvokeFunctionResponse,
  { point }: PointConfiguration,
): FunctionAnswer {
  let value: unknown;
  try {
    value = answer.payload;
  } catch (cause) {
    throw new SidecarError(ROWS.invalidAnswer(point), { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value;
  throw new SidecarError(ROWS.invalidAnswer(point), {
    cause: new Error("the function's answer is JSON, but no object"),
  });
}

/** What the function said of its failure, without its trace. */
function functionFailed(answer: InvokeFunctionResponse): SidecarError {
  let told: unknown;
  try {
    told = answer.payload;
  } catch {
    told = undefined;
  }
  const { errorMessage, errorType } = (told ?? {}) as {
    errorMessage?: unknown;
    errorType?: unknown;
  };
  const text = (value: unknown): string =>
    typeof value === "string" ? value : "";
  return new SidecarError(ROWS.functionFailed(), {
    failure: { detail: text(errorMessage), title: text(errorType) },
  });
}

/** The connector's errors by the vendor's table. */
function toSidecarError(
  error: unknown,
  { point }: PointConfiguration,
  { refusals }: SidecarOptions,
): SidecarError {
  if (!isConnectorError(error))
    return new SidecarError(ROWS.notConnected(point), { cause: error });
  const rowOf = {
    ERR_INVALID_INPUT: () => ROWS.invalidInput(point),
    ERR_CREDENTIALS: () => refused(error),
    ERR_SERVICE: () => refused(error),
    ERR_TRANSPORT: () => ROWS.notConnected(point),
    ERR_DEADLINE: () => ROWS.timeout(),
    ERR_FUNCTION: () => ROWS.functionFailed(),
    ERR_RESPONSE: () => ROWS.noSuccess(point),
  } satisfies Record<AnyConnectorError["code"], () => unknown>;
  function refused(by: AnyConnectorError) {
    const words = refusals === "hidden" ? undefined : wordsOf(by);
    return words === undefined
      ? ROWS.notConnected(point)
      : ROWS.refused(point, words);
  }
  return new SidecarError(rowOf[error.code](), { cause: error });
}

/**
 * What AWS itself said; a role that refuses stands behind two errors of the connector's, whose advice is for its host. Absent: it
 * said nothing, as where it could not be reached, or there are no keys to ask with.
 */
function wordsOf(error: unknown): string | undefined {
  if (!isConnectorError(error)) return undefined;
  const { code, message, cause } = error;
  if (code !== "ERR_SERVICE") return wordsOf(cause);
  return cause instanceof Error && cause.message ? cause.message : message;
}
