import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { CredentialsLike } from "../../../domain";

/** A variable of the environment; empty ones count as absent, as AWS's tools count them. */
export function environmentVariable(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

/** The region that the environment names. */
export function environmentRegion(): string | undefined {
  return (
    environmentVariable("AWS_REGION") ??
    environmentVariable("AWS_DEFAULT_REGION")
  );
}

/** The endpoint that the environment names for one service. */
export function environmentEndpoint(
  service: "lambda" | "sts" | "ssm" | "rolesAnywhere",
): string | undefined {
  if (environmentVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") === "true")
    return undefined;
  return (
    environmentVariable(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ??
    environmentVariable("AWS_ENDPOINT_URL")
  );
}

/**
 * The keys that the environment holds; `undefined` where it names a profile, or holds none. The first link of AWS's own
 * chain, without loading the chain: so it is in Lambda itself.
 */
export function environmentCredentials(): CredentialsLike | undefined {
  const accessKeyId = environmentVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = environmentVariable("AWS_SECRET_ACCESS_KEY");
  if (environmentVariable("AWS_PROFILE") || !accessKeyId || !secretAccessKey)
    return undefined;
  const sessionToken = environmentVariable("AWS_SESSION_TOKEN");
  const expiry = environmentVariable("AWS_CREDENTIAL_EXPIRATION");
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiry !== undefined && { expiration: new Date(expiry) }),
  };
}

/** Whether the environment asks for a kind of endpoint. */
export function environmentFlag(
  name: "AWS_USE_FIPS_ENDPOINT" | "AWS_USE_DUALSTACK_ENDPOINT",
): boolean {
  return environmentVariable(name) === "true";
}

let bundle: { readonly file: string; readonly text: string } | undefined;

/** The certificates that the environment trusts; their file is read once. */
export function environmentCertificates(): string | undefined {
  const file = environmentVariable("AWS_CA_BUNDLE");
  if (file === undefined) return undefined;
  if (bundle?.file !== file)
    bundle = { file, text: readFileSync(file, "utf8") };
  return bundle.text;
}

/** The proxy that the environment names for a host; never one for a host on this machine. */
export function environmentProxy(origin: string): string | undefined {
  if (isLoopback(new URL(origin).hostname)) return undefined;
  if (proxyVariable(origin) === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when there is a proxy to read
  const { getProxyForUrl } = require("proxy-from-env") as {
    getProxyForUrl: (url: string) => string;
  };
  return getProxyForUrl(origin) || undefined;
}

/** The variable in which the environment names a proxy for an origin, as `proxy-from-env` looks for it. */
export function proxyVariable(origin: string): string | undefined {
  const { protocol } = new URL(origin);
  return [protocol.replace(":", "_proxy"), "all_proxy"]
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => environmentVariable(name) !== undefined);
}

/** A proxy, and what a message says of it. */
export interface Proxy {
  readonly url: string;
  /** Host, port and who named it, for example `proxy.example:3128 from HTTPS_PROXY`; never its user and password. */
  readonly description: string;
}

/** The proxy on the way to an origin: the connection's, or else the environment's. */
export function proxyFor(origin: string, given?: string): Proxy | undefined {
  const url = given ?? environmentProxy(origin);
  if (url === undefined) return undefined;
  const { hostname, port, protocol } = new URL(url);
  const from = given === undefined ? proxyVariable(origin) : "the connection";
  const usual = protocol === "https:" ? "443" : "80";
  return {
    url,
    description: `${hostname}:${port || usual} from ${from ?? "nobody"}`,
  };
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIP(hostname) === 4 && hostname.startsWith("127.");
}
