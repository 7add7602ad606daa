import type { CredentialsLike } from "../../../domain";
import type { Issue } from "../../errors";
import type { Connection, CredentialProvider, Endpoints } from "./Connection";
import { cacheKey, type KeyPart } from "./cacheKey";
import { copyDate } from "./copyDate";
import type { Input } from "../validation/Input";
import {
  environmentCertificates,
  environmentFlag,
  environmentRegion,
} from "./environment";
import { checkEnvironment, readEndpoints } from "./checkEnvironment";
import { CONNECTION_RULES, SERVICES } from "./connectionRules";
import { environmentProxies, findProxyPasswords } from "../http/proxy";
import { copyKnownFields } from "../validation/copyKnownFields";
import { throwIfInvalid } from "../validation/parse";
import { isRoleSession, markRoleSession } from "./roleSession";

/** A validated connection, completed from the environment. It never changes. */
export interface Settings {
  /** Missing if only AWS's shared configuration files can contain it. */
  readonly region?: string;
  /** Missing for the AWS SDK's default chain. */
  readonly credentials?: CredentialsLike | CredentialProvider;
  readonly endpoints: Endpoints;
  readonly useFips: boolean;
  readonly useDualStack: boolean;
  readonly timeoutMs?: number;
  readonly connectTimeoutMs: number;
  readonly maxSockets: number;
  readonly proxy?: string;
  readonly ca?: string;
  /** Missing if certificates are verified. */
  readonly rejectUnauthorized?: false;
  /** Equal for equal connections. Contains no secret. */
  readonly key: string;
  /**
   * Equal for connections that trust the same servers: equal region, endpoints, FIPS and dual-stack settings, proxy and
   * certificates. What a connection received from AWS is used only by connections with the same key. Contains no secret.
   */
  readonly trust: string;
  /** Passwords of the connection's proxy or of the environment's proxies. Missing if there are none. */
  readonly proxyPasswords?: readonly string[];
}

const CONNECT_TIMEOUT_MS = 3_000;
const MAX_SOCKETS = 256;

/**
 * Validates a connection and completes it from the environment. Settings are returned as they are.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each invalid or unknown property.
 */
export function readConnection(
  connection: Input<Connection> | Settings,
  operation: string,
): Settings {
  if (ReadSettings.is(connection)) return connection;
  const issues: Issue[] = [];
  const given = readFields(connection, issues);
  const ca = given.ca ?? readEnvironmentCertificates(issues);
  if (issues.length === 0) checkEnvironment(given, issues);
  throwIfInvalid(issues, { operation, outcome: "" });
  return ReadSettings.from(
    toSettings(ca === undefined ? given : { ...given, ca }),
  );
}

/**
 * Settings that {@link readConnection} returned: a connector reads its connection once and passes the settings to each of
 * its operations. The private field recognizes them without touching the object, which can be a proxy that throws.
 */
class ReadSettings {
  readonly #isRead = true;

  static from(settings: Settings): Settings {
    return Object.assign(new ReadSettings(), settings);
  }

  static is(connection: unknown): connection is Settings {
    return (
      typeof connection === "object" &&
      connection !== null &&
      #isRead in connection
    );
  }
}

/** Copies the properties of a connection and adds an issue for each invalid one. */
function readFields(connection: unknown, issues: Issue[]): Connection {
  if (typeof connection !== "object" || connection === null) {
    const message = "the connection must be an object";
    issues.push({ path: "", rule: "object", message });
    return {};
  }
  const fields = copyKnownFields(connection, {
    what: "connection",
    fields: Object.keys(CONNECTION_RULES),
    issues,
  });
  for (const [path, rule] of Object.entries(CONNECTION_RULES)) {
    const message = applyRule(rule, fields[path], path);
    if (message !== undefined)
      issues.push({ path, rule: "connection", message });
  }
  const given = copyNested(fields, issues);
  if (given.endpoint !== undefined && (given.useFips || given.useDualStack))
    issues.push({
      path: "endpoint",
      rule: "conflict",
      message:
        "endpoint cannot be combined with useFips or useDualStack; omit endpoint, or set both to false",
    });
  return given;
}

