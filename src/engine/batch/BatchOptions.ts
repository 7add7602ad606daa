import type { CallOptions } from "../call/CallOptions";
import {
  CALL_OPTION_RULES,
  readCallOptions,
} from "../operation/readCallOptions";
import type { Input } from "../validation/Input";
import type { InputErrorContext } from "../validation/parse";
import type { BatchProgress } from "./BatchProgress";

/**
 * What may go with the execution of many.
 *
 * @example
 * await connector.invokeMany(
 *   { requests: [{ functionName: "price", payload: { sku: "A-17" } }] },
 *   { timeoutMs: 60_000, onProgress: ({ done, failed }) => console.log(done, failed) },
 * );
 */
export interface BatchOptions extends CallOptions {
  /**
   * Stops the run when it fires: nothing new is sent, and what is in flight ends with `ERR_DEADLINE`; a running function runs
   * on. Absent: nothing stops it but its reader.
   */
  readonly signal?: AbortSignal;

  /** Longest time of each invocation, in ms; 1 to 2,147,483,647. Absent: the connection's `timeoutMs`. */
  readonly timeoutMs?: number;

  /** Called with how far it has come, at most every 100 ms and once at the end; what it throws stops the run. Absent: nobody is told. */
  readonly onProgress?: (progress: BatchProgress) => void;
}

const RULES = {
  ...CALL_OPTION_RULES,
  onProgress: (value: unknown) =>
    typeof value === "function" ? undefined : "onProgress takes a function",
};

/**
 * Reads the options of one run, once.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function readBatchOptions(
  options: Input<BatchOptions> | undefined,
  refusal: InputErrorContext,
): BatchOptions {
  return readCallOptions<BatchOptions>(options, {
    rules: RULES,
    what: "run's options",
    context: refusal,
  });
}
