import { createPrivateKey, X509Certificate } from "node:crypto";
import { parseIdentity } from "../../../../src/engine/rolesanywhere/parseIdentity";
import { readFixture } from "../../../rolesAnywhereFixtures";

const context = {
  operation: "GetSessionCredentials",
  signal: new AbortController().signal,
};

type Form = (pem: string) => string | Uint8Array;

const toDer = (pem: string): Buffer =>
  Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
const base64 = (text: string | Uint8Array): string =>
  Buffer.from(text).toString("base64");

/** What becomes of PEM in environment variables, YAML, secret stores and files of other programs. */
const FORMS: Readonly<Record<string, Form>> = {
  PEM: (pem) => pem,
  "PEM with CRLF": (pem) => pem.replace(/\n/g, "\r\n"),
  "PEM with CR": (pem) => pem.replace(/\n/g, "\r"),
  "\\n as two characters": (pem) => pem.replace(/\n/g, "\\n"),
  "\\r\\n as four characters": (pem) => pem.replace(/\n/g, "\\r\\n"),
  "\\n escaped twice": (pem) => pem.replace(/\n/g, "\\\\n"),
  "\\n as two characters, in quotes": (pem) =>
    `"${pem.trim().replace(/\n/g, "\\n")}"`,
  "spaces instead of line breaks": (pem) => pem.trim().replace(/\n/g, " "),
  "no line breaks": (pem) => pem.replace(/\n/g, ""),
  "indentation by spaces": (pem) => pem.replace(/^(?=.)/gm, "    "),
  "indentation by tabs": (pem) => pem.replace(/^(?=.)/gm, "\t"),
  "double quotes": (pem) => `"${pem.trim()}"`,
  "single quotes": (pem) => `'${pem.trim()}'`,
  "quotes around each line": (pem) => pem.trim().replace(/^.*$/gm, '"$&"'),
  "empty lines": (pem) => pem.replace(/\n/g, "\n\n"),
  "trailing spaces": (pem) => pem.replace(/\n/g, "  \n"),
  "a byte order mark": (pem) => `\uFEFF${pem}`,
  "percent encoding": (pem) => encodeURIComponent(pem),
  "bag attributes of openssl": (pem) =>
    `Bag Attributes\n    friendlyName: node\n    localKeyID: 54 69 6D\nsubject=CN = node\n${pem}`,
  "text after it": (pem) => `${pem}\nend of file\n`,
  "base64 of the file": base64,
  "base64 of the file in lines": (pem) =>
    base64(pem).replace(/.{1,76}/g, "$&\n"),
  "base64url of the file": (pem) => Buffer.from(pem).toString("base64url"),
  "base64 twice": (pem) => base64(base64(pem)),
  "a data URL": (pem) => `data:application/x-pem-file;base64,${base64(pem)}`,
  "bytes of the file": (pem) => Buffer.from(pem),
  "a Uint8Array in a larger buffer": (pem) =>
    new Uint8Array(Buffer.from(`--${pem}`)).subarray(2),
  "UTF-16 with a byte order mark": (pem) =>
    Buffer.from(`\uFEFF${pem}`, "utf16le"),
  DER: toDer,
  "base64 of DER": (pem) => base64(toDer(pem)),
  "base64 of DER in quotes": (pem) => `"${base64(toDer(pem))}"`,
};

/** The same private keys in other containers. */
const KEYS = ["rsa", "ec"].flatMap((type) => {
  const pkcs8 = readFixture(`${type}.key`);
  const key = createPrivateKey(pkcs8);
  const traditional = type === "rsa" ? "pkcs1" : "sec1";
  const locked = { passphrase: "pass:word", format: "pem" } as const;
  return [
    [`${type} in PKCS#8`, type, pkcs8],
    [
      `${type} in ${traditional}`,
      type,
      key.export({ type: traditional, format: "pem" }),
    ],
    [
      `${type} in encrypted PKCS#8`,
      type,
      key.export({ type: "pkcs8", cipher: "aes-256-cbc", ...locked }),
    ],
    ...["aes-256-cbc", "des-ede3-cbc"].map((cipher) => [
      `${type} in ${traditional} encrypted with ${cipher}`,
      type,
      key.export({ type: traditional, cipher, ...locked }),
    ]),
  ] as [string, string, string][];
});

/** DER of a traditional key cannot be encrypted. */
const isPossible = (key: string, form: string): boolean =>
  !(form.includes("DER") && key.includes("Proc-Type"));

const identityOf = async (fields: object) =>
  parseIdentity({ passphrase: "pass:word", ...fields } as never, context);

describe("the form of a certificate", () => {
  it.each(Object.entries(FORMS))("can be %s", async (_, form) => {
    for (const type of ["rsa", "ec"]) {
      const pem = readFixture(`${type}.pem`);

      const { certificate } = await identityOf({
        certificate: form(pem),
        privateKey: readFixture(`${type}.key`),
      });

      expect(certificate.raw).toEqual(new X509Certificate(pem).raw);
    }
  });

  it.each(Object.entries(FORMS))(
    "can be %s for intermediate certificates",
    async (_, form) => {
      const { chain } = await identityOf({
        certificate: readFixture("ec.pem"),
        privateKey: readFixture("ec.key"),
        certificateChain: form(readFixture("intermediate.pem")),
      });

      expect(chain).toHaveLength(1);
    },
  );

  it.each(Object.entries(FORMS).filter(([name]) => !name.includes("DER")))(
    "can be %s with its private key in either order",
    async (_, form) => {
      const parts = [readFixture("rsa.pem"), readFixture("rsa.key")];
      for (const all of [parts, [...parts].reverse()]) {
        const { keyType } = await identityOf({
          certificate: form(all.join("")),
        });

        expect(keyType).toBe("RSA");
      }
    },
  );
});

describe("the form of a private key", () => {
  it.each(Object.entries(FORMS))("can be %s", async (name, form) => {
    for (const [what, type, key] of KEYS) {
      if (!isPossible(key, name)) continue;
      const identity = await identityOf({
        certificate: readFixture(`${type}.pem`),
        privateKey: form(key),
      }).catch((error: unknown) => error);

      expect([what, identity]).toEqual([
        what,
        expect.objectContaining({ key: expect.anything() as unknown }),
      ]);
    }
  });
});

describe("a text without certificates", () => {
  it.each<[string, string | Uint8Array]>([
    ["beginnings of blocks", "-----BEGIN CERTIFICATE-----".repeat(38_000)],
    ["beginnings without a label", "-----BEGIN ".repeat(90_000)],
    ["backslashes", `-----BEGIN CERTIFICATE-----${"\\".repeat(1_000_000)}`],
    [
      "backslashes in a block",
      `-----BEGIN CERTIFICATE-----${"\\".repeat(1_000_000)}-----END CERTIFICATE-----`,
    ],
    ["spaces", `data:${" ".repeat(1_000_000)}`],
    ["base64", `${"A".repeat(1_000_000)}!`],
    ["nested DER", Buffer.alloc(1_000_000, Buffer.from([0x30, 0x80]))],
    [
      "headers of encryption",
      `-----BEGIN CERTIFICATE-----Proc-Type: 4,ENCRYPTED${"\\n".repeat(400_000)}-----END CERTIFICATE-----`,
    ],
  ])("is refused quickly if it has many %s", async (_, certificate) => {
    const start = performance.now();

    await expect(
      identityOf({ certificate, privateKey: readFixture("rsa.key") }),
    ).rejects.toMatchObject({ code: "ERR_INVALID_INPUT" });

    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
