import { createHash } from "node:crypto";
import type { CredentialsLike } from "../../../domain";
import type { Issue } from "../../errors";
import type { Connection, CredentialProvider, Endpoints } from "./Connection";
import type { Input } from "../validation/Input";
import {
  environmentCertificates,
  environmentFlag,
  environmentRegion,
} from "./environment";
import { checkEnvironment, readEndpoints } from "./checkEnvironment";
import { CONNECTION_RULES } from "./connectionRules";
import { copyKnownFields } from "../validation/copyKnownFields";
import { throwIfInvalid } from "../validation/parse";
import { markRoleSession } from "./roleSession";

/** A connection, read once: checked, completed from the environment, and never changed. */
export interface Settings {
  /** Absent: only AWS's configuration files can tell. */
  readonly region?: string;
  /** Absent: the machine's own chain. */
  readonly credentials?: CredentialsLike | CredentialProvider;
  readonly endpoints: Endpoints;
  readonly useFips: boolean;
  readonly useDualStack: boolean;
  readonly timeoutMs?: number;
  readonly connectTimeoutMs: number;
  readonly maxSockets: number;
  readonly proxy?: string;
  readonly ca?: string;
  /** Absent: certificates are checked. */
  readonly rejectUnauthorized?: false;
  /** The same text for equal connections. Holds no secret. */
  readonly key: string;
  /** The same text for connections that ask the same AWS as the same caller, however they reach it. */
  readonly caller: string;
}

const CONNECT_TIMEOUT_MS = 3_000;
const MAX_SOCKETS = 256;

/**
 * Reads a connection.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule, and every unknown one.
 */
export function readConnection(
  connection: Input<Connection> | Settings,
  operation: string,
): Settings {
  if (isRead(connection)) return connection;
  const issues: Issue[] = [];
  const given = readFields(connection, issues);
  const ca = given.ca ?? trustedByEnvironment(issues);
  if (issues.length === 0) checkEnvironment(given, issues);
  throwIfInvalid(issues, {
    operation,
    outcome: "the connection cannot be used",
  });
  const settings = complete(ca === undefined ? given : { ...given, ca });
  read.add(settings);
  return settings;
}

/** A connector reads its connection once, and makes its operations over what it has read. */
const read = new WeakSet<object>();

function isRead(connection: object): connection is Settings {
  return read.has(connection);
}

/** The fields of a connection; what breaks a rule is noted. */
function readFields(connection: unknown, issues: Issue[]): Connection {
  if (typeof connection !== "object" || connection === null) {
    const message = "the connection takes an object with named fields";
    issues.push({ path: "", rule: "object", message });
    return {};
  }
  const known = copyKnownFields(connection, {
    what: "connection",
    fields: Object.keys(CONNECTION_RULES),
    issues,
  });
  for (const [path, rule] of Object.entries(CONNECTION_RULES)) {
    const message = wrong(rule, known[path], path);
    if (message !== undefined)
      issues.push({ path, rule: "connection", message });
  }
  const given = snapshot(known, issues);
  if (given.endpoint !== undefined && (given.useFips || given.useDualStack))
    issues.push({
      path: "endpoint",
      rule: "conflict",
      message: "endpoint cannot go together with useFips or useDualStack",
    });
  return given;
}

function wrong(
  rule: (value: unknown) => string | undefined,
  value: unknown,
  path: string,
): string | undefined {
  try {
    return value === undefined ? undefined : rule(value);
  } catch {
    return `${path} could not be read: something in it threw`;
  }
}

function trustedByEnvironment(issues: Issue[]): string | undefined {
  try {
    return environmentCertificates();
  } catch {
    issues.push({
      path: "ca",
      rule: "readable",
      message:
        "the file that AWS_CA_BUNDLE names could not be read; correct the variable or unset it",
    });
    return undefined;
  }
}

function complete(given: Connection): Settings {
  const region = given.region ?? environmentRegion();
  const { credentials, timeoutMs, proxy, ca, rejectUnauthorized } = given;
  const settings = {
    ...(region !== undefined && { region }),
    endpoints: readEndpoints(given.endpoint),
    useFips: given.useFips ?? environmentFlag("AWS_USE_FIPS_ENDPOINT"),
    useDualStack:
      given.useDualStack ?? environmentFlag("AWS_USE_DUALSTACK_ENDPOINT"),
    connectTimeoutMs: given.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    maxSockets: given.maxSockets ?? MAX_SOCKETS,
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
  const { endpoints, useFips, useDualStack } = settings;
  const caller = digest([
    credentialsKey(credentials),
    region,
    endpoints,
    useFips,
    useDualStack,
  ]);
  return {
    ...settings,
    key: digest([settings, caller]),
    caller,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(credentials && { credentials }),
  };
}

/** The caller's objects may change, or answer differently the next time; what was read from them does not. */
function snapshot(given: Connection, issues: Issue[]): Connection {
  const { credentials, endpoint } = given;
  if (issues.length > 0) return given;
  try {
    return {
      ...given,
      ...(typeof credentials === "object" && {
        credentials: copyKeys(credentials),
      }),
      ...(typeof endpoint === "object" && { endpoint: { ...endpoint } }),
    };
  } catch {
    const message = "the connection could not be read: a getter threw";
    issues.push({ path: "", rule: "readable", message });
    return given;
  }
}

function copyKeys(keys: CredentialsLike): CredentialsLike {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = keys;
  return markRoleSession(
    { accessKeyId, secretAccessKey, sessionToken, expiration },
    keys,
  );
}

const providers = new WeakMap<CredentialProvider, number>();
let providersSeen = 0;

function credentialsKey(credentials: Connection["credentials"]): unknown {
  if (credentials === undefined) return "chain";
  if (typeof credentials !== "function") {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    return [accessKeyId, secretAccessKey, sessionToken];
  }
  const seen = providers.get(credentials) ?? ++providersSeen;
  providers.set(credentials, seen);
  return seen;
}

function digest(facts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64url");
}
