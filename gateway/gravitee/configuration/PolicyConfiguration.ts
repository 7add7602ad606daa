/** A context attribute that is set after a successful invocation. */
export interface PolicyVariable {
  /** Name of the attribute. Not evaluated. */
  readonly name: string;

  /** Value, with expressions. `#lambdaResponse` is the function's response. Defaults to null. */
  readonly value?: string | null | undefined;
}

/** Which certificate authorities are trusted for connections to AWS. */
export interface SslConfiguration {
  /** Disables certificate verification; overrides all other properties. Defaults to false. */
  readonly trustAll?: boolean | undefined;

  /** `PEM`, `JKS` or `PKCS12`. If it is unset or empty, the authorities of `connection` or of this machine are trusted. */
  readonly trustStoreType?: string | null | undefined;

  /** Path of a file on this machine. */
  readonly trustStorePath?: string | null | undefined;

  /** Password of a `JKS` or `PKCS12` file. */
  readonly trustStorePassword?: string | null | undefined;

  /** PEM certificates. Takes precedence over `trustStorePath`. */
  readonly trustStoreContent?: string | null | undefined;
}

/** In which phase a step runs in Gravitee's V3 engine. */
export type PolicyScope =
  "REQUEST" | "REQUEST_CONTENT" | "RESPONSE" | "RESPONSE_CONTENT";

/**
 * The configuration of Gravitee's `aws-lambda` policy, with Gravitee's option names. Every string may hold expressions. Unknown options
 * are ignored, as in Gravitee, unless the name looks like a typo of a known one.
 *
 * @see {@link https://documentation.gravitee.io/apim/create-and-configure-apis/apply-policies/policy-reference/aws-lambda |
 * Gravitee's documentation of the policy}
 *
 * @category Gateway
 */
export interface PolicyConfiguration {
  /** The phase in which the policy runs with `v3` semantics. Ignored with `v4`. Defaults to `REQUEST`. */
  readonly scope?:
    PolicyScope | (string & Record<never, never>) | null | undefined;

  /** Region of Lambda and STS. Defaults to `us-east-1`. */
  readonly region?: string | null | undefined;

  /** Access key ID. Must be set together with `secretKey`. Defaults to the credentials of `connection`, or of this machine. */
  readonly accessKey?: string | null | undefined;

  /** Secret access key. Must be set together with `accessKey`. */
  readonly secretKey?: string | null | undefined;

  /** Function name, partial ARN or full ARN. */
  readonly function: string;

  /** `RequestResponse`, `Event` or `DryRun`. Defaults to `RequestResponse`. */
  readonly invocationType?: string | null | undefined;

  /** Version or alias. If it is unset or empty, the unqualified function is invoked. */
  readonly qualifier?: string | null | undefined;

  /** `None` or `Tail`. Defaults to `None`. */
  readonly logType?: string | null | undefined;

  /** ARN of a role to assume for the invocation. Optional; an empty string counts as unset. */
  readonly roleArn?: string | null | undefined;

  /** Session name of the assumed role. Defaults to `gravitee`. */
  readonly roleSessionName?: string | null | undefined;

  /** Payload of the invocation. Defaults to no payload; an empty string counts as unset. */
  readonly payload?: string | null | undefined;

  /** Context attributes to set after a successful invocation, in this order. Defaults to none. */
  readonly variables?: readonly PolicyVariable[] | undefined;

  /** Whether the client receives the function's response. Defaults to false. */
  readonly sendToConsumer?: boolean | undefined;

  /** Connect timeout in ms. Defaults to 2,000; 0 counts as unset. */
  readonly connectionTimeoutMs?: number | undefined;

  /** Read timeout in ms. Limits the whole invocation here. Defaults to 30,000; 0 counts as unset. */
  readonly readTimeoutMs?: number | undefined;

  /** Timeout of one attempt in ms. Defaults to no limit beyond `readTimeoutMs`; 0 counts as unset. */
  readonly apiCallAttemptTimeoutMs?: number | undefined;

  /** Timeout of the invocation in ms. Defaults to no limit beyond `readTimeoutMs`; 0 counts as unset. */
  readonly apiCallTimeoutMs?: number | undefined;

  /** Trusted certificate authorities. Defaults to those of `connection`, or of this machine. */
  readonly ssl?: SslConfiguration | undefined;

  /** Base URL of AWS, which appears in Gravitee's samples. Ignored, as in Gravitee, unless `honourEndpoint` is true. */
  readonly endpoint?: string | null | undefined;

  /** Unknown options are ignored. */
  readonly [unknown: string]: unknown;
}
