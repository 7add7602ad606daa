/**
 * Options of a single execution.
 *
 * @example
 * await connector.listFunctions(
 *   { limit: 10 },
 *   { timeoutMs: 5_000, signal: AbortSignal.timeout(8_000) },
 * );
 */
export interface CallOptions {
  /**
   * Ends the call with `ERR_DEADLINE` when it fires. A function that is already running keeps running. Optional; by default
   * only the timeout ends the call.
   */
  readonly signal?: AbortSignal | undefined;

  /**
   * Time limit of this call, in milliseconds; an integer from 1 to 2,147,483,647. Defaults to the connection's
   * `timeoutMs`.
   */
  readonly timeoutMs?: number | undefined;
}
