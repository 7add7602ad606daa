import type { AWS_Region, CredentialsLike } from "../../../domain";
import type { Input } from "../validation/Input";
import type { ConnectionRole } from "./ConnectionRole";

/**
 * Function that returns credentials. It is called on first use, and again when AWS rejects the credentials, or before they
 * expire: five minutes before `expiration`, or in the last quarter of their lifetime if that is shorter.
 *
 * Credentials that are still valid stay in use while it runs in the background, and also if it throws; it is then called
 * again after 1 to 60 seconds. If there are no valid credentials and it throws, or returns anything else than credentials,
 * operations throw `ERR_CREDENTIALS`.
 *
 * Until then, all connections with this function use what it returned. Use one function for each tenant.
 */
export type CredentialProvider = () =>
  CredentialsLike | Promise<CredentialsLike>;

/** Base URLs (`http://` or `https://`) of the services, all optional. */
export interface Endpoints {
  /** Base URL of Lambda. Defaults as {@link Connection.endpoint} describes, with `AWS_ENDPOINT_URL_LAMBDA` and `lambda`. */
  readonly lambda?: string | undefined;

  /** Base URL of STS. Defaults as {@link Connection.endpoint} describes, with `AWS_ENDPOINT_URL_STS` and `sts`. */
  readonly sts?: string | undefined;

  /** Base URL of SSM (Parameter Store). Defaults as {@link Connection.endpoint} describes, with `AWS_ENDPOINT_URL_SSM` and `ssm`. */
  readonly ssm?: string | undefined;

  /**
   * Base URL of IAM Roles Anywhere. Defaults as {@link Connection.endpoint} describes, with `AWS_ENDPOINT_URL_ROLESANYWHERE`
   * and `rolesanywhere`.
   */
  readonly rolesAnywhere?: string | undefined;
}

/**
 * Region, credentials and network settings for calls to AWS. All properties are optional; missing ones are read from the
 * environment, and then from AWS's shared configuration files, as AWS's own tools do. All operations, and the requests
 * that load credentials, use the same settings.
 *
 * The connection, the environment and the files are read once, when the connector or operation is created; later changes
 * have no effect. The files are those of `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or else `~/.aws/config` and
 * `~/.aws/credentials`; the profile is that of `AWS_PROFILE`, or else `default`.
 *
 * A missing region and missing credentials, for example because the profile does not exist, are errors of the first
 * operation that needs them.
 *
 * @example
 * const connector = createConnector({
 *   region: AWS_Region.eu_central_1,
 *   credentials: { accessKeyId, secretAccessKey },
 * });
 */
export interface Connection {
  /**
   * Region: a value of {@link domain!AWS_Region}, or any other well-formed region. For services with an `endpoint`, any
   * name of letters, digits and `-._~+@`, for example `local`. Requests are signed for it, so it must be one that the
   * endpoint accepts; the embedded AWS needs a region such as `eu-central-1`. Defaults to `AWS_REGION`, then `AWS_DEFAULT_REGION`, then
   * `region` of the profile, then the region of the EC2 instance, which the first call requests. If no region is found,
   * operations that need one throw `ERR_INVALID_INPUT`.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html | AWS Region in the SDK guide}
   */
  readonly region?: AWS_Region | (string & Record<never, never>) | undefined;

  /**
   * Credentials: {@link domain!Credentials}, any object in the AWS SDK's credential shape, or a function that returns
   * one. Defaults to AWS's default chain (environment, web identity, SSO, profile, container, instance).
   * The chain's requests to STS use this connection's region, unless the profile that assumes the role has its own.
   * If a source is configured and fails, operations throw `ERR_CREDENTIALS` with its reason, and do not use the next source:
   * for example if `AWS_PROFILE` names a profile that does not exist, or if a set of credentials is not complete.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html | AWS's default chain}
   */
  readonly credentials?: CredentialsLike | CredentialProvider | undefined;

  /**
   * Base URL for all services, or one per service, `http://` or `https://`, without user name, password, query and fragment.
   * Defaults to `AWS_ENDPOINT_URL_<SERVICE>`,
   * then `AWS_ENDPOINT_URL`, then `endpoint_url` of the service in the `services` section that the profile names, then
   * `endpoint_url` of the profile, then AWS's endpoints. `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, or
   * `ignore_configured_endpoint_urls` of the profile, turns all of these defaults off except AWS's endpoints.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html | Endpoints in the SDK guide}
   */
  readonly endpoint?: string | Endpoints | undefined;

