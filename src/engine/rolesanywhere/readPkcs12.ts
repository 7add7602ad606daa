import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { isError } from "../text/isError";
import { InvalidCertificateError } from "./InvalidCertificateError";

/** Content of a PKCS#12 file: its certificates, in any order, and its first private key. */
export interface Pkcs12 {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
}

/** The part of node-forge that is used: it decrypts the file, and Node parses the result. */
interface Forge {
  readonly asn1: {
    fromDer(bytes: string, strict: boolean): { readonly value: unknown[] };
    toDer(value: unknown): { getBytes(): string };
  };
  readonly pki: {
    readonly oids: Readonly<Record<string, string>>;
    certificateToAsn1(certificate: unknown): unknown;
    privateKeyToAsn1(key: unknown): unknown;
    wrapRsaPrivateKey(key: unknown): unknown;
  };
  readonly pkcs12: {
    pkcs12FromAsn1(
      file: unknown,
      strict: boolean,
      passphrase: string,
    ): Pkcs12File;
  };
}

interface Pkcs12File {
  getBags(filter: { bagType: string }): Record<string, Bag[]>;
}

/** Keys and certificates that forge cannot parse (EC) are returned as ASN.1. */
interface Bag {
  readonly key?: unknown;
  readonly cert?: unknown;
  readonly asn1?: unknown;
}

/**
 * Reads a PKCS#12 file with legacy (3DES, RC2) or modern (AES) encryption.
 *
 * @throws {@link InvalidCertificateError} if it cannot be decrypted, or has no private key or no certificate.
 */
export function readPkcs12(
  file: string | Uint8Array,
  passphrase: string | undefined,
): Pkcs12 {
  const forge = loadForge();
  const bytes = Buffer.from(
    typeof file === "string" ? Buffer.from(file, "base64") : file,
  );
  rejectTruncated(bytes);
  const bags = openBags(forge, bytes, passphrase);
  const certificates = bags("certBag").map(
    ({ cert, asn1 }) =>
      new X509Certificate(
        toDer(forge, cert ? forge.pki.certificateToAsn1(cert) : asn1),
      ),
  );
  const [bag] = [...bags("pkcs8ShroudedKeyBag"), ...bags("keyBag")];
  if (certificates.length === 0) throw missingContent("certificate");
  if (!bag) throw missingContent("private key");
  const key = bag.key
    ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key))
    : bag.asn1;
  return {
    certificates,
    key: createPrivateKey({
      key: toDer(forge, key),
      format: "der",
      type: "pkcs8",
    }),
  };
}

function missingContent(what: string): InvalidCertificateError {
  return new InvalidCertificateError(
    "certificate",
    "content",
    `certificate must be a PKCS#12 file that contains a ${what}`,
  );
}

/** Rejects a truncated file by the length in its first bytes. It would otherwise fail with an error about the passphrase. */
function rejectTruncated(bytes: Buffer): void {
  const [tag, first = 0] = bytes;
  const lengthBytes = first & 0x7f;
  if (tag !== 0x30 || first <= 0x80 || lengthBytes > 4) return;
  if (bytes.length < 2 + lengthBytes) return;
  const expected = 2 + lengthBytes + bytes.readUIntBE(2, lengthBytes);
  if (bytes.length < expected)
    throw new InvalidCertificateError(
      "certificate",
      "readable",
      `certificate is a PKCS#12 file that is truncated after ${bytes.length} of ${expected} bytes; pass the complete file`,
    );
}

/** Decrypts a file, and returns a function that returns its bags of one type. */
function openBags(
  forge: Forge,
  bytes: Buffer,
  passphrase: string | undefined,
): (type: string) => Bag[] {
  try {
    const file = decrypt(forge, bytes, passphrase ?? "");
    return (type) => {
      const bagType = forge.pki.oids[type] ?? "";
      return file.getBags({ bagType })[bagType] ?? [];
    };
  } catch (error) {
    throw toInvalidCertificateError(
      isError(error) ? error.message : "",
      passphrase,
    );
  }
}

/**
 * The file's MAC and legacy encryption use the characters of the passphrase, but modern encryption uses its UTF-8 bytes. forge
 * uses the same value for both. If a passphrase that is not ASCII passes the MAC and fails to decrypt, its bytes are tried.
 */
function decrypt(
  { asn1, pkcs12 }: Forge,
  bytes: Buffer,
  passphrase: string,
): Pkcs12File {
  const parsed = asn1.fromDer(bytes.toString("latin1"), false);
  try {
    return pkcs12.pkcs12FromAsn1(parsed, false, passphrase);
  } catch (error) {
    const utf8 = Buffer.from(passphrase).toString("latin1");
    if (utf8 === passphrase || isMacError(error)) throw error;
    const withoutMac = { ...parsed, value: parsed.value.slice(0, 2) };
    return pkcs12.pkcs12FromAsn1(withoutMac, false, utf8);
  }
}

function isMacError(error: unknown): boolean {
  return isError(error) && error.message.includes("MAC");
}

function toInvalidCertificateError(
  message: string,
  passphrase: string | undefined,
): InvalidCertificateError {
  if (!/MAC could not be verified|decrypt|password/i.test(message))
    return new InvalidCertificateError(
      "certificate",
      "readable",
      "certificate must be PEM or a PKCS#12 file; pass the content of the file, not its path",
    );
  return passphrase === undefined
    ? new InvalidCertificateError(
        "passphrase",
        "required",
        "passphrase is required because the PKCS#12 file is encrypted",
      )
    : new InvalidCertificateError(
        "passphrase",
        "match",
        "passphrase does not decrypt the PKCS#12 file; correct it, or check that the file is not damaged",
      );
}

function toDer({ asn1 }: Forge, value: unknown): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), "latin1");
}

function loadForge(): Forge {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer dependency, needed only for PKCS#12 files
    return require("node-forge") as Forge;
  } catch {
    throw new InvalidCertificateError(
      "certificate",
      "library",
      "certificate is a PKCS#12 file, which requires the package node-forge; run npm install node-forge, or pass certificate and privateKey as PEM",
    );
  }
}
