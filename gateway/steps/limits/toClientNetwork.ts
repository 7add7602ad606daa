import { isIPv6 } from "node:net";

/** The first 64 bits as Node writes them, and not those of an IPv4 address. Most addresses of IPv6 need no more work. */
const PLAIN_NETWORK =
  /^[1-9a-f][\da-f]{0,3}:(?:(?:0|[1-9a-f][\da-f]{0,3}):){3}/;

/**
 * What identifies a client by its address: an IPv4 address, also one that is written as IPv6 (`::ffff:192.0.2.1`), or the first 64 bits of an
 * IPv6 address, because a client usually has all addresses below them
 * ({@link https://www.rfc-editor.org/rfc/rfc6177.html | RFC 6177}). Anything else is returned unchanged.
 */
export function toClientNetwork(address: string): string {
  if (!address.includes(":")) return address;
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address)) return address.slice(7);
  if (!isIPv6(address)) return address;
  const [plain] = PLAIN_NETWORK.exec(address) ?? [];
  if (plain !== undefined) return `${plain}:/64`;
  const groups = toGroups(address);
  if (isMapped(groups)) return toDotted(groups.slice(6));
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

/** The eight groups of a valid IPv6 address. */
function toGroups(address: string): number[] {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const [before, after] = [readGroups(head), readGroups(tail ?? "")];
  const missing = 8 - before.length - after.length;
  return [...before, ...Array<number>(missing).fill(0), ...after];
}

const readGroups = (text: string): number[] =>
  text === ""
    ? []
    : text.split(":").flatMap((part) => {
        if (!part.includes(".")) return parseInt(part, 16);
        const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
        return [(a << 8) | b, (c << 8) | d];
      });

/** Whether it is an IPv4 address written as IPv6: `::ffff:0:0/96`. */
const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;

const toDotted = (groups: readonly number[]): string =>
  groups.flatMap((group) => [group >> 8, group & 0xff]).join(".");