  /**
   * Whether to use FIPS endpoints. Defaults to `AWS_USE_FIPS_ENDPOINT`, then `use_fips_endpoint` of the profile, then
   * `false`. Cannot be combined with an endpoint, wherever it is set.
   */
  readonly useFips?: boolean | undefined;

  /**
   * Whether to use dual-stack endpoints (IPv4 and IPv6). Defaults to `AWS_USE_DUALSTACK_ENDPOINT`, then
   * `use_dualstack_endpoint` of the profile, then `false`. Cannot be combined with an endpoint, wherever it is set.
   */
  readonly useDualStack?: boolean | undefined;

  /**
   * Timeout of one operation with everything that it does, in ms, 1 to 2,147,483,647. Defaults to 910,000 for operations
   * that invoke a function, so that a function that runs for 15 minutes can respond, and to 30,000 for all others.
   */
  readonly timeoutMs?: number | undefined;

  /**
   * Timeout for opening a socket, including name resolution, the proxy and TLS, in ms, 1 to 2,147,483,647. Defaults to
   * 3,000. If a host has several addresses, the next one is tried after 250 ms, while earlier ones can still respond.
   */
  readonly connectTimeoutMs?: number | undefined;

  /**
   * Maximum number of sockets per host, 1 to 65,535. Further requests wait for a free socket until they time out, and are
   * signed when they are sent. Defaults to 256.
   */
  readonly maxSockets?: number | undefined;

  /**
   * Maximum number of attempts per request, including the first, 1 to 10. With 1, no request is sent
   * again. Defaults to `AWS_MAX_ATTEMPTS`, then `max_attempts` of the profile, where more than 10 counts as 10, then 3.
   *
   * An invocation is sent again only if it certainly did not run, or if it is `idempotent`. `InvokeMany` additionally repeats
   * throttled invocations, for which it reduces its concurrency.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html | Retry behavior in the SDK guide}
   */
  readonly maxAttempts?: number | undefined;

  /**
   * URL of an HTTP proxy, `http://` or `https://`, with user name and password if the proxy requires them, percent-encoded.
   * Defaults to `HTTPS_PROXY` or `HTTP_PROXY`, depending on the endpoint's protocol, then `ALL_PROXY`, unless `NO_PROXY`
   * lists the host. Hosts on this machine never use a proxy from the environment, and neither do requests for the metadata
   * of containers and instances.
   */
  readonly proxy?: string | undefined;

  /**
   * CA certificates to trust instead of Node's default ones, for AWS and for an `https://` proxy: in PEM format, also with
   * `\n` as two characters or without line breaks, as bytes (PEM or DER), as base64 of these, or an array of these; at most 2 MB
   * each. Defaults to the file named by `AWS_CA_BUNDLE`, then the file named by `ca_bundle` of the profile, then Node's default
   * certificates.
   */
  readonly ca?:
    string | Uint8Array | readonly (string | Uint8Array)[] | undefined;

  /**
   * Whether to verify the TLS certificates of AWS and of an `https://` proxy. Defaults to `true`. With `false`, anyone on the network path can read
   * credentials and payloads: use it for tests only.
   */
  readonly rejectUnauthorized?: boolean | undefined;

  /**
   * Role under which every operation runs, usually of another account; or up to 5 roles, each of which is assumed with the
   * session of the previous one. Optional; defaults to no role: operations run as the caller.
   *
   * Requests that assume the first role, and read external IDs, are sent with `credentials`. All others are signed with the
   * session of the last role, also each page of a list and each invocation of a batch. Sessions are cached and renewed as
   * for {@link operations!AssumeRoleInvoke}, which itself assumes its role with the session of the last role.
   * If the role cannot be assumed, operations throw `ERR_CREDENTIALS`; they never fall back to `credentials`.
   *
   * By default, sessions are narrowed to what the operation needs: see {@link ConnectionRole.sessionPolicy}. A function name
   * without an account refers to a function in the account of the last role.
   *
   * `GetDefaultCredentials`, `GetStaticCredentials` and `GetSessionCredentials` do not use the role: they return credentials
   * that can assume it.
   *
   * @example
   * const connector = createConnector({
   *   region: AWS_Region.eu_central_1,
   *   role: [
   *     { roleArn: "arn:aws:iam::111122223333:role/hub" },
   *     {
   *       roleArn: "arn:aws:iam::222233334444:role/lister",
   *       externalIdKey: "acme/prod/trustKey",
   *     },
   *   ],
   * });
   * const functions = await connector.listFunctions();
   *
   * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining |
   * Role chaining in the IAM user guide}
   */
  readonly role?:
    Input<ConnectionRole> | readonly Input<ConnectionRole>[] | undefined;
}
