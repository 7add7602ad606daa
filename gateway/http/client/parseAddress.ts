import { isIPv4, isIPv6, SocketAddress } from "node:net";

/** An IP address in the only spelling that the gateway uses. */
export interface Address {
  readonly text: string;
  readonly family: "ipv4" | "ipv6";
}

/** Longest IPv6 address with a zone, such as `%eth0`. Longer values are no addresses. */
const MAX_LENGTH = 64;

/**
 * Parses an IP address. IPv6 addresses get their shortest spelling, IPv4 addresses in an IPv6 form (`::ffff:192.0.2.1`) become IPv4
 * addresses, and zones (`fe80::1%eth0`) are removed.
 *
 * @returns `undefined` if it is not an address.
 */
export function parseAddress(value: string): Address | undefined {
  if (value.length > MAX_LENGTH) return undefined;
  if (isIPv4(value)) return { text: value, family: "ipv4" };
  if (!isIPv6(value)) return undefined;
  const address = value.replace(/%.*/, "");
  const { address: text } = new SocketAddress({ address, family: "ipv6" });
  const mapped = /^::ffff:([\d.]+)$/.exec(text)?.[1];
  return mapped === undefined
    ? { text, family: "ipv6" }
    : { text: mapped, family: "ipv4" };
}

/** An address, an address and a port, or an address in brackets with or without a port. */
const NODE = /^(?:\[([\da-f:.]+)\]|([\d.]+))(?::\d{1,5})?$/i;

/**
 * Parses an address as proxies write it into headers: with or without brackets and port.
 *
 * @returns `undefined` for anything else, for example `unknown`, or a name that hides the address.
 */
export function parseForwardedAddress(value: string): Address | undefined {
  if (value.length > MAX_LENGTH || value.includes("%")) return undefined;
  const [, inBrackets, plain] = NODE.exec(value) ?? [];
  if (inBrackets !== undefined)
    return isIPv6(inBrackets) ? parseAddress(inBrackets) : undefined;
  return parseAddress(plain ?? value);
}
