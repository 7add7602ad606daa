import type { Exchange } from "../http/Exchange";
import type { FailureRecord, StepRun } from "../http/ExchangeRecord";

/**
 * How an exchange ended. Durations are in milliseconds, with fractions.
 *
 * @category Gateway
 */
export interface ExchangeSummary {
  /**
   * `complete`: the response was sent to its end, whatever its status. `failed`: the gateway or the host closed the connection before
   * that, because of a failure. `disconnected`: the client left before that.
   */
  readonly outcome: "complete" | "failed" | "disconnected";

  /** Status of the response. `undefined` if no response was sent. */
  readonly status: number | undefined;

  /** Bytes of the request body that steps or the origin read. */
  readonly requestBytes: number;

  /** Bytes of the response body that were passed to the host. `undefined` if the host's next handler sent them itself. */
  readonly responseBytes: number | undefined;

  /** From the arrival of the request to the end. */
  readonly durationMs: number;

  /** From the arrival of the request until the head of the response was passed to the host. `undefined` if it never was. */
  readonly headMs: number | undefined;

  /** How long the origin took to respond with a head. `undefined` if it was not called or did not respond. */
  readonly originMs: number | undefined;

  /** The handlers that ran, in order, and what they returned. */
  readonly steps: readonly StepRun[];

  /** Failures of steps and of the origin, in order. The client may have received a response nonetheless. */
  readonly failures: readonly FailureRecord[];
}

const outcomeOf = ({
  isDisconnected,
  isFailed,
}: Readonly<
  Record<"isDisconnected" | "isFailed", boolean>
>): ExchangeSummary["outcome"] => {
  if (!isDisconnected) return "complete";
  return isFailed ? "failed" : "disconnected";
};

/** Summarizes an exchange that has ended. */
export function summarizeExchange(exchange: Exchange): ExchangeSummary {
  const { record, originalRequest, isDisconnected } = exchange;
  const { startedAt, originCalledAt, originRespondedAt, headSentAt } = record;
  // A response that the gateway sends is only cut off after a failure, or because the client does not read it.
  const isCutByHost = record.isClosedHere && headSentAt === undefined;
  const isFailed = isCutByHost || record.failures.length > 0;
  return {
    outcome: outcomeOf({ isDisconnected, isFailed }),
    status: record.status,
    requestBytes: originalRequest.body.bytesRead,
    responseBytes: record.responseBytes,
    durationMs: performance.now() - startedAt,
    headMs: headSentAt === undefined ? undefined : headSentAt - startedAt,
    originMs:
      originCalledAt === undefined || originRespondedAt === undefined
        ? undefined
        : originRespondedAt - originCalledAt,
    steps: record.steps,
    failures: record.failures,
  };
}
