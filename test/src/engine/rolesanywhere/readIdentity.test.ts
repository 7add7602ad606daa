import {
  createCipheriv,
  createPrivateKey,
  pbkdf2Sync,
  X509Certificate,
} from "node:crypto";
import { GetSessionCredentials } from "../../../../operations";
import {
  checkIdentity,
  parseIdentity,
} from "../../../../src/engine/rolesanywhere/parseIdentity";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import { FakeAws } from "../../../FakeAws";
import {
  PASSPHRASE,
  readFixture,
  readFixtureBytes,
  RSA_INPUT,
  SESSION_ARNS,
} from "../../../rolesAnywhereFixtures";

const never = new AbortController().signal;
const context = { operation: "GetSessionCredentials", signal: never };

/** Encodes an element. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 128
      ? [tag, length]
      : length < 65_536
        ? [tag, 0x82, length >> 8, length & 0xff]
        : [tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
};

const oid = (hex: string): Buffer => der(6, Buffer.from(hex, "hex"));
const integer = (number: number): Buffer => {
  const hex = number.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  const padded = parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even;
  return der(2, Buffer.from(padded, "hex"));
};

const PBES2 = "2a864886f70d01050d";
const PBKDF2 = "2a864886f70d01050c";
const SCRYPT = "2b06010401da47040b";
const HMAC_SHA256 = "2a864886f70d0209";
const AES_256 = "60864801650304012a";
const PKCS8_3DES = "2a864886f70d010c0103";
const SHA256 = "608648016503040201";
const DATA = "2a864886f70d010701";
const ENCRYPTED_DATA = "2a864886f70d010706";

const salt = Buffer.alloc(8, 1);
const iv = Buffer.alloc(16, 2);

const pbes2 = (kdf: Buffer): Buffer =>
  der(0x30, oid(PBES2), der(0x30, kdf, der(0x30, oid(AES_256), der(4, iv))));
const pbes2Of = (iterations: number): Buffer =>
  pbes2(
    der(
      0x30,
      oid(PBKDF2),
      der(
        0x30,
        der(4, salt),
        integer(iterations),
        der(0x30, oid(HMAC_SHA256), der(5)),
      ),
    ),
  );
const pbes1Of = (iterations: number): Buffer =>
  der(0x30, oid(PKCS8_3DES), der(0x30, der(4, salt), integer(iterations)));
const scryptOf = (cost: number): Buffer =>
  pbes2(
    der(
      0x30,
      oid(SCRYPT),
      der(0x30, der(4, salt), integer(cost), integer(8), integer(1)),
    ),
  );

/** A file with one encrypted list of bags, and a MAC if it has iterations. */
function pkcs12(algorithm: Buffer, macIterations?: number): Buffer {
  const encrypted = der(
    0x30,
    oid(ENCRYPTED_DATA),
    der(
      0xa0,
      der(
        0x30,
        integer(0),
        der(0x30, oid(DATA), algorithm, der(0x80, Buffer.alloc(32))),
      ),
    ),
  );
  const content = der(0x30, encrypted);
  return der(
    0x30,
    integer(3),
    der(0x30, oid(DATA), der(0xa0, der(4, content))),
    ...(macIterations === undefined
      ? []
      : [
          der(
            0x30,
            der(0x30, der(0x30, oid(SHA256), der(5)), der(4, Buffer.alloc(32))),
            der(4, salt),
            integer(macIterations),
          ),
        ]),
  );
}

/** The RSA key, encrypted. */
function lockedKey(
  iterations: number,
  algorithm = pbes2Of(iterations),
): string {
  const key = pbkdf2Sync(PASSPHRASE, salt, iterations, 32, "sha256");
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  const plain = createPrivateKey(readFixture("rsa.key")).export({
    format: "der",
    type: "pkcs8",
  });
  const bytes = Buffer.concat([cipher.update(plain), cipher.final()]);
  const base64 = der(0x30, algorithm, der(4, bytes)).toString("base64");
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

describe("a key whose scrypt parameters are impossible", () => {
  // The cost must be a power of 2.
  const privateKey = lockedKey(1, scryptOf(1_000));
  const input = { ...RSA_INPUT, privateKey, passphrase: PASSPHRASE };

  it("cannot be decrypted", async () => {
    const error = await catchError(parseIdentity(input, context));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "passphrase", rule: "match" }],
    });
  });

  it("cannot be decrypted at once", async () => {
    const error = await catchError(() => {
      checkIdentity(input, context);
    });

    expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
  });
});

