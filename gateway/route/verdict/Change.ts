/**
 * What a step changes in the message of its phase: the request before the origin, the response after it. Headers are dropped first,
 * then set. What is left out stays the same.
 *
 * @category Gateway
 */
export interface Change {
  /** Names of headers to remove. */
  readonly dropHeaders?: readonly string[] | undefined;

  /** Headers to set. A value replaces every value of that header; an array sets one line per value. */
  readonly setHeaders?:
    Readonly<Record<string, string | readonly string[]>> | undefined;

  /** New body. The gateway sets `Content-Length` and removes headers that describe the old body, such as `ETag`. */
  readonly body?: string | Uint8Array | undefined;

  /** Response only: new status, 200 to 599. */
  readonly status?: number | undefined;

  /** Request only: new method. */
  readonly method?: string | undefined;

  /** Request only: new path and query, beginning with `/`. */
  readonly url?: string | undefined;

  /** Request only: another origin for this request, as a URL without a path. */
  readonly target?: string | undefined;
}
