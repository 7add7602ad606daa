/** How one of Boomi's pages writes the error `Gateway Timeout`. */
export const TIMEOUT_ALIAS = "504_Gateway_Timeout";

/**
 * Replacements for the connector's errors, by Boomi's error names. Used when `enable_error_set` is `true`.
 *
 * @category Gateway
 */
export interface ErrorSet {
  /** Content type of the bodies. Optional; defaults to the content type of `errorFormat`. */
  readonly contentType?: string | undefined;

  /** Entries by error name, for example `MaxPayloadConditionFailure`. `504_Gateway_Timeout` is the same as `Gateway Timeout`. The entry `default` applies to all other errors. */
  readonly errors: Readonly<Record<string, ErrorSetEntry>>;
}

/**
 * How one error is sent to the client.
 *
 * @category Gateway
 */
export interface ErrorSetEntry {
  /** Status, 200 to 599. Optional; defaults to the error's own status. */
  readonly status?: number | undefined;

  /** Status text, also used as the message when there is no `body`. Optional; defaults to the error's own message. */
  readonly statusText?: string | undefined;

  /** Value of the header `X-Error-Detail-Header`. Optional; the header is not sent without it. */
  readonly detail?: string | undefined;

  /** Response body. Optional; defaults to the message in the format of `errorFormat`. */
  readonly body?: string | undefined;
}