describe("a file that asks for too much work", () => {
  it.each<[string, Buffer]>([
    ["the MAC", pkcs12(pbes2Of(1), 20_000_000)],
    ["PBES2", pkcs12(pbes2Of(1_000_001), 1)],
    ["PBES1", pkcs12(pbes1Of(2_147_483_647), 1)],
    ["PBES2 with more digits than a number", pkcs12(pbes2Of(2 ** 47), 1)],
    ["scrypt", pkcs12(scryptOf(16_777_216), 1)],
  ])("is refused before anything is decrypted: %s", async (_, certificate) => {
    const operation = new GetSessionCredentials(connection, {
      transport: new FakeAws(),
    });

    const error = await catchError(
      operation.execute({ ...SESSION_ARNS, certificate, passphrase: "x" }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "certificate", rule: "iterations" }],
    });
    expect(() =>
      operation.provider({ ...SESSION_ARNS, certificate, passphrase: "x" }),
    ).toThrow(/certificate must be encrypted with/);
  });

  it("is refused if it is a private key in PEM", async () => {
    const privateKey = lockedKey(1, pbes2Of(2_000_000));

    const error = await catchError(
      parseIdentity(
        { ...RSA_INPUT, privateKey, passphrase: PASSPHRASE },
        context,
      ),
    );

    expect(error.message).toMatch(
      /privateKey must be encrypted with 1 to 1,000,000 iterations, and has 2,000,000; export it again/,
    );
  });

  it.each([
    ["certificate", Buffer.alloc(1_048_577, 1)],
    ["certificateChain", RSA_INPUT.certificate.padEnd(1_048_577)],
    ["privateKey", RSA_INPUT.privateKey.padEnd(65_537)],
  ])("is refused if it is too large: %s", async (path, value) => {
    const error = await catchError(
      parseIdentity({ ...RSA_INPUT, [path]: value }, context),
    );

    expect(error).toMatchObject({ issues: [{ path, rule: "size" }] });
  });

  it("is refused if it has too many certificates", async () => {
    const error = await catchError(
      parseIdentity(
        { ...RSA_INPUT, certificateChain: readFixture("root.pem").repeat(21) },
        context,
      ),
    );

    expect(error).toMatchObject({
      issues: [{ path: "certificateChain", rule: "count" }],
    });
  });
});

describe("a file with the most iterations", () => {
  it("does not block the event loop, and ends when the signal fires", async () => {
    const controller = new AbortController();
    let turns = 0;
    const count = (): void => {
      if (++turns === 20) controller.abort();
      else setImmediate(count);
    };
    setImmediate(count);

    const parsing = parseIdentity(
      {
        ...SESSION_ARNS,
        certificate: pkcs12(pbes1Of(1_000_000), 1_000_000),
        passphrase: "x",
      },
      { ...context, signal: controller.signal },
    );

    await expect(parsing).rejects.toThrow("aborted");
    expect(turns).toBe(20);
  });

  it("opens a private key in PEM", async () => {
    const fields = {
      ...RSA_INPUT,
      privateKey: lockedKey(1_000_000),
      passphrase: PASSPHRASE,
    };

    const { certificate } = await parseIdentity(fields, context);

    const { fingerprint256 } = new X509Certificate(RSA_INPUT.certificate);
    expect(certificate.fingerprint256).toBe(fingerprint256);
  });

  it("is decrypted when it is used, not by provider", () => {
    const operation = new GetSessionCredentials(connection, {
      transport: new FakeAws(),
    });
    const wrong = { ...SESSION_ARNS, passphrase: "wrong" };

    expect(() =>
      operation.provider({
        ...wrong,
        certificate: pkcs12(pbes2Of(1), 1_000_000),
      }),
    ).not.toThrow();
    expect(() =>
      operation.provider({
        ...wrong,
        certificate: readFixtureBytes("rsa-modern.p12"),
      }),
    ).toThrow(/passphrase does not decrypt/);
  });
});
