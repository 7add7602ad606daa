import {
  isConnectorError,
  type InvocationType,
  type InvokeFunctionResponse,
  type LogType,
} from "../../../src";
import type { ConnectorCache } from "./ConnectorCache";
import { toErrorDetails } from "../errors/toErrorDetails";
import { AWS_LAMBDA_ERRORS, PolicyError } from "../errors/PolicyError";
import { DEFAULT_REGION } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import type { EvaluatedConfiguration } from "./evaluateConfiguration";

/** As the vendor's SDK waits for bytes, in ms. */
const READ_MS = 30_000;

/** What a call is made with. */
export interface LambdaInvocation {
  readonly settled: EvaluatedConfiguration;
  readonly connectors: ConnectorCache;
  readonly options: PolicyOptions;
}

/**
 * Calls the function, once, and waits for its answer, whatever the type of the invocation.
 *
 * @throws PolicyError by the vendor's table.
 */
export async function invokeLambda(
  given: LambdaInvocation,
): Promise<InvokeFunctionResponse> {
  const { settled, options } = given;
  let answer: InvokeFunctionResponse;
  try {
    answer = await ask(given);
  } catch (error) {
    throw toPolicyError(error, settled, options);
  }
  const { statusCode } = answer;
  if (statusCode < 200 || statusCode > 299)
    throw new PolicyError(AWS_LAMBDA_ERRORS.invalidStatusCode, {
      parameters: parametersOf(settled),
    });
  return answer;
}

function ask({
  settled,
  connectors,
  options,
}: LambdaInvocation): Promise<InvokeFunctionResponse> {
  const { strings: texts, timeouts: times } = settled;
  const connector = connectors.get(settled);
  const request = {
    functionName: texts.function ?? "",
    // What is neither is refused by the connector.
    invocationType: (texts.invocationType ??
      "RequestResponse") as `${InvocationType}`,
    logType: (texts.logType ?? "None") as `${LogType}`,
    ...(texts.qualifier !== undefined && { qualifier: texts.qualifier }),
    ...(texts.payload !== undefined && { payload: Buffer.from(texts.payload) }),
    onFunctionError:
      options.onFunctionError === "continue"
        ? ("return" as const)
        : ("throw" as const),
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

/** A function's failure is told without details; of everything else, why no usable answer came. */
function toPolicyError(
  cause: unknown,
  settled: EvaluatedConfiguration,
  { details }: PolicyOptions,
): PolicyError {
  if (isConnectorError(cause) && cause.code === "ERR_FUNCTION")
    return new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, {
      cause,
      parameters: parametersOf(settled, cause.response.functionError),
    });
  return new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, {
    cause,
    details: details === "hidden" ? undefined : toErrorDetails(cause),
    parameters: parametersOf(settled),
  });
}

function parametersOf(
  { strings: texts }: EvaluatedConfiguration,
  functionError?: string,
): Record<string, string> {
  return {
    function: texts.function ?? "",
    region: texts.region ?? DEFAULT_REGION,
    ...(functionError !== undefined && { error: functionError }),
  };
}
