/**
 * Why a step refuses a request. The route's `renderFault` makes the response; by default, it contains only the status.
 *
 * @category Gateway
 */
export interface Refusal {
  /** Status, 400 to 599. */
  readonly status: number;

  /** Headers of the response, for example `Retry-After`; an array sets one line per value. */
  readonly headers?:
    Readonly<Record<string, string | readonly string[]>> | undefined;

  /** Why, in a sentence for the client: `renderFault` and `done` receive it. It must not contain a secret. */
  readonly reason?: string | undefined;
}
