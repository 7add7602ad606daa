import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";

/** A host, as its URL names it, and the port of the request. */
export interface Destination {
  /** Name or address; an IPv6 address can be in brackets. */
  readonly hostname: string;
  readonly port: number;
}

/**
 * Whether `NO_PROXY` lists a host. The entries are separated by commas or whitespace:
 *
 * | entry | matches |
 * | --- | --- |
 * | `*` | every host |
 * | `example.com`, `.example.com`, `*.example.com` | the domain and its subdomains, in upper or lower case |
 * | `10.1.2.3`, `fd00::1`, `[fd00::1]` | the address, however it is written |
 * | `10.0.0.0/8`, `fd00::/8` | the addresses of the network |
 * | an entry with a port, `example.com:8443` | the host on this port only |
 *
 * A final period is ignored. As in curl, except for entries with a port and `*.`, which curl ignores and which are read as by
 * Go and the AWS CLI. Addresses match only hosts that are given as an address: names are not resolved.
 *
 * Source: {@link https://curl.se/libcurl/c/CURLOPT_NOPROXY.html | CURLOPT_NOPROXY},
 * {@link https://pkg.go.dev/golang.org/x/net/http/httpproxy | Go's httpproxy}.
 */
export function isListed(destination: Destination, list: string): boolean {
  const host = toHost(destination.hostname);
  return list
    .split(/[\s,]+/)
    .some((entry) => matches(entry, { ...destination, hostname: host }));
}

/** Whether a host is this machine: a name or address of the loopback interface. */
export function isLoopback(hostname: string): boolean {
  const host = toHost(hostname);
  if (isIP(host))
    return isInNetwork(host, "127.0.0.0/8") || isSame(host, "::1");
  return host === "localhost" || host.endsWith(".localhost");
}

function matches(entry: string, { hostname, port }: Destination): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return isInNetwork(hostname, entry);
  const withPort = isIP(entry) ? null : /^(.*):(\d{1,5})$/.exec(entry);
  if (withPort && Number(withPort[2]) !== port) return false;
  const name = toHost((withPort?.[1] ?? entry).replace(/^\*?\./, ""));
  if (name === "") return false;
  if (isIP(name) || isIP(hostname)) return isSame(hostname, name);
  return hostname === name || hostname.endsWith(`.${name}`);
}

/** In lower case and ASCII, without brackets and final period. */
function toHost(hostname: string): string {
  const host = hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  return isIP(host) ? host : domainToASCII(host) || host.toLowerCase();
}

function isSame(host: string, address: string): boolean {
  return isInNetwork(host, `${address}/${isIP(address) === 4 ? 32 : 128}`);
}

function isInNetwork(host: string, network: string): boolean {
  const [, address = "", bits = ""] =
    /^\[?([^\]/]*)\]?\/(\d{1,3})$/.exec(network) ?? [];
  const version = isIP(address);
  // An IPv6 address can contain an IPv4 address and be in its network, but not the other way around.
  if (version === 0 || isIP(host) < version) return false;
  if (Number(bits) > (version === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), version === 4 ? "ipv4" : "ipv6");
  return list.check(host, isIP(host) === 4 ? "ipv4" : "ipv6");
}
