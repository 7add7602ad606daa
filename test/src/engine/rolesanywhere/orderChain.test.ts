import { X509Certificate } from "node:crypto";
import { orderChain } from "../../../../src/engine/rolesanywhere/orderChain";

interface KeyPair {
  readonly publicKey: object;
  readonly privateKey: object;
}

interface Certificate {
  publicKey: object;
  serialNumber: string;
  readonly validity: { notBefore: Date; notAfter: Date };
  setSubject(name: readonly object[]): void;
  setIssuer(name: readonly object[]): void;
  setExtensions(extensions: readonly object[]): void;
  sign(key: object): void;
}

/** The part of node-forge in use: Node cannot issue certificates. */
const { pki } = jest.requireActual<{
  readonly pki: {
    readonly rsa: { generateKeyPair(options: object): KeyPair };
    createCertificate(): Certificate;
    certificateToPem(certificate: Certificate): string;
  };
}>("node-forge");

const keys = new Map<string, KeyPair>();

function keyOf(name: string): KeyPair {
  const key = keys.get(name) ?? pki.rsa.generateKeyPair({ bits: 1024 });
  keys.set(name, key);
  return key;
}

let serial = 0;

/** Issues a certificate for a subject. Equal names have equal keys, so a subject with two issuers is cross-signed. */
function issue(subject: string, issuer: string): X509Certificate {
  const certificate = pki.createCertificate();
  certificate.publicKey = keyOf(subject).publicKey;
  certificate.serialNumber = `0${++serial}`;
  certificate.validity.notBefore = new Date(0);
  certificate.validity.notAfter = new Date(4e12);
  certificate.setSubject([{ name: "commonName", value: subject }]);
  certificate.setIssuer([{ name: "commonName", value: issuer }]);
  certificate.setExtensions([
    { name: "basicConstraints", cA: subject !== "leaf" },
  ]);
  certificate.sign(keyOf(issuer).privateKey);
  return new X509Certificate(pki.certificateToPem(certificate));
}

/** All orders of a list. */
function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [
      item,
      ...rest,
    ]),
  );
}

const describePath = (path: readonly X509Certificate[]): string[] =>
  path.map(({ subject, issuer }) =>
    `${subject} by ${issuer}`.replaceAll("CN=", ""),
  );

describe("orderChain", () => {
  const leaf = issue("leaf", "middle");

  it.each<[string, readonly X509Certificate[], readonly string[]]>([
    ["no other certificates", [], []],
    ["one intermediate", [issue("middle", "new")], ["middle by new"]],
    [
      "a root that is signed by itself and by an older root",
      [
        issue("middle", "new"),
        issue("new", "new"),
        issue("new", "old"),
        issue("old", "old"),
      ],
      ["middle by new", "new by old"],
    ],
    [
      "an intermediate with two issuers, one of which leads further",
      [issue("middle", "new"), issue("middle", "other"), issue("new", "old")],
      ["middle by new", "new by old"],
    ],
    [
      "an intermediate with two issuers, one of which is given",
      [issue("middle", "new"), issue("middle", "old"), issue("old", "old")],
      ["middle by old"],
    ],
    [
      "two authorities that have signed each other",
      [
        issue("middle", "new"),
        issue("new", "old"),
        issue("old", "new"),
        issue("old", "old"),
        issue("new", "new"),
      ],
      ["middle by new", "new by old", "old by new"],
    ],
  ])("finds the longest path in any order with %s", (_, others, path) => {
    for (const order of permutations([leaf, ...others]))
      expect(describePath(orderChain(leaf, order))).toEqual(path);
  });

  it("refuses a certificate that is part of no path", () => {
    const others = [issue("middle", "new"), issue("stranger", "other")];

    for (const order of permutations(others))
      expect(() => orderChain(leaf, order)).toThrow(
        "certificateChain must lead from the issuer of certificate to the trust anchor, but CN=stranger issued neither CN=leaf nor another certificate of its chain",
      );
  });

  it("ends its search when many authorities have signed each other", () => {
    const names = ["middle", "b", "c", "d", "e"];
    const all = names.flatMap((subject) =>
      names
        .filter((issuer) => issuer !== subject)
        .map((issuer) => issue(subject, issuer)),
    );
    const start = performance.now();

    expect(orderChain(leaf, all).length).toBeGreaterThan(3);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
