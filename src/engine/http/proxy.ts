import { isIP } from "node:net";
import { environmentVariable } from "./environmentVariable";

/** A proxy and how messages name it. */
export interface Proxy {
  readonly url: string;
  /** Host, port and where it is configured, for example `proxy.example:3128 from HTTPS_PROXY`; never its user and password. */
  readonly description: string;
}

/** The proxy for requests to an origin: the connection's, or else the environment's. */
export function proxyFor(origin: string, given?: string): Proxy | undefined {
  const url = given ?? environmentProxy(origin);
  if (url === undefined) return undefined;
  const { hostname, port, protocol } = new URL(url);
  const from =
    given === undefined ? proxyVariableName(origin) : "the connection";
  const defaultPort = protocol === "https:" ? "443" : "80";
  return {
    url,
    description: `${hostname}:${port || defaultPort} from ${from ?? "the environment"}`,
  };
}

/** The proxy that the environment sets for an origin; hosts on this machine are always reached directly. */
export function environmentProxy(origin: string): string | undefined {
  if (isLoopback(new URL(origin).hostname)) return undefined;
  if (proxyVariableName(origin) === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only if a proxy is set
  const { getProxyForUrl } = require("proxy-from-env") as {
    getProxyForUrl: (url: string) => string;
  };
  return getProxyForUrl(origin) || undefined;
}

/** The name of the environment variable that sets a proxy for an origin, by the rules of `proxy-from-env`. */
export function proxyVariableName(origin: string): string | undefined {
  const { protocol } = new URL(origin);
  return [protocol.replace(":", "_proxy"), "all_proxy"]
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => environmentVariable(name) !== undefined);
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIP(hostname) === 4 && hostname.startsWith("127.");
}
