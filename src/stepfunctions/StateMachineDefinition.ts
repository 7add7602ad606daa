import { partitionOfArn } from "../engine/arn/partitions";
import type { DistributedMapRequest } from "./DistributedMapRequest";
import { RETRY_IDEMPOTENT, RETRY_ONCE } from "./retryRules";

/** A state machine in the Amazon States Language. `JSON.stringify(definition, null, 2)` is the definition to create it with. */
export interface StateMachineDefinition {
  /** What the state machine does. */
  readonly Comment: string;

  /** The language of the expressions in the definition. */
  readonly QueryLanguage: "JSONata";

  /** Name of the first state. */
  readonly StartAt: string;

  /** The states by name. The only one is the Distributed Map. */
  readonly States: Readonly<Record<string, object>>;
}

/** Name of the map in the ARNs of the workflows that it starts. */
export const MAP_LABEL = "invocations";

const MAP = "InvokeMany";

/** Concurrency if the request has none, as in `InvokeMany`. */
const DEFAULT_CONCURRENCY = 100;

/** Lambda's limit for a function is 900 seconds. */
const DEFAULT_TIMEOUT_SECONDS = 910;

/** Limit of an Express workflow. */
export const EXPRESS_TIMEOUT_SECONDS = 300;

/**
 * The arguments of Lambda's Invoke, from an item. JSONata omits fields without a value. The client context is a string of ASCII
 * characters in every item.
 */
const ARGUMENTS =
  '{% ($request := $states.input.request; { "FunctionName": $request.functionName, "Qualifier": $request.qualifier, "InvocationType": $request.invocationType, "ClientContext": $base64encode($request.clientContext), "Payload": $request.payload }) %}';

/** The fields of the result that a response of `InvokeMany` has. The rest is headers. */
const OUTPUT =
  '{% { "statusCode": $states.result.StatusCode, "executedVersion": $states.result.ExecutedVersion, "requestId": $states.result.SdkResponseMetadata.RequestId, "payload": $states.result.Payload } %}';

/** Creates the definition for a valid request. */
export function createDefinition(
  request: DistributedMapRequest,
): StateMachineDefinition {
  const { itemsBucket, resultsBucket = itemsBucket } = request;
  const { concurrency = DEFAULT_CONCURRENCY } = request;
  const integration = `arn:${partitionOfArn(request.stateMachineArn)}:states:::`;
  return {
    Comment:
      "Invokes functions for the requests in a file, each at most once unless it is idempotent. Created by aws-lambda-connector.",
    QueryLanguage: "JSONata",
    StartAt: MAP,
    States: {
      [MAP]: {
        Type: "Map",
        Label: MAP_LABEL,
        ItemReader: {
          Resource: `${integration}s3:getObject`,
          ReaderConfig: { InputType: "JSONL" },
          Arguments: { Bucket: itemsBucket, Key: request.itemsKey },
        },
        ItemSelector: {
          index: "{% $states.context.Map.Item.Index %}",
          request: "{% $states.context.Map.Item.Value %}",
        },
        ItemProcessor: createProcessor(request, integration),
        MaxConcurrency: concurrency,
        ...toTolerance(request),
        ResultWriter: {
          Resource: `${integration}s3:putObject`,
          Arguments: { Bucket: resultsBucket, Prefix: request.resultsPrefix },
          WriterConfig: { OutputType: "JSONL", Transformation: "NONE" },
        },
        End: true,
      },
    },
  };
}

/** Step Functions tolerates no failure by default. */
function toTolerance({
  toleratedFailurePercentage: percentage,
  toleratedFailureCount: count,
}: DistributedMapRequest): object {
  return {
    ...(count !== undefined && { ToleratedFailureCount: count }),
    ...(percentage !== undefined
      ? { ToleratedFailurePercentage: percentage }
      : count === undefined && { ToleratedFailurePercentage: 100 }),
  };
}

/** The workflow of one request: the item says which of two states may send it. */
function createProcessor(
  request: DistributedMapRequest,
  integration: string,
): object {
  const { executionType = "STANDARD" } = request;
  const isExpress = executionType === "EXPRESS";
  const {
    timeoutSeconds = isExpress
      ? EXPRESS_TIMEOUT_SECONDS
      : DEFAULT_TIMEOUT_SECONDS,
  } = request;
  const task = {
    Type: "Task",
    Resource: `${integration}lambda:invoke`,
    Arguments: ARGUMENTS,
    Output: OUTPUT,
    TimeoutSeconds: timeoutSeconds,
  };
  return {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
    StartAt: "IsIdempotent",
    States: {
      IsIdempotent: {
        Type: "Choice",
        Choices: [
          {
            Condition: "{% $states.input.request.idempotent = true %}",
            Next: "InvokeIdempotent",
          },
        ],
        Default: isExpress ? "NotIdempotent" : "InvokeOnce",
      },
      InvokeIdempotent: { ...task, Retry: RETRY_IDEMPOTENT, End: true },
      ...(isExpress
        ? { NotIdempotent: NOT_IDEMPOTENT }
        : { InvokeOnce: { ...task, Retry: RETRY_ONCE, End: true } }),
    },
  };
}

const NOT_IDEMPOTENT = {
  Type: "Fail",
  Error: "NotIdempotent",
  Cause:
    "The request was not sent, because an Express workflow can run it more than once. Set idempotent: true if the function may run twice, or use STANDARD.",
} as const;
