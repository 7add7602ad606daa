import type { ProxyServer } from "../sockets/openTunnel";
import { ProxyError } from "../sockets/SocketError";
import { environmentVariable } from "../text/environmentVariable";
import { isListed, isLoopback } from "./noProxy";

/** A proxy, and how error messages describe it. */
export interface Proxy {
  readonly url: string;
  readonly server: ProxyServer;
  /** Host, port and where it is configured, for example `proxy.example:3128 from HTTPS_PROXY`; without user name and password. */
  readonly description: string;
}

/**
 * Returns the proxy for requests to an origin: the connection's `proxy`, or else the environment's.
 *
 * @throws {@link ProxyError} if the environment's proxy is not an HTTP proxy.
 */
export function findProxy(
  origin: string,
  configured?: string,
): Proxy | undefined {
  const url = configured ?? findEnvironmentProxy(origin);
  if (url === undefined) return undefined;
  const source =
    configured === undefined
      ? (findProxyVariable(origin) ?? "the environment")
      : "the connection";
  const parsed = parseProxyUrl(url);
  if (!parsed)
    throw new ProxyError(`${source} is not the URL of an HTTP proxy`, {
      advice: "Set it to a URL such as http://proxy.example:3128, or unset it",
      isPermanent: true,
    });
  const { hostname, port, protocol } = parsed;
  const server: ProxyServer = {
    protocol: protocol === "https:" ? "https:" : "http:",
    hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port || (protocol === "https:" ? 443 : 80)),
    authorization: toAuthorization(parsed),
  };
  return {
    url,
    server,
    description: `${hostname}:${server.port} from ${source}`,
  };
}

/**
 * Returns the URL of the proxy that the environment sets for an origin, in curl's order of variables. Hosts on this machine
 * are always reached directly.
 */
export function findEnvironmentProxy(origin: string): string | undefined {
  const name = findProxyVariable(origin);
  const value = name && environmentVariable(name)?.trim();
  if (!value) return undefined;
  const { hostname, port, protocol } = new URL(origin);
  if (isLoopback(hostname)) return undefined;
  const excluded = readVariable("no_proxy");
  const defaultPort = protocol === "https:" ? 443 : 80;
  if (
    excluded &&
    isListed({ hostname, port: Number(port || defaultPort) }, excluded)
  )
    return undefined;
  return value.includes("://") ? value : `http://${value}`;
}

/** Returns the name of the environment variable that sets a proxy for an origin. */
export function findProxyVariable(origin: string): string | undefined {
  const { protocol } = new URL(origin);
  return [protocol.replace(":", "_proxy"), "all_proxy"]
    .flatMap(spellings)
    .find((name) => environmentVariable(name) !== undefined);
}

/** The variables that can set a proxy, in lower case. */
const PROXY_VARIABLES = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"];

/** Returns the values of the environment's proxy variables; `undefined` for those that are not set. */
export function environmentProxies(): (string | undefined)[] {
  return PROXY_VARIABLES.map(readVariable);
}

function readVariable(name: string): string | undefined {
  return spellings(name).map(environmentVariable).find(Boolean);
}

/**
 * The spellings of a variable, in order of precedence. In a CGI program, a client sets `HTTP_PROXY` with a `Proxy` header
 * ({@link https://httpoxy.org | httpoxy}).
 */
function spellings(name: string): string[] {
  const isUnsafe =
    name === "http_proxy" && process.env["REQUEST_METHOD"] !== undefined;
  return isUnsafe ? [name] : [name, name.toUpperCase()];
}

/** Whether a value is the URL of an HTTP proxy. */
export function isProxyUrl(value: string): boolean {
  return parseProxyUrl(value) !== undefined;
}

function parseProxyUrl(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (!["http:", "https:"].includes(url.protocol)) return undefined;
  // A password with a `/`, `?` or `#` that is not percent-encoded: the host would be the user name.
  const { pathname, search, hash } = url;
  return `${pathname}${search}${hash}`.includes("@") ? undefined : url;
}

function toAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const login = [decode(username), Buffer.from(":"), decode(password)];
  return `Basic ${Buffer.concat(login).toString("base64")}`;
}

/** Decodes what is percent-encoded. A `%` that encodes nothing is taken literally. */
function decode(text: string): Buffer {
  const latin1 = text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(latin1, "latin1");
}

/**
 * Returns the passwords in the URLs of the connection's proxy, or else of the environment's proxies: as they are written,
 * decoded, and as they are sent.
 */
export function findProxyPasswords(configured?: string): string[] {
  const urls = configured === undefined ? environmentProxies() : [configured];
  const passwords = urls.flatMap((url = "") => {
    const value = url.trim();
    const parsed = parseProxyUrl(
      value.includes("://") ? value : `http://${value}`,
    );
    if (!parsed?.password) return [];
    const sent = toAuthorization(parsed)?.replace("Basic ", "") ?? "";
    return [parsed.password, decode(parsed.password).toString(), sent];
  });
  return [...new Set(passwords)];
}
