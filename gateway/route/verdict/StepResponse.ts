/**
 * A response that a step makes.
 *
 * @category Gateway
 */
export interface StepResponse {
  /** Status, 200 to 599. */
  readonly status: number;

  /** Reason phrase, for HTTP/1.1. Defaults to the standard phrase of the status. */
  readonly statusText?: string | undefined;

  /** Headers; an array sets one line per value. */
  readonly headers?:
    Readonly<Record<string, string | readonly string[]>> | undefined;

  /** Body. Defaults to an empty body. */
  readonly body?: string | Uint8Array | undefined;
}
