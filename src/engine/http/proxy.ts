import { isIP } from "node:net";
import { environmentVariable } from "./environmentVariable";

/** A proxy, and how error messages describe it. */
export interface Proxy {
  readonly url: string;
  /** Host, port and where it is configured, for example `proxy.example:3128 from HTTPS_PROXY`; without user name and password. */
  readonly description: string;
}

/** Returns the proxy for requests to an origin: the connection's `proxy`, or else the environment's. */
export function findProxy(
  origin: string,
  configured?: string,
): Proxy | undefined {
  const url = configured ?? findEnvironmentProxy(origin);
  if (url === undefined) return undefined;
  const { hostname, port, protocol } = new URL(url);
  const source =
    configured === undefined ? findProxyVariable(origin) : "the connection";
  const defaultPort = protocol === "https:" ? "443" : "80";
  return {
    url,
    description: `${hostname}:${port || defaultPort} from ${source ?? "the environment"}`,
  };
}

/** Returns the proxy that the environment sets for an origin. Hosts on this machine are always reached directly. */
export function findEnvironmentProxy(origin: string): string | undefined {
  if (isLoopback(new URL(origin).hostname)) return undefined;
  if (findProxyVariable(origin) === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only if a proxy is set
  const { getProxyForUrl } = require("proxy-from-env") as {
    getProxyForUrl: (url: string) => string;
  };
  return getProxyForUrl(origin) || undefined;
}

/** Returns the name of the environment variable that sets a proxy for an origin, in the order of `proxy-from-env`. */
export function findProxyVariable(origin: string): string | undefined {
  const { protocol } = new URL(origin);
  return [protocol.replace(":", "_proxy"), "all_proxy"]
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => environmentVariable(name) !== undefined);
}

/** The variables that can set a proxy, in lower case. */
const PROXY_VARIABLES = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"];

/** Returns the values of the environment's proxy variables; `undefined` for those that are not set. */
export function environmentProxies(): (string | undefined)[] {
  return PROXY_VARIABLES.map(
    (name) =>
      environmentVariable(name) ?? environmentVariable(name.toUpperCase()),
  );
}

/** Returns the passwords in the URLs of the connection's proxy, or else of the environment's proxies. */
export function findProxyPasswords(configured?: string): string[] {
  const urls = configured === undefined ? environmentProxies() : [configured];
  const passwords = urls.flatMap((url) => {
    const { password = "" } = url && URL.canParse(url) ? new URL(url) : {};
    return password === "" ? [] : [password, decode(password)];
  });
  return [...new Set(passwords)];
}

function decode(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIP(hostname) === 4 && hostname.startsWith("127.");
}