function applyRule(
  rule: (value: unknown) => string | undefined,
  value: unknown,
  path: string,
): string | undefined {
  try {
    return value === undefined ? undefined : rule(value);
  } catch {
    return `${path} could not be read because a getter or proxy threw`;
  }
}

function readEnvironmentCertificates(issues: Issue[]): string | undefined {
  try {
    return environmentCertificates();
  } catch {
    issues.push({
      path: "ca",
      rule: "readable",
      message:
        "the file named by AWS_CA_BUNDLE could not be read; correct the variable or unset it",
    });
    return undefined;
  }
}

function toSettings(connection: Connection): Settings {
  const region = connection.region ?? environmentRegion();
  const { credentials, timeoutMs, proxy, ca, rejectUnauthorized } = connection;
  const settings = {
    ...(region !== undefined && { region }),
    endpoints: readEndpoints(connection.endpoint),
    useFips: connection.useFips ?? environmentFlag("AWS_USE_FIPS_ENDPOINT"),
    useDualStack:
      connection.useDualStack ?? environmentFlag("AWS_USE_DUALSTACK_ENDPOINT"),
    connectTimeoutMs: connection.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    maxSockets: connection.maxSockets ?? MAX_SOCKETS,
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
  const trust = trustKey(settings);
  const { connectTimeoutMs, maxSockets } = settings;
  const proxyPasswords = findProxyPasswords(proxy);
  return {
    ...settings,
    key: cacheKey(
      "connection",
      trust,
      [connectTimeoutMs, maxSockets],
      credentialsKey(credentials),
    ),
    trust,
    ...(proxyPasswords.length > 0 && { proxyPasswords }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(credentials && { credentials }),
  };
}

/** Copies the caller's nested objects: they can change, or have getters that return something else the next time. */
function copyNested(connection: Connection, issues: Issue[]): Connection {
  const { credentials, endpoint } = connection;
  if (issues.length > 0) return connection;
  try {
    return {
      ...connection,
      ...(typeof credentials === "object" && {
        credentials: copyCredentials(credentials),
      }),
      ...(typeof endpoint === "object" && { endpoint: { ...endpoint } }),
    };
  } catch {
    const message = "the connection could not be read because a getter threw";
    issues.push({ path: "", rule: "readable", message });
    return connection;
  }
}

function copyCredentials(credentials: CredentialsLike): CredentialsLike {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const { expiration: given } = credentials;
  // The rules reject what is not a date.
  const expiration = copyDate(given) ?? given;
  return markRoleSession(
    { accessKeyId, secretAccessKey, sessionToken, expiration },
    credentials,
  );
}

/** Numbers the provider functions. By identity, because they are the caller's objects and are never written to. */
const providerIds = new WeakMap<CredentialProvider, number>();
let lastProviderId = 0;

function credentialsKey(credentials: Connection["credentials"]): KeyPart {
  if (credentials === undefined) return "chain";
  if (typeof credentials !== "function") {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } =
      credentials;
    const isChained = isRoleSession(credentials);
    return [accessKeyId, secretAccessKey, sessionToken, expiration, isChained];
  }
  const id = providerIds.get(credentials) ?? ++lastProviderId;
  providerIds.set(credentials, id);
  return id;
}

function trustKey({
  region,
  endpoints,
  useFips,
  useDualStack,
  proxy,
  ca,
  rejectUnauthorized,
}: Omit<Settings, "key" | "trust">): string {
  return cacheKey(
    "trust",
    [region, SERVICES.map((service) => endpoints[service])],
    [useFips, useDualStack],
    [proxy ?? environmentProxies(), ca, rejectUnauthorized],
  );
}
