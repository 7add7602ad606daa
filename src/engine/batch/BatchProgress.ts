/**
 * Progress of a batch, as passed to `onProgress`.
 *
 * @example
 * await connector.invokeMany(
 *   { requests: [{ functionName: "price", payload: { sku: "A-17" } }] },
 *   {
 *     onProgress: ({ done, left, perSecond }) =>
 *       console.log(done, left, perSecond),
 *   },
 * );
 */
export interface BatchProgress {
  /** Number of completed requests, failed ones included. With a `resumeFile`, those of previous runs are included. */
  readonly done: number;

  /** Number of completed requests whose outcome is an error. */
  readonly failed: number;

  /** Number of invocations in flight. */
  readonly inFlight: number;

  /** Number of requests that are not completed. Only set if `requests` is an array or a `Set`, whose length is known. */
  readonly left?: number;

  /** Completed requests per second, over the last 5 seconds; in the last report, over the whole run. */
  readonly perSecond: number;

  /** Maximum number of invocations in flight at this moment; reduced below the requested concurrency while Lambda throttles. */
  readonly concurrency: number;
}
