import {
  isConnectorError,
  type InvocationType,
  type InvokeFunctionResponse,
  type LogType,
} from "../../../src";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { DEFAULT_REGION } from "../configuration/templatedOptions";
import { AWS_LAMBDA_ERRORS } from "../errors/AWS_LAMBDA_ERRORS";
import { PolicyError } from "../errors/PolicyError";
import { toErrorDetails } from "../errors/toErrorDetails";
import type { ConnectorCache } from "./ConnectorCache";
import type { EvaluatedConfiguration } from "./evaluateConfiguration";
import { loadTrustStoreReader } from "./readTrustStore";

/** Default read timeout of Gravitee's SDK. */
const READ_TIMEOUT_MS = 30_000;

/** What an invocation depends on. */
export interface InvokeLambdaInput {
  readonly configuration: EvaluatedConfiguration;
  readonly connectors: ConnectorCache;
  readonly options: PolicyOptions;
}

/**
 * Invokes the function once and waits for the response, with every invocation type.
 *
 * @throws PolicyError.
 */
export async function invokeLambda(
  input: InvokeLambdaInput,
): Promise<InvokeFunctionResponse> {
  const { configuration, options } = input;
  let result: InvokeFunctionResponse;
  try {
    result = await sendRequest(input);
  } catch (error) {
    throw toPolicyError(error, configuration, options);
  }
  const { statusCode } = result;
  if (statusCode < 200 || statusCode > 299)
    throw new PolicyError(AWS_LAMBDA_ERRORS.invalidStatusCode, {
      parameters: toParameters(configuration),
    });
  return result;
}

async function sendRequest({
  configuration,
  connectors,
  options,
}: InvokeLambdaInput): Promise<InvokeFunctionResponse> {
  const { strings } = configuration;
  await loadTrustStoreReader(configuration);
  const connector = connectors.get(configuration);
  const request = {
    functionName: strings.function ?? "",
    // The connector rejects other values.
    invocationType: (strings.invocationType ??
      "RequestResponse") as `${InvocationType}`,
    logType: (strings.logType ?? "None") as `${LogType}`,
    ...(strings.qualifier !== undefined && { qualifier: strings.qualifier }),
    ...(strings.payload !== undefined && {
      payload: Buffer.from(strings.payload),
    }),
    onFunctionError:
      options.onFunctionError === "continue"
        ? ("return" as const)
        : ("throw" as const),
  };
  const timeoutMs = toTimeoutMs(configuration);
  if (strings.roleArn === undefined)
    return connector.invokeFunction(request, { timeoutMs });
  const { externalId, externalIdKey } = options;
  return connector.assumeRoleInvoke(
    {
      ...request,
      roleArn: strings.roleArn,
      roleSessionName: strings.roleSessionName ?? "gravitee",
      ...(externalId !== undefined && { externalId }),
      ...(externalIdKey !== undefined && { externalIdKey }),
    },
    { timeoutMs },
  );
}

/** The shortest of Gravitee's three timeouts: an invocation is one attempt here, so all three limit the same time. */
function toTimeoutMs({ timeouts }: EvaluatedConfiguration): number {
  return Math.min(
    timeouts.readTimeoutMs ?? READ_TIMEOUT_MS,
    timeouts.apiCallAttemptTimeoutMs ?? Infinity,
    timeouts.apiCallTimeoutMs ?? Infinity,
  );
}

/** A function error has no details, as in Gravitee. */
function toPolicyError(
  cause: unknown,
  configuration: EvaluatedConfiguration,
  { details }: PolicyOptions,
): PolicyError {
  if (isConnectorError(cause) && cause.code === "ERR_FUNCTION")
    return new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, {
      cause,
      parameters: toParameters(configuration, cause.response.functionError),
    });
  return new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, {
    cause,
    details: details === "shown" ? toErrorDetails(cause) : undefined,
    parameters: toParameters(configuration),
  });
}

function toParameters(
  { strings }: EvaluatedConfiguration,
  functionError?: string,
): Record<string, string> {
  return {
    function: strings.function ?? "",
    region: strings.region ?? DEFAULT_REGION,
    ...(functionError !== undefined && { error: functionError }),
  };
}
