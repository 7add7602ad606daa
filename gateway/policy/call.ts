import type {
  InvocationType,
  InvokeFunctionResponse,
  LogType,
} from "../../src";
import type { Connectors } from "./Connectors";
import { detailsOf } from "./detailsOf";
import { ERRORS, PolicyError } from "./PolicyError";
import type { PolicyOptions } from "./PolicyOptions";
import type { Settled } from "./settle";

/** As the vendor's SDK waits for bytes, in ms. */
const READ_MS = 30_000;

/** What a call is made with. */
export interface Call {
  readonly settled: Settled;
  readonly connectors: Connectors;
  readonly options: PolicyOptions;
}

/**
 * Calls the function, once, and waits for its answer, whatever the type of the invocation.
 *
 * @throws PolicyError by the vendor's table.
 */
export async function call(given: Call): Promise<InvokeFunctionResponse> {
  const { settled, options } = given;
  let answer: InvokeFunctionResponse;
  try {
    answer = await ask(given);
  } catch (error) {
    throw invalidResponse(error, settled, options);
  }
  const { functionError, statusCode } = answer;
  const parameters = parametersOf(settled, functionError);
  if (functionError !== undefined && options.onFunctionError !== "continue")
    throw new PolicyError(ERRORS.invalidResponse, { parameters });
  if (statusCode < 200 || statusCode > 299)
    throw new PolicyError(ERRORS.invalidStatus, { parameters });
  return answer;
}

function ask({
  settled,
  connectors,
  options,
}: Call): Promise<InvokeFunctionResponse> {
  const { texts, times } = settled;
  const connector = connectors.at(settled);
  const request = {
    functionName: texts.function ?? "",
    // What is neither is refused by the connector.
    invocationType: (texts.invocationType ??
      "RequestResponse") as `${InvocationType}`,
    logType: (texts.logType ?? "None") as `${LogType}`,
    ...(texts.qualifier !== undefined && { qualifier: texts.qualifier }),
    ...(texts.payload !== undefined && { payload: Buffer.from(texts.payload) }),
    onFunctionError: "return" as const,
  };
  // One call is sent once, so that all of the vendor's times bound the same stretch; connecting has its own.
  const timeoutMs = Math.min(
    times.readTimeoutMs ?? READ_MS,
    times.apiCallAttemptTimeoutMs ?? Infinity,
    times.apiCallTimeoutMs ?? Infinity,
  );
  if (texts.roleArn === undefined)
    return connector.invokeFunction(request, { timeoutMs });
  const { externalId, externalIdKey } = options;
  return connector.assumeRoleInvoke(
    {
      ...request,
      roleArn: texts.roleArn,
      roleSessionName: texts.roleSessionName ?? "gravitee",
      ...(externalId !== undefined && { externalId }),
      ...(externalIdKey !== undefined && { externalIdKey }),
    },
    { timeoutMs },
  );
}

/** What the vendor answers when no usable answer came. */
export function invalidResponse(
  cause: unknown,
  settled: Settled | undefined,
  options: PolicyOptions,
): PolicyError {
  return new PolicyError(ERRORS.invalidResponse, {
    cause,
    details: options.details === "hidden" ? undefined : detailsOf(cause),
    parameters: settled ? parametersOf(settled) : {},
  });
}

function parametersOf(
  { texts }: Settled,
  functionError?: string,
): Record<string, string> {
  return {
    function: texts.function ?? "",
    region: texts.region ?? "us-east-1",
    ...(functionError !== undefined && { error: functionError }),
  };
}
