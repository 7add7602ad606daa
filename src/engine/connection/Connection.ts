import type { AWS_Region, CredentialsLike } from "../../../domain";

/**
 * Gives keys whenever they are asked for; called again when the ones it gave are about to expire. What it throws is
 * told by `ERR_CREDENTIALS`.
 */
export type CredentialProvider = () =>
  CredentialsLike | Promise<CredentialsLike>;

/** One base URL for each service, `http://` or `https://`. */
export interface Endpoints {
  /** Base URL of Lambda. Absent: `AWS_ENDPOINT_URL_LAMBDA`, then `AWS_ENDPOINT_URL`, then AWS's own. */
  readonly lambda?: string | undefined;

  /** Base URL of STS. Absent: `AWS_ENDPOINT_URL_STS`, then `AWS_ENDPOINT_URL`, then AWS's own. */
  readonly sts?: string | undefined;

  /** Base URL of the Parameter Store. Absent: `AWS_ENDPOINT_URL_SSM`, then `AWS_ENDPOINT_URL`, then AWS's own. */
  readonly ssm?: string | undefined;

  /**
   * Base URL of IAM Roles Anywhere. Absent: `AWS_ENDPOINT_URL_ROLESANYWHERE`, then `AWS_ENDPOINT_URL`, then AWS's own.
   */
  readonly rolesAnywhere?: string | undefined;
}

/**
 * Where AWS is, and as whom it is spoken to. Every part is optional; what is absent comes from the environment, as
 * AWS's own tools read it. The object is read once, when the connector is made.
 *
 * @example
 * const own = createConnector({ region: AWS_Region.eu_central_1, credentials: { accessKeyId, secretAccessKey } });
 */
export interface Connection {
  /**
   * Region: one of {@link domain!AWS_Region}, or any other well-formed region. Absent: `AWS_REGION`, then
   * `AWS_DEFAULT_REGION`, then the profile's region in AWS's configuration files.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html | AWS Region in the SDK guide}
   */
  readonly region?: AWS_Region | (string & Record<never, never>);

  /**
   * Keys: {@link domain!Credentials}, any object of the AWS SDK's credential shape, or a function that gives one.
   * Absent: the machine's own chain (environment, web identity, SSO, profile, container, instance).
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html | AWS's chain}
   */
  readonly credentials?: CredentialsLike | CredentialProvider;

  /**
   * Base URL for all services, or one for each, `http://` or `https://`. Absent: `AWS_ENDPOINT_URL_<SERVICE>`, then
   * `AWS_ENDPOINT_URL`, then AWS's own endpoints.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html | Endpoints in the SDK guide}
   */
  readonly endpoint?: string | Endpoints;

  /** Whether FIPS endpoints are used. Absent: `AWS_USE_FIPS_ENDPOINT`, then no. Not together with `endpoint`. */
  readonly useFips?: boolean;

  /**
   * Whether dual-stack endpoints (IPv4 and IPv6) are used. Absent: `AWS_USE_DUALSTACK_ENDPOINT`, then no. Not together
   * with `endpoint`.
   */
  readonly useDualStack?: boolean;

  /**
   * Longest time of one operation, in ms, over everything that it does; 1 to 2,147,483,647. Absent: 910,000 where a
   * function is invoked, so that one that runs for 15 minutes can answer; 30,000 for everything else.
   */
  readonly timeoutMs?: number;

  /** Longest time to connect, in ms, name resolution and TLS included; 1 to 2,147,483,647. Absent: 3,000. */
  readonly connectTimeoutMs?: number;

  /** Most sockets to one host, 1 to 65,535; further requests wait, within their time. Absent: 256. */
  readonly maxSockets?: number;

  /**
   * URL of an HTTP proxy, `http://` or `https://`, with user and password if it needs them. Absent: `HTTPS_PROXY` or
   * `HTTP_PROXY`, by the endpoint, unless `NO_PROXY` names its host; never for a host on this machine.
   */
  readonly proxy?: string;

  /**
   * Certificates to trust instead of the machine's own, PEM. Absent: those in the file that `AWS_CA_BUNDLE` names, then
   * the machine's own.
   */
  readonly ca?: string;

  /**
   * `false` trusts whoever answers, with any certificate or none worth the name: whoever is on the way can read keys and
   * payloads. For a test bench. Absent: `true`.
   */
  readonly rejectUnauthorized?: boolean;
}
