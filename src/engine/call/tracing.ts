import { tracingChannel, type TracingChannel } from "node:diagnostics_channel";
import type { AnyConnectorError, Execution } from "../../errors";

/**
 * What a tracer is told of one execution, on the channels `tracing:aws-lambda-connector:<operation>:start`, `end`,
 * `asyncStart`, `asyncEnd` and `error` of
 * {@link https://nodejs.org/api/diagnostics_channel.html#tracingchannel-channels | node:diagnostics_channel}. The same
 * object goes to each of them and fills up on the way. No payload is in it, and no secret.
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

  /** The function, as the caller named it. Absent where the operation is about none. */
  functionName?: string;

  /** Region that was asked last. Absent until something is sent. */
  region?: string;

  /** Requests sent so far, to whichever service. */
  attempts: number;

  /** HTTP status of the last answer. Absent until there is one. */
  statusCode?: number;

  /** AWS's id of the last answer. Absent until there is one that has it. */
  requestId?: string;

  /** Whether the function ran, told by an error. Absent: there was none, or no function was to run. */
  execution?: Execution;

  /** What went wrong, on `error` and after it. Absent: nothing. */
  error?: AnyConnectorError;
}

const channels = new Map<string, TracingChannel<OperationTrace>>();

/** The channel of an operation. Absent: nobody listens, and nothing is spent on it. */
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

/** Does a work between its messages. A tracer's answer to `start` is the context in which the work runs. */
export function traceCall<Answer>(
  channel: TracingChannel<OperationTrace>,
  trace: OperationTrace,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const settle = (publish?: () => void): void => {
    publish?.();
    channel.asyncStart.runStores(trace, () => {
      channel.asyncEnd.publish(trace);
    });
  };
  return channel.start.runStores(trace, () => {
    const done = work().then(
      (answer) => {
        settle();
        return answer;
      },
      (error: unknown) => {
        trace.error = error as AnyConnectorError;
        if (trace.error.execution) trace.execution = trace.error.execution;
        settle(() => {
          channel.error.publish(trace);
        });
        throw error;
      },
    );
    channel.end.publish(trace);
    return done;
  });
}
