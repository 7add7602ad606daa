import type { Issue } from "../../errors";
import type { Connection, CredentialProvider } from "./Connection";
import { cacheKey } from "./cacheKey";
import type { Input } from "../validation/Input";
import { certificatesKey } from "./certificates";
import { checkProxies } from "./checkProxies";
import { CONNECTION_RULES } from "./connectionRules";
import { copyCredentials, credentialsKey } from "./connectionCredentials";
import { environmentProxies, findProxyPasswords } from "../http/proxy";
import { SERVICES } from "../http/serviceEndpoint";
import {
  resolveSettings,
  type CheckedConnection,
  type ResolvedSettings,
} from "./resolveSettings";
import type { ValidCredentials } from "./ValidCredentials";
import { SettingSources, type ResolveContext } from "./SettingSources";
import { copyKnownFields } from "../validation/copyKnownFields";
import { NOT_IN_CONNECTION } from "../validation/misplacedFields";
import { throwIfInvalid } from "../validation/parse";
import type { Rule, Violation } from "../validation/Rule";
import { toCertificates } from "../text/toCertificates";
import { findRegionIssue, readRoles } from "./readRoles";
import type { RoleInConnection } from "./roleFields";

/** A validated connection, completed from the environment and the shared configuration files. It never changes. */
export interface Settings extends ResolvedSettings {
  /** Missing for AWS's default chain. */
  readonly credentials?: ValidCredentials | CredentialProvider;
  /** The profile that `AWS_PROFILE` selects for the default chain. Missing if there are credentials, or none is selected. */
  readonly profile?: string;
  /** The region in the profile. The default chain assumes the profile's role there. Missing if there are credentials, or none is set. */
  readonly profileRegion?: string;
  readonly timeoutMs?: number;
  readonly connectTimeoutMs: number;
  readonly maxSockets: number;
  readonly proxy?: string;
  /** Missing if certificates are verified. */
  readonly rejectUnauthorized?: false;
  /** The roles under which operations run, in the order in which they are assumed. Missing if there are none. */
  readonly role?: readonly RoleInConnection[];
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
 * Validates a connection and completes it from the environment and the shared configuration files. Settings are returned as
 * they are.
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
  const role =
    given.role === undefined ? undefined : readRoles(given.role, issues);
  throwIfInvalid(issues, { operation, outcome: "" });
  const context = { sources: new SettingSources(), issues };
  const settings = complete(given, role, context);
  throwIfInvalid(issues, { operation, outcome: "" });
  return ReadSettings.from(settings);
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
function readFields(connection: unknown, issues: Issue[]): CheckedConnection {
  if (typeof connection !== "object" || connection === null) {
    const message = "the connection must be an object";
    issues.push({ path: "", rule: "object", message });
    return {};
  }
  const fields = copyKnownFields(connection, {
    what: "connection",
    fields: Object.keys(CONNECTION_RULES),
    issues,
    elsewhere: () => NOT_IN_CONNECTION,
  });
  for (const [path, rule] of Object.entries(CONNECTION_RULES)) {
    const violation = applyRule(rule, fields[path], path);
    if (violation) issues.push({ path, ...violation });
  }
  return copyNested(fields, issues);
}

function applyRule(
  rule: Rule,
  value: unknown,
  path: string,
): Violation | undefined {
  try {
    return value === undefined ? undefined : rule(value);
  } catch {
    const message = `${path} could not be read because a getter or proxy threw`;
    return { rule: "readable", message };
  }
}

/** The rules have been checked, and the object has been copied. */
type Checked = NonNullable<Settings["credentials"]>;

function complete(
  connection: CheckedConnection,
  role: readonly RoleInConnection[] | undefined,
  context: ResolveContext,
): Settings {
  const { credentials, timeoutMs, proxy, rejectUnauthorized } = connection;
  const resolved = resolveSettings(connection, context);
  if (proxy === undefined && context.issues.length === 0)
    checkProxies(resolved, context.issues);
  if (role) context.issues.push(...findRegionIssue(role, resolved.region));
  const settings = {
    ...resolved,
    ...(!credentials && readProfile(context)),
    connectTimeoutMs: connection.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    maxSockets: connection.maxSockets ?? MAX_SOCKETS,
    ...(proxy !== undefined && { proxy }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
  const trust = trustKey(settings);
  const { connectTimeoutMs, maxSockets, maxAttempts } = settings;
  const proxyPasswords = findProxyPasswords(proxy);
  return {
    ...settings,
    key: cacheKey(
      "connection",
      trust,
      [connectTimeoutMs, maxSockets, maxAttempts],
      credentialsKey(credentials),
      role?.map((each) => ({ ...each.role })),
    ),
    trust,
    ...(proxyPasswords.length > 0 && { proxyPasswords }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(credentials && { credentials: credentials as Checked }),
    ...(role && { role }),
  };
}

/** Reads what the default chain needs to know about the profile. */
function readProfile({
  sources,
}: ResolveContext): Pick<Settings, "profile" | "profileRegion"> {
  const { selected } = sources;
  const found = sources.findInProfile({
    key: "region",
    preferred: "credentials",
  });
  return {
    ...(selected !== undefined && { profile: selected }),
    ...(found && { profileRegion: found.value }),
  };
}

/** Copies the caller's nested objects: they can change, or have getters that return something else the next time. */
function copyNested(
  connection: Connection,
  issues: Issue[],
): CheckedConnection {
  const { ca, ...others } = connection;
  const { credentials, endpoint } = connection;
  if (issues.length > 0) return others;
  try {
    return {
      ...others,
      ...(typeof credentials === "object" && {
        credentials: copyCredentials(credentials),
      }),
      ...(typeof endpoint === "object" && { endpoint: { ...endpoint } }),
      ...(ca !== undefined && { ca: toCertificates(ca) ?? "" }),
    };
  } catch {
    const message = "the connection could not be read because a getter threw";
    issues.push({ path: "", rule: "readable", message });
    return others;
  }
}

function trustKey({
  region,
  profileRegion,
  endpoints,
  ignoresConfiguredEndpoints,
  useFips,
  useDualStack,
  proxy,
  ca,
  rejectUnauthorized,
}: Omit<Settings, "key" | "trust">): string {
  return cacheKey(
    "trust",
    [region, profileRegion],
    [SERVICES.map((service) => endpoints[service]), ignoresConfiguredEndpoints],
    [useFips, useDualStack],
    [proxy ?? environmentProxies(), certificatesKey(ca), rejectUnauthorized],
  );
}
