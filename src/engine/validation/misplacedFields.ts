/** Fields of the connection. `settings/` depends on this folder, so they are listed again; a test compares them. */
export const CONNECTION_FIELDS = [
  "region",
  "credentials",
  "endpoint",
  "useFips",
  "useDualStack",
  "timeoutMs",
  "connectTimeoutMs",
  "maxSockets",
  "maxAttempts",
  "proxy",
  "ca",
  "rejectUnauthorized",
  "role",
];

const CALL_OPTIONS = ["signal", "timeoutMs", "onProgress"];

/** Where fields belong that callers pass in another argument, as the rest of a sentence that starts with the field. */
export type Places = Readonly<Record<string, string>>;

function placesOf(fields: readonly string[], place: string): Places {
  return Object.fromEntries(fields.map((field) => [field, place]));
}

/** Fields of the connection's role, which are also fields of the requests that name a role themselves. */
const ROLE_FIELDS = ["roleArn", "externalId", "externalIdKey"];

const SETTINGS = {
  ...placesOf(
    CONNECTION_FIELDS,
    "belongs in the connection, for example in createConnector",
  ),
  ...placesOf(
    ROLE_FIELDS,
    "belongs in role of the connection, for example in createConnector({ role: { roleArn } })",
  ),
};

/** Fields that do not belong in a request. */
export const NOT_IN_REQUEST: Places = {
  ...SETTINGS,
  ...placesOf(
    CALL_OPTIONS,
    "belongs in the second argument, with the options of the call",
  ),
};

/** Fields that do not belong directly in a connection. */
export const NOT_IN_CONNECTION: Places = {
  ...placesOf(
    ["accessKeyId", "secretAccessKey", "sessionToken", "expiration"],
    "belongs in credentials, an object in the connection",
  ),
  ...placesOf(
    ["roleArn", "externalId", "externalIdKey", "sessionPolicy"],
    "belongs in role, an object in the connection",
  ),
  profile: "is not a field of this connection; set AWS_PROFILE instead",
};

/** Fields that do not belong in a contract. */
export const NOT_IN_CONTRACT: Places = {
  ...SETTINGS,
  ...placesOf(
    [...CALL_OPTIONS, "concurrency", "ordered", "resumeFile"],
    "belongs in the second argument of the typed function, with the options of the call",
  ),
};

/** Fields that do not belong in the options of a call, given those of its request. */
export function notInOptions(requestFields: readonly string[]): Places {
  return {
    ...SETTINGS,
    ...placesOf(requestFields, "belongs in the first argument, the request"),
  };
}
