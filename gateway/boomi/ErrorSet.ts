/**
 * Errors in words of the API's owner, by the vendor's names; used where `enable_error_set` is on.
 *
 * @category Gateway
 */
export interface ErrorSet {
  /** Content type of the bodies. Absent: as `errorFormat` says. */
  readonly contentType?: string;

  /** By the name of the error, for example `MaxPayloadConditionFailure`; `default` for all others. */
  readonly errors: Readonly<Record<string, ErrorEntry>>;
}

/**
 * How one error is answered.
 *
 * @category Gateway
 */
export interface ErrorEntry {
  /** Status, 200 to 599. Absent: the error's own. */
  readonly status?: number;

  /** Text behind the status, and of a body that is not given. Absent: the error's own. */
  readonly statusText?: string;

  /** Value of the header `X-Error-Detail-Header`. Absent: it is left out. */
  readonly detail?: string;

  /** The body. Absent: the text, as `errorFormat` writes it. */
  readonly body?: string;
}
