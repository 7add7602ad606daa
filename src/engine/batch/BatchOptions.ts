import type { CallOptions } from "../call/CallOptions";
import {
  CALL_OPTION_RULES,
  readCallOptions,
} from "../operation/readCallOptions";
import type { Input } from "../validation/Input";
import type { InputErrorContext } from "../validation/parse";
import type { BatchProgress } from "./BatchProgress";

/**
 * Options of a batch.
 *
 * @example
 * await connector.invokeMany(
 *   { requests: [{ functionName: "price", payload: { sku: "A-17" } }] },
 *   {
 *     timeoutMs: 60_000,
 *     onProgress: ({ done, failed }) => console.log(done, failed),
 *   },
 * );
 */
export interface BatchOptions extends CallOptions {
  /**
   * Stops the batch with `ERR_DEADLINE` when it fires: no further request is sent, and the outcome of each invocation in
   * flight that may have run is an `ERR_DEADLINE`. With a `resumeFile`, `idempotent` invocations have no outcome instead, and
   * a resumed run sends them again. A function that is already running keeps running. Optional; by default the batch stops
   * only when its outcomes are no longer read.
   */
  readonly signal?: AbortSignal | undefined;

  /**
   * Time limit of each invocation, in milliseconds; an integer from 1 to 2,147,483,647. Defaults to the connection's
   * `timeoutMs`. The batch as a whole has no time limit.
   */
  readonly timeoutMs?: number | undefined;

  /**
   * Called with the progress of the batch, at most every 100 ms and once at the end. If it throws, the batch stops with
   * `ERR_INVALID_INPUT`. Optional; by default progress is not reported.
   */
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined;
}

const REQUEST_FIELDS = ["requests", "concurrency", "ordered", "resumeFile"];

const RULES = {
  ...CALL_OPTION_RULES,
  onProgress: (value: unknown) =>
    typeof value === "function"
      ? undefined
      : { rule: "function", message: "onProgress must be a function" },
};

/**
 * Reads and validates the options of one batch.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function readBatchOptions(
  options: Input<BatchOptions> | undefined,
  context: InputErrorContext,
): BatchOptions {
  return readCallOptions<BatchOptions>(options, {
    rules: RULES,
    what: "batch's options",
    context,
    requestFields: REQUEST_FIELDS,
  });
}
