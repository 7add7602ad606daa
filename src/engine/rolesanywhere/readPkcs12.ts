import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { childOf, childrenOf, readAsn1, toOctets, toOid } from "./asn1";
import type { Asn1 } from "./asn1";
import {
  readEncryption,
  runDecryption,
  UnsupportedAlgorithmError,
  type Encryption,
  type Unlocking,
} from "./encryption";
import { InvalidCertificateError } from "./InvalidCertificateError";
import { KeyLimits } from "./KeyLimits";
import { readMac, verifyMac, type Mac } from "./pkcs12Mac";
import type { Steps } from "./steps";

/** Content of a PKCS#12 file: its certificates, in any order, and its first private key. */
export interface Pkcs12 {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
}

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const KEY_BAG = "1.2.840.113549.1.12.10.1.1";
const ENCRYPTED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
const CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";

/**
 * Reads a PKCS#12 file with legacy (3DES, RC2) or modern (AES) encryption
 * ({@link https://www.rfc-editor.org/rfc/rfc7292 | RFC 7292}).
 *
 * @throws {@link InvalidCertificateError} if it cannot be decrypted, asks for too much work, or has no private key or no
 * certificate.
 */
export function* readPkcs12(
  bytes: Buffer,
  passphrase: string | undefined,
): Steps<Pkcs12> {
  rejectTruncated(bytes);
  const limits = new KeyLimits("certificate");
  const unlocking = { passphrase: passphrase ?? "", limits };
  const { content, mac, parts } = readParts(bytes, unlocking);
  if (mac && !(yield* verifyMac(mac, content)))
    throw wrongPassphrase(passphrase);
  try {
    return toPkcs12(yield* openParts(parts, unlocking));
  } catch (error) {
    if (error instanceof InvalidCertificateError) throw error;
    throw wrongPassphrase(passphrase);
  }
}

/** The parts of a file, before anything has been decrypted. */
interface Parts {
  readonly content: Buffer;
  readonly mac: Mac | undefined;
  /** Bags that are not encrypted as a whole, and encrypted lists of bags. */
  readonly parts: readonly (Asn1 | Encryption)[];
}

function readParts(bytes: Buffer, unlocking: Unlocking): Parts {
  try {
    const [, contentInfo, macData] = childrenOf(readAsn1(bytes));
    if (!contentInfo) throw new UnsupportedAlgorithmError("content");
    const content = readData(contentInfo);
    const parts = childrenOf(readAsn1(content)).flatMap<Asn1 | Encryption>(
      (info) =>
        toOid(childOf(info, 0)) === ENCRYPTED_DATA
          ? [readEncryptedData(info, unlocking)]
          : childrenOf(readAsn1(readData(info))),
    );
    // The keys that are already visible are checked as well, before anything is derived.
    for (const part of parts)
      if ("tag" in part) readEncryptedKey(part, unlocking);
    const mac = macData && readMac(macData, unlocking);
    return { content, mac, parts };
  } catch (error) {
    if (error instanceof InvalidCertificateError) throw error;
    throw unreadable(error);
  }
}

function unreadable(error: unknown): InvalidCertificateError {
  return error instanceof UnsupportedAlgorithmError
    ? new InvalidCertificateError(
        "certificate",
        "algorithm",
        "certificate is a PKCS#12 file with an unsupported encryption; export it with AES",
      )
    : new InvalidCertificateError(
        "certificate",
        "readable",
        "certificate must be PEM or a PKCS#12 file; pass the content of the file, not its path",
      );
}

/** Returns the bytes of a `ContentInfo` that is not encrypted. */
function readData(info: Asn1): Buffer {
  const oid = toOid(childOf(info, 0));
  if (oid !== DATA) throw new UnsupportedAlgorithmError(oid);
  return toOctets(childOf(childOf(info, 1), 0));
}

function readEncryptedData(info: Asn1, unlocking: Unlocking): Encryption {
  const content = childOf(childOf(childOf(info, 1), 0), 1);
  const [, algorithm, encrypted] = childrenOf(content);
  if (!algorithm || !encrypted) throw new UnsupportedAlgorithmError("content");
  return readEncryption(algorithm, toOctets(encrypted), unlocking);
}

/** Returns how the key in a bag is encrypted. `undefined`: it is another bag. */
function readEncryptedKey(
  bag: Asn1,
  unlocking: Unlocking,
): Encryption | undefined {
  if (toOid(childOf(bag, 0)) !== ENCRYPTED_KEY_BAG) return undefined;
  const [algorithm, encrypted] = childrenOf(childOf(childOf(bag, 1), 0));
  if (!algorithm || !encrypted) throw new UnsupportedAlgorithmError("key");
  return readEncryption(algorithm, toOctets(encrypted), unlocking);
}

interface Bags {
  readonly certificates: Buffer[];
  /** PKCS#8 */
  key: Buffer | undefined;
}

function* openParts(parts: Parts["parts"], unlocking: Unlocking): Steps<Bags> {
  const bags: Bags = { certificates: [], key: undefined };
  const limits = new KeyLimits("certificate");
  for (const part of parts) {
    const list =
      "tag" in part ? [part] : childrenOf(readAsn1(yield* runDecryption(part)));
    for (const bag of list) yield* openBag(bag, bags, { ...unlocking, limits });
  }
  return bags;
}

function* openBag(bag: Asn1, bags: Bags, unlocking: Unlocking): Steps<void> {
  const oid = toOid(childOf(bag, 0));
  const value = childOf(childOf(bag, 1), 0);
  if (oid === CERTIFICATE_BAG)
    bags.certificates.push(toOctets(childOf(childOf(value, 1), 0)));
  else if (oid === KEY_BAG) bags.key ??= value.raw;
  else if (oid === ENCRYPTED_KEY_BAG && !bags.key) {
    const encryption = readEncryptedKey(bag, unlocking);
    if (encryption) bags.key = yield* runDecryption(encryption);
  }
}

function toPkcs12({ certificates, key }: Bags): Pkcs12 {
  if (certificates.length === 0) throw missingContent("certificate");
  if (!key) throw missingContent("private key");
  return {
    certificates: certificates.map((each) => new X509Certificate(each)),
    key: createPrivateKey({ key, format: "der", type: "pkcs8" }),
  };
}

function missingContent(what: string): InvalidCertificateError {
  return new InvalidCertificateError(
    "certificate",
    "content",
    `certificate must be a PKCS#12 file that contains a ${what}`,
  );
}

function wrongPassphrase(
  passphrase: string | undefined,
): InvalidCertificateError {
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
