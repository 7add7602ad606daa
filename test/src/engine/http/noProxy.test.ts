import * as fc from "fast-check";
import { isListed, isLoopback } from "../../../../src/engine/http/noProxy";

const isListedFor = (hostname: string, list: string, port = 443): boolean =>
  isListed({ hostname, port }, list);

const LAMBDA = "lambda.eu-central-1.amazonaws.com";

describe("NO_PROXY", () => {
  it.each<[string, string, number?]>([
    [LAMBDA, "*"],
    [LAMBDA, "other.example, *"],
    [LAMBDA, LAMBDA],
    [LAMBDA, "amazonaws.com"],
    [LAMBDA, ".amazonaws.com"],
    [LAMBDA, "*.amazonaws.com"],
    [LAMBDA, "com"],
    ["amazonaws.com", ".amazonaws.com"],
    [LAMBDA, "AmazonAWS.COM"],
    [LAMBDA, "amazonaws.com."],
    [`${LAMBDA}.`, "amazonaws.com"],
    [LAMBDA, "one.example,,amazonaws.com"],
    [LAMBDA, "one.example amazonaws.com"],
    [LAMBDA, "one.example , \tamazonaws.com "],
    [LAMBDA, "amazonaws.com:443"],
    [LAMBDA, ".amazonaws.com:8443", 8443],
    ["xn--bcher-kva.example", "bücher.example"],
    ["10.1.2.3", "10.1.2.3"],
    ["10.1.2.3", "10.1.2.3:8443", 8443],
    ["10.1.2.3", "10.0.0.0/8"],
    ["10.1.2.3", "10.9.9.9/8"],
    ["10.1.2.3", "10.1.2.3/32"],
    ["10.1.2.3", "0.0.0.0/0"],
    ["[fd00::1]", "fd00::1"],
    ["[fd00::1]", "[fd00::1]"],
    ["[fd00::1]", "[fd00::1]:443"],
    ["[fd00::1]", "FD00:0:0::0001"],
    ["[fd00::1]", "fd00::/8"],
    ["[fd00::1]", "[fd00::]/8"],
    ["[::ffff:a01:203]", "10.0.0.0/8"],
  ])("lists %s in %j", (hostname, list, port = 443) => {
    expect(isListedFor(hostname, list, port)).toBe(true);
  });

  it.each<[string, string, number?]>([
    [LAMBDA, ""],
    [LAMBDA, " , "],
    [LAMBDA, "."],
    [LAMBDA, "aws.com"],
    [LAMBDA, "lambda"],
    [LAMBDA, "s3.eu-central-1.amazonaws.com"],
    ["notexample.com", "example.com"],
    ["example.com", "www.example.com"],
    [LAMBDA, "amazonaws.com:8443"],
    [LAMBDA, "*amazonaws.*"],
    ["10.1.2.3", "2.3"],
    ["10.1.2.3", "10.1.2"],
    ["10.1.2.3", "11.0.0.0/8"],
    ["10.1.2.3", "10.1.2.3/33"],
    ["10.1.2.3", "10.0.0.0/"],
    ["10.1.2.3", "10.0.0.0/x"],
    ["10.1.2.3", "::/0"],
    ["[fd00::1]", "fd00::2"],
    ["[fd00::1]", "fd00::1/129"],
    ["[fd00::1]", "fe80::/10"],
    ["[fd00::1]", "[fd00::1]:8443"],
    [LAMBDA, "10.0.0.0/8"],
    [LAMBDA, "0.0.0.0/0"],
  ])("does not list %s in %j", (hostname, list, port = 443) => {
    expect(isListedFor(hostname, list, port)).toBe(false);
  });

  const label = fc.stringMatching(/^[a-z][a-z\d]{0,8}$/);
  const domain = fc
    .array(label, { minLength: 2, maxLength: 4 })
    .map((labels) => labels.join("."));

  it("lists a domain and its subdomains, but nothing that only ends with it", () => {
    fc.assert(
      fc.property(domain, label, (name, other) => {
        expect(isListedFor(name, name)).toBe(true);
        expect(isListedFor(`${other}.${name}`, name)).toBe(true);
        expect(isListedFor(`${other}.${name}`, `.${name.toUpperCase()}.`)).toBe(
          true,
        );
        expect(isListedFor(`${other}${name}`, name)).toBe(false);
      }),
    );
  });

  it("lists an address in a network exactly if the first bits are equal", () => {
    const toAddress = (bits: number): string =>
      [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
    const number = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(number, fc.nat(31), fc.nat(32), (address, flipped, size) => {
        const other = (address ^ (1 << (31 - flipped))) >>> 0;
        const network = `${toAddress(address)}/${size}`;

        expect(isListedFor(toAddress(other), network)).toBe(flipped >= size);
      }),
    );
  });

  it("accepts any list without an error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          domain,
          fc.ipV4(),
          fc.ipV6().map((ip) => `[${ip}]`),
        ),
        fc.string({ unit: fc.constantFrom(...Array.from("*.,:/[]0aé \t%")) }),
        (hostname, list) => {
          expect(typeof isListedFor(hostname, list)).toBe("boolean");
        },
      ),
    );
  });
});

describe("isLoopback", () => {
  it.each([
    ["localhost", true],
    ["localhost.", true],
    ["api.localhost", true],
    ["127.0.0.1", true],
    ["127.1.2.3", true],
    ["[::1]", true],
    ["[::ffff:7f00:1]", true],
    ["localhost.example", false],
    ["notlocalhost", false],
    ["128.0.0.1", false],
    ["[::2]", false],
  ])("of %s is %s", (hostname, expected) => {
    expect(isLoopback(hostname)).toBe(expected);
  });
});
