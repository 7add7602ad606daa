import { BlockList } from "node:net";
import { forwardedEntries, type ForwardedHeader } from "./forwardedEntries";
import {
  parseAddress,
  parseForwardedAddress,
  type Address,
} from "./parseAddress";

/** Proxies through which one request can pass. Entries of a header before those are not read. */
const MAX_ENTRIES = 64;

/** An address, or a network with the number of bits that its addresses have in common. */
interface Network {
  readonly address: Address;
  readonly prefix: number | undefined;
}

/** The proxies whose forwarding headers count, and the header that they append to. */
export class TrustedProxies {
  readonly #header: ForwardedHeader;
  // One list for both families would match IPv4 addresses with `::/0` in some versions of Node.
  readonly #lists = { ipv4: new BlockList(), ipv6: new BlockList() };

  /** @param networks - Addresses and networks that {@link isNetwork} accepts. */
  constructor(
    networks: readonly string[],
    header: ForwardedHeader = "x-forwarded-for",
  ) {
    this.#header = header;
    for (const each of networks) {
      const { address, prefix } = parseNetwork(each) ?? {};
      if (!address) continue;
      const { text, family } = address;
      if (prefix === undefined) this.#lists[family].addAddress(text, family);
      else this.#lists[family].addSubnet(text, prefix, family);
    }
  }

  /** Whether an address is one of a trusted proxy. */
  has(address: string | undefined): boolean {
    const parsed = parseAddress(address ?? "");
    return parsed !== undefined && this.#has(parsed);
  }

  /**
   * The address of the client: the last one in the header that is not of a trusted proxy. An entry that is not an address ends the search,
   * because everything before it can come from anywhere.
   *
   * @param peer - Address of the other end of the connection.
   * @param linesOf - Returns the lines of a header, as they arrived.
   */
  findClient(
    peer: string | undefined,
    linesOf: (name: string) => readonly string[],
  ): string | undefined {
    let client = parseAddress(peer ?? "");
    if (!client || !this.#has(client)) return client?.text ?? peer;
    let entries = 0;
    for (const entry of forwardedEntries(linesOf(this.#header), this.#header)) {
      const address = parseForwardedAddress(entry ?? "");
      if (!address || ++entries > MAX_ENTRIES) break;
      client = address;
      if (!this.#has(address)) break;
    }
    return client.text;
  }

  #has({ text, family }: Address): boolean {
    return this.#lists[family].check(text, family);
  }
}

/** Whether a value is an IP address or a network such as `10.0.0.0/8`. */
export const isNetwork = (value: unknown): boolean =>
  typeof value === "string" && parseNetwork(value) !== undefined;

function parseNetwork(value: string): Network | undefined {
  const [, text = "", bits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const address = parseAddress(text);
  if (!address) return undefined;
  if (bits === undefined) return { address, prefix: undefined };
  const isMapped = address.family === "ipv4" && text.includes(":");
  const prefix = Number(bits) - (isMapped ? 96 : 0);
  const longest = address.family === "ipv4" ? 32 : 128;
  return prefix >= 0 && prefix <= longest ? { address, prefix } : undefined;
}
