import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { isError } from "../text/isError";
import { InvalidCertificateError } from "./InvalidCertificateError";

/** What a PKCS#12 file holds: its certificates in no order, and its first key. */
export interface Pkcs12 {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
}

/** As much of node-forge as is used: it decrypts, and Node reads what comes out. */
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
    pkcs12FromAsn1(file: unknown, strict: boolean, passphrase: string): Opened;
  };
}

interface Opened {
  getBags(filter: { bagType: string }): Record<string, Bag[]>;
}

/** What forge cannot read itself (an EC key, its certificate) it hands over as ASN.1. */
interface Bag {
  readonly key?: unknown;
  readonly cert?: unknown;
  readonly asn1?: unknown;
}

/**
 * Opens a PKCS#12 file, of old (3DES, RC2) or new (AES) encryption.
 *
 * @throws {@link Unfit} where it cannot be opened, or holds no key or no certificate.
 */
export function readPkcs12(
  file: string | Uint8Array,
  passphrase: string | undefined,
): Pkcs12 {
  const forge = loadForge();
  const bytes = Buffer.from(
    typeof file === "string" ? Buffer.from(file, "base64") : file,
  );
  refuseHalf(bytes);
  const bags = openBags(forge, bytes, passphrase);
  const certificates = bags("certBag").map(
    ({ cert, asn1 }) =>
      new X509Certificate(
        toDer(forge, cert ? forge.pki.certificateToAsn1(cert) : asn1),
      ),
  );
  const [bag] = [...bags("pkcs8ShroudedKeyBag"), ...bags("keyBag")];
  if (certificates.length === 0)
    throw new InvalidCertificateError(
      "certificate",
      "content",
      "certificate takes a PKCS#12 file with a certificate in it; this one has none",
    );
  if (!bag)
    throw new InvalidCertificateError(
      "certificate",
      "content",
      "certificate takes a PKCS#12 file with a private key in it; this one has none",
    );
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

/** The file says in its first bytes how long it is; nothing that breaks off is worth a question about pass phrases. */
function refuseHalf(bytes: Buffer): void {
  const [tag, first = 0] = bytes;
  const lengthBytes = first & 0x7f;
  if (tag !== 0x30 || first <= 0x80 || lengthBytes > 4) return;
  if (bytes.length < 2 + lengthBytes) return;
  const whole = 2 + lengthBytes + bytes.readUIntBE(2, lengthBytes);
  if (bytes.length < whole)
    throw new InvalidCertificateError(
      "certificate",
      "readable",
      `certificate cannot be read: the PKCS#12 file breaks off after ${bytes.length} of ${whole} bytes; give the whole file`,
    );
}

/** The bags of a file by the kind that they are of. */
function openBags(
  forge: Forge,
  bytes: Buffer,
  passphrase: string | undefined,
): (kind: string) => Bag[] {
  try {
    const opened = open(forge, bytes, passphrase ?? "");
    return (kind) => {
      const bagType = forge.pki.oids[kind] ?? "";
      return opened.getBags({ bagType })[bagType] ?? [];
    };
  } catch (error) {
    throw unopened(isError(error) ? error.message : "", passphrase);
  }
}

/**
 * A pass phrase beyond ASCII is one text to the file's checksum and old encryption, and its bytes in UTF-8 to new encryption;
 * forge takes one for both. Where the checksum was right and the rest was not, it is opened by the bytes.
 */
function open(
  { asn1, pkcs12 }: Forge,
  bytes: Buffer,
  passphrase: string,
): Opened {
  const parsed = asn1.fromDer(bytes.toString("latin1"), false);
  try {
    return pkcs12.pkcs12FromAsn1(parsed, false, passphrase);
  } catch (error) {
    const inBytes = Buffer.from(passphrase).toString("latin1");
    if (inBytes === passphrase || isChecksum(error)) throw error;
    const withoutChecksum = { ...parsed, value: parsed.value.slice(0, 2) };
    return pkcs12.pkcs12FromAsn1(withoutChecksum, false, inBytes);
  }
}

function isChecksum(error: unknown): boolean {
  return isError(error) && error.message.includes("MAC");
}

function unopened(
  why: string,
  passphrase: string | undefined,
): InvalidCertificateError {
  if (!/MAC could not be verified|decrypt|password/i.test(why))
    return new InvalidCertificateError(
      "certificate",
      "readable",
      "certificate cannot be read: it is neither PEM text nor a PKCS#12 file; give what stands in the file, not its name",
    );
  return passphrase === undefined
    ? new InvalidCertificateError(
        "passphrase",
        "required",
        "passphrase is required: the PKCS#12 file is locked with one",
      )
    : new InvalidCertificateError(
        "passphrase",
        "match",
        "passphrase is wrong, or the file is damaged: it does not open the PKCS#12 file",
      );
}

function toDer({ asn1 }: Forge, value: unknown): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), "latin1");
}

function loadForge(): Forge {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer: only who has a PKCS#12 file needs it
    return require("node-forge") as Forge;
  } catch {
    throw new InvalidCertificateError(
      "certificate",
      "library",
      "certificate is a PKCS#12 file, and the library that opens it is not there: npm install node-forge, or give certificate and privateKey as PEM",
    );
  }
}
