/** The string options that may hold expressions, by path. Values of variables are not among them. */
export const TEMPLATED_OPTIONS = [
  "region",
  "accessKey",
  "secretKey",
  "function",
  "invocationType",
  "qualifier",
  "logType",
  "roleArn",
  "roleSessionName",
  "payload",
  "endpoint",
  "ssl.trustStoreType",
  "ssl.trustStorePath",
  "ssl.trustStorePassword",
  "ssl.trustStoreContent",
] as const;

/** The path of a string option. */
export type TemplatedOption = (typeof TEMPLATED_OPTIONS)[number];

/** The options that decide which connector is used. */
export const CONNECTION_OPTIONS = TEMPLATED_OPTIONS.filter(
  (name) =>
    name.startsWith("ssl.") ||
    ["region", "accessKey", "secretKey", "endpoint"].includes(name),
);

/** The options that decide the AWS identity. Only these may use `#secrets`, as in Gravitee, and they must not evaluate to an empty string. */
export const IDENTITY_OPTIONS: ReadonlySet<string> = new Set<TemplatedOption>([
  "accessKey",
  "secretKey",
  "roleArn",
]);

/** Gravitee's default region. */
export const DEFAULT_REGION = "us-east-1";
