import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import {
  isNetwork,
  TrustedProxies,
} from "../../../../gateway/http/client/TrustedProxies";

const PROXIES = ["10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48"];
const TRUSTED = ["10.1.2.3", "10.255.0.1", "192.0.2.7", "2001:db8:1::9"];
const OTHER = ["203.0.113.5", "11.0.0.1", "2001:db8:2::9", "192.0.2.8"];
const INVALID = ["unknown", "_hidden", "", "10.0.0.300", "1.2.3.4:", "a, b"];

const find = (
  peer: string | undefined,
  lines: readonly string[],
  header: "x-forwarded-for" | "forwarded" = "x-forwarded-for",
): string | undefined =>
  new TrustedProxies(PROXIES, header).findClient(peer, (name) =>
    name === header ? lines : ["198.51.100.1"],
  );

/** An address as a proxy may write it. */
function spell(address: string, style: number): string {
  if (isIPv6(address))
    return (
      [address, `[${address}]`, `[${address}]:443`, address.toUpperCase()].at(
        style % 4,
      ) ?? address
    );
  return (
    [address, `${address}:8080`, `::ffff:${address}`, ` ${address}\t`].at(
      style % 4,
    ) ?? address
  );
}

/** The obvious way: all addresses from the left to the right, and then back. */
function findSlowly(peer: string, lines: readonly string[]): string {
  const all = [...lines.flatMap((line) => line.split(",")), peer];
  const plain = all.map((each) => {
    const text = each.trim().toLowerCase();
    const [, inBrackets] = /^\[(.*?)\](?::\d+)?$/.exec(text) ?? [];
    if (inBrackets !== undefined) return inBrackets;
    const v4 = text.replace(/^::ffff:/, "").replace(/^([\d.]+):\d+$/, "$1");
    return isIPv4(v4) || isIPv6(v4) ? v4 : undefined;
  });
  let client = peer;
  for (const each of plain.reverse()) {
    if (each === undefined) return client;
    client = each;
    if (!TRUSTED.includes(each)) return client;
  }
  return client;
}

describe("TrustedProxies", () => {
  it("finds the same client as a search through all entries", () => {
    const entry = fc
      .tuple(
        fc.constantFrom(...TRUSTED, ...TRUSTED, ...OTHER, ...INVALID),
        fc.nat(3),
      )
      .map(([address, style]) =>
        isIPv4(address) || isIPv6(address) ? spell(address, style) : address,
      );
    const line = fc
      .array(entry, { minLength: 1, maxLength: 6 })
      .map((entries) => entries.join(","));
    fc.assert(
      fc.property(
        fc.constantFrom(...TRUSTED, ...OTHER),
        fc.array(line, { maxLength: 3 }),
        (peer, lines) => {
          expect(find(peer, lines)).toBe(findSlowly(peer, lines));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("finds the client behind every prefix of a Forwarded header that it could have sent", () => {
    const element = fc
      .tuple(fc.constantFrom(...TRUSTED), fc.nat(3))
      .map(([address, style]) => {
        const node = isIPv6(address) ? `"[${address}]:80"` : `"${address}:1"`;
        return (
          [
            `for=${node}`,
            `For=${node};proto=https`,
            `proto=http; FOR=${node} ;host="a,b;c\\"d"`,
            `by=_x;for=${node}`,
          ].at(style) ?? address
        );
      });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'",;=\\ for[]1.:'.split("")) }),
        fc.array(element, { maxLength: 4 }),
        (forged, behind) => {
          const line = [forged, "for=203.0.113.5", ...behind].join(", ");
          expect(find("10.0.0.1", [line], "forwarded")).toBe("203.0.113.5");
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ["for=unknown", "10.0.0.1"],
    ["for=_hidden", "10.0.0.1"],
    ["proto=https", "10.0.0.1"],
    ["for=1.2.3.4;for=203.0.113.9", "10.0.0.1"],
    ['for="203.0.113.9', "10.0.0.1"],
    ["for=203.0.113.9 x", "10.0.0.1"],
    ['for="203.0.113.9:_port"', "10.0.0.1"],
    [`for=203.0.113.9;host=${"x".repeat(600)}`, "10.0.0.1"],
    ['for="\\2\\03.0.113.9"', "203.0.113.9"],
  ])("reads the Forwarded header %s as %s", (line, client) => {
    expect(find("10.0.0.1", [line], "forwarded")).toBe(client);
  });

  it("ignores the header of a peer that is not trusted", () => {
    expect(find("203.0.113.5", ["198.51.100.1"])).toBe("203.0.113.5");
  });

  it("knows no client if the host does not know the peer", () => {
    expect(find(undefined, ["198.51.100.1"])).toBeUndefined();
  });

  it("reads at most 64 entries, and no entry that is longer than an address", () => {
    const chain = (length: number): string[] => [
      ["198.51.100.1", ...Array<string>(length).fill("10.0.0.2")].join(","),
    ];
    expect(find("10.0.0.1", chain(63))).toBe("198.51.100.1");
    expect(find("10.0.0.1", chain(64))).toBe("10.0.0.2");
    expect(find("10.0.0.1", [`${"1".repeat(100_000)}, 10.0.0.2`])).toBe(
      "10.0.0.2",
    );
  });

  it("unwraps IPv4 addresses and removes zones of the peer", () => {
    expect(find("::ffff:10.0.0.1", ["::ffff:cb00:7105"])).toBe("203.0.113.5");
    expect(find("fe80::1%eth0", [])).toBe("fe80::1");
  });

  it("distinguishes the networks of all IPv4 and all IPv6 addresses", () => {
    const all = (network: string): boolean[] =>
      ["203.0.113.5", "2001:db8::1"].map((each) =>
        new TrustedProxies([network]).has(each),
      );
    expect(all("0.0.0.0/0")).toEqual([true, false]);
    expect(all("::/0")).toEqual([false, true]);
  });
});

describe("isNetwork", () => {
  it.each(["10.0.0.1", "10.0.0.0/8", "::1", "::ffff:10.0.0.0/104", "::/0"])(
    "accepts %s",
    (value) => {
      expect(isNetwork(value)).toBe(true);
    },
  );

  it.each([
    "",
    "10.0.0",
    "10.0.0.0/33",
    "::/129",
    "::ffff:10.0.0.0/95",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "010.0.0.1",
    "loopback",
    "fe80::1%eth0",
    "10.0.0.1:80",
    "10.0.0.0/-1",
    8,
    null,
  ])("refuses %j", (value) => {
    expect(isNetwork(value)).toBe(false);
  });
});
