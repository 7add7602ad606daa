/**
 * The configuration keys of both points, with the names of Boomi's Sidecar connector. Numbers and booleans may also be given as
 * strings. A list is an array or a comma-separated string; an empty list counts as not given.
 *
 * @category Gateway
 */
export interface PointInput {
  /** Region of the function, for example `eu-central-1`. */
  readonly region: string;

  /**
   * Full ARN of the function, with or without an alias or version, for example
   * `arn:aws:lambda:eu-central-1:222233334444:function:price`. It must be in `region`.
   */
  readonly functionARN: string;

  /**
   * ARN of the role to assume, for example `arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices`. `sts` is accepted in
   * place of `iam`. The role name must start with `tibco_sidecar_connector`.
   */
  readonly roleARN: string;

  /**
   * Name of the Parameter Store parameter that holds the external ID, for example `acme/prod/trustKey`; 1 to 2,048 characters.
   * Never the external ID itself.
   */
  readonly externalIdKey: string;

  /** Name of the role session, 2 to 64 letters, digits and `_ + = , . @ -`. Defaults to `TIBCO_Mashery_SideCar_Connector`. */
  readonly sessionName?: string | undefined;

  /** Duration of the role session in whole minutes, 15 to 720. Defaults to 60. */
  readonly expirationDuration?: number | string | undefined;

  /**
   * `event` sends the input to the function and does not use its response. Any other value means `request-response`, which waits
   * for the response and applies it. Defaults to `request-response`.
   */
  readonly synchronicity?: string | undefined;

  /** Whether the message is forwarded unchanged when the function fails. Defaults to `false`: the call fails as well. */
  readonly failSafe?: boolean | string | undefined;

  /** Timeout of the point in whole milliseconds, 1 to 2,147,483,647. Defaults to the endpoint's own timeout. */
  readonly timeout?: number | string | undefined;

  /**
   * Whether the endpoint's error set replaces status and message of the connector's errors. Any string other than `true` means
   * `false`. Defaults to `false`.
   */
  readonly enable_error_set?: boolean | string | undefined;

  /**
   * Request headers that the function receives. At pre-processing a call without one of them is rejected with status 400.
   * Defaults to none.
   */
  readonly "require-request-headers"?: string | readonly string[] | undefined;

  /** Request headers that the function receives if present. Defaults to none. */
  readonly "include-request-headers"?: string | readonly string[] | undefined;

  /**
   * Request headers that the function does not receive, even if another key names them. Without an include or require list it
   * receives all others. Defaults to none.
   */
  readonly "skip-request-headers"?: string | readonly string[] | undefined;

  /** EAVs of the application that the function receives. A call without one of them is rejected with status 400. Defaults to none. */
  readonly "require-eavs"?: string | readonly string[] | undefined;

  /** EAVs of the application that the function receives if present. Defaults to none. */
  readonly "include-eavs"?: string | readonly string[] | undefined;

  /** EAVs of the package key that the function receives. A call without one of them is rejected with status 400. Defaults to none. */
  readonly "require-packageKey-eavs"?: string | readonly string[] | undefined;

  /** EAVs of the package key that the function receives if present. Defaults to none. */
  readonly "include-packageKey-eavs"?: string | readonly string[] | undefined;

  /** Largest payload that the function receives, in KB of 1,024 bytes, above 0 and up to 1,024. Defaults to 10. */
  readonly "max-payload-size"?: number | string | undefined;

  /**
   * What happens above that size: `blocking` rejects the call with status 413, `filtering` forwards the message without the function
   * and reports that to `onFailure`. A client can skip a function that is configured with `filtering` by sending a long payload. Above
   * 1 MB, both reject the call with status 413. Defaults to `blocking`.
   */
  readonly "max-payload-condition"?: string | undefined;

  /** A fixed parameter, which the function receives in `params` under the name after `sidecar-param-`. Strings are not converted. */
  readonly [param: `sidecar-param-${string}`]: string | number | boolean | null;
}
