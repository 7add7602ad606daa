import { tracingChannel, type TracingChannel } from "node:diagnostics_channel";
import type { AnyConnectorError, Execution } from "../../errors";

/**
 * One execution of an operation, as published to tracers.
 *
 * The channels are `tracing:aws-lambda-connector:<operation>:start`, `end`, `asyncStart`, `asyncEnd` and `error` of
 * {@link https://nodejs.org/api/diagnostics_channel.html#tracingchannel-channels | node:diagnostics_channel}. Each of them
 * receives the same object; its fields are set as they become known. It contains no payload and no secret.
 *
 * @example
 * import { tracingChannel } from "node:diagnostics_channel";
 * import type { OperationTrace } from "aws-lambda-connector";
 *
 * tracingChannel("aws-lambda-connector:InvokeFunction").subscribe({
 *   start() {},
 *   end() {},
 *   asyncStart() {},
 *   asyncEnd: (message) => {
 *     const { functionName, attempts, requestId } = message as OperationTrace;
 *     console.log(functionName, attempts, requestId);
 *   },
 *   error() {},
 * });
 */
export interface OperationTrace {
  /** Name of the operation. */
  readonly operation: string;

  /** The function, as the caller named it. Not set if the operation concerns no function. */
  functionName?: string;

  /** Region of the last request. Not set until one is sent. */
  region?: string;

  /** Number of requests sent so far, to any AWS service. */
  attempts: number;

  /** HTTP status of the last response. Not set until one arrives. */
  statusCode?: number;

  /** AWS's request ID from the last response. Not set until a response has one. */
  requestId?: string;

  /** Whether the function ran, if the operation failed. Not set if it succeeded or runs no function. */
  execution?: Execution;

  /** Why the operation failed; set when `error` is published. Not set if it succeeded. */
  error?: AnyConnectorError;
}

const channels = new Map<string, TracingChannel<OperationTrace>>();

/** The channel of an operation. `undefined`: no one subscribes, and tracing costs nothing. */
export function activeChannel(
  operation: string,
): TracingChannel<OperationTrace> | undefined {
  let channel = channels.get(operation);
  if (!channel) {
    channel = tracingChannel<OperationTrace>(
      `aws-lambda-connector:${operation}`,
    );
    channels.set(operation, channel);
  }
  const { start, end, asyncStart, asyncEnd, error } = channel;
  return start.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers
    ? channel
    : undefined;
}

/** Does the work between its trace events, in the context that stores bound to `start` provide. */
export function traceCall<Result>(
  channel: TracingChannel<OperationTrace>,
  trace: OperationTrace,
  work: () => Promise<Result>,
): Promise<Result> {
  const publishEnd = (): void => {
    channel.asyncStart.runStores(trace, () => {
      channel.asyncEnd.publish(trace);
    });
  };
  return channel.start.runStores(trace, () => {
    const done = work().then(
      (result) => {
        publishEnd();
        return result;
      },
      (error: unknown) => {
        trace.error = error as AnyConnectorError;
        if (trace.error.execution) trace.execution = trace.error.execution;
        channel.error.publish(trace);
        publishEnd();
        throw error;
      },
    );
    channel.end.publish(trace);
    return done;
  });
}
