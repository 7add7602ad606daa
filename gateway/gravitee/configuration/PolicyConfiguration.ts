/** A context attribute to set after a successful call. */
export interface PolicyVariable {
  /** Name of the attribute, as it stands. */
  readonly name: string;

  /** Its value, with expressions; `#lambdaResponse` is the function's answer. Absent: null. */
  readonly value?: string | null;
}

/** Whom the policy trusts in place of the machine's own authorities. */
export interface SslConfiguration {
  /** Trusts whoever answers, before everything else here. Absent: no. */
  readonly trustAll?: boolean;

  /** `PEM`, `JKS` or `PKCS12`. Absent or empty: the machine's own authorities. */
  readonly trustStoreType?: string | null;

  /** A file on this machine. */
  readonly trustStorePath?: string | null;

  /** Password of a `JKS` or `PKCS12` file. */
  readonly trustStorePassword?: string | null;

  /** Certificates as PEM, before those of a file. */
  readonly trustStoreContent?: string | null;
}

/** Where a step of the vendor's older gateway stands. */
export type PolicyScope =
  "REQUEST" | "REQUEST_CONTENT" | "RESPONSE" | "RESPONSE_CONTENT";

/**
 * The configuration of Gravitee's `aws-lambda` policy, by the vendor's own names. Every text may hold expressions. What the
 * vendor's policy does not know is passed over, unless it looks like a slip of what it knows.
 *
 * @see {@link https://documentation.gravitee.io/apim/create-and-configure-apis/apply-policies/policy-reference/aws-lambda |
 * Gravitee's documentation of the policy}
 *
 * @category Gateway
 */
export interface PolicyConfiguration {
  /** Where it runs, for `v3`; `v4` goes by `flow`. Absent: `REQUEST`. */
  readonly scope?: PolicyScope | (string & Record<never, never>) | null;

  /** Region of Lambda and of STS. Absent: `us-east-1`. */
  readonly region?: string | null;

  /** Key id of a user. Absent, with `secretKey`: the connection's keys, or the machine's own. */
  readonly accessKey?: string | null;

  /** Secret of that key; one of the two alone is refused. */
  readonly secretKey?: string | null;

  /** Name, partial ARN or ARN. */
  readonly function: string;

  /** `RequestResponse`, `Event` or `DryRun`. Absent: `RequestResponse`. */
  readonly invocationType?: string | null;

  /** Version or alias. Absent or empty: the unqualified function. */
  readonly qualifier?: string | null;

  /** `None` or `Tail`. Absent: `None`. */
  readonly logType?: string | null;

  /** A role to borrow for the call. Absent or empty: none. */
  readonly roleArn?: string | null;

  /** Name of the borrowed session. Absent: `gravitee`. */
  readonly roleSessionName?: string | null;

  /** What the function is given. Absent or empty: nothing. */
  readonly payload?: string | null;

  /** Attributes to set after a successful call, in order. Absent: none. */
  readonly variables?: readonly PolicyVariable[];

  /** Whether the client is answered with what the function answers. Absent: no. */
  readonly sendToConsumer?: boolean;

  /** Longest time to connect, in ms. Absent or 0: 2,000. */
  readonly connectionTimeoutMs?: number;

  /** Longest silence of AWS, in ms; the whole of a call is bounded by it here. Absent or 0: 30,000. */
  readonly readTimeoutMs?: number;

  /** Longest time of one attempt, in ms. Absent or 0: no bound of its own. */
  readonly apiCallAttemptTimeoutMs?: number;

  /** Longest time of a call, in ms. Absent or 0: no bound of its own. */
  readonly apiCallTimeoutMs?: number;

  /** Whom it trusts. Absent: the connection's authorities, or the machine's. */
  readonly ssl?: SslConfiguration;

  /** Base URL of AWS; the vendor's samples have it, and the vendor passes it over. */
  readonly endpoint?: string | null;

  /** What nobody knows is passed over. */
  readonly [unknown: string]: unknown;
}
