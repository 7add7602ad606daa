/**
 * What both points of a sidecar are configured with, under the Boomi Sidecar connector's own names. Numbers and truth values
 * may also be given as text. A list is a text with commas between its items, or a list; an empty one is as absent.
 *
 * @category Gateway
 */
export interface PointInput {
  /** Region of the function, for example `eu-central-1`. */
  readonly region: string;

  /**
   * Full ARN of the function, with an alias or a version or without, for example
   * `arn:aws:lambda:eu-central-1:222233334444:function:price`. Its region is the one above.
   */
  readonly functionARN: string;

  /**
   * ARN of the role to assume, for example `arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices`; also taken with
   * `sts` for `iam`. Its name begins with `tibco_sidecar_connector`.
   */
  readonly roleARN: string;

  /**
   * Name of the parameter in the Parameter Store that holds the external id, for example `acme/prod/trustKey`; 1 to 2,048
   * characters. Never the external id itself.
   */
  readonly externalIdKey: string;

  /** Name of the role's session, 2 to 64 letters, digits and `_ + = , . @ -`. Absent: `TIBCO_Mashery_SideCar_Connector`. */
  readonly sessionName?: string;

  /** How long the role's session lasts, in whole minutes, 15 to 720. Absent: 60. */
  readonly expirationDuration?: number | string;

  /**
   * `event`: the function is told, and its answer not waited for. Any other value, or none: `request-response`, which waits
   * for the answer and does what it says.
   */
  readonly synchronicity?: string;

  /** Whether traffic goes on unchanged where the function fails. Absent: `false`, and the call fails too. */
  readonly failSafe?: boolean | string;

  /** Longest wait for the function, in whole milliseconds, 1 to 2,147,483,647. Absent: the endpoint's own time-out. */
  readonly timeout?: number | string;

  /** `true`: the endpoint's error set replaces status and text of the connector's errors. Absent, or any other text: not. */
  readonly enable_error_set?: boolean | string;

  /** Request headers that the function sees, and without which the call is refused with 400; at post it is not. Absent: none. */
  readonly "require-request-headers"?: string | readonly string[];

  /** Request headers that the function sees where they are there. Absent: none. */
  readonly "include-request-headers"?: string | readonly string[];

  /** Request headers that the function does not see, whatever else is said. Alone: it sees all others. Absent: none. */
  readonly "skip-request-headers"?: string | readonly string[];

  /** EAVs of the application that the function sees, and without which the call is refused with 400. Absent: none. */
  readonly "require-eavs"?: string | readonly string[];

  /** EAVs of the application that the function sees where they are there. Absent: none. */
  readonly "include-eavs"?: string | readonly string[];

  /** EAVs of the package key that the function sees, and without which the call is refused with 400. Absent: none. */
  readonly "require-packageKey-eavs"?: string | readonly string[];

  /** EAVs of the package key that the function sees where they are there. Absent: none. */
  readonly "include-packageKey-eavs"?: string | readonly string[];

  /** Largest payload that is sent to the function, in KB of 1,024 bytes, above 0 and up to 1,024. Absent: 10. */
  readonly "max-payload-size"?: number | string;

  /** What happens above that: `blocking` refuses the call with 413, `filtering` leaves the function out. Absent: `blocking`. */
  readonly "max-payload-condition"?: string;

  /** A fixed parameter, which the function sees under the name behind `sidecar-param-`. A text stays a text here. */
  readonly [param: `sidecar-param-${string}`]: string | number | boolean | null;
}
