import { readPemContent } from "../text/pemBlocks";
import { childrenOf, INTEGER, readAsn1, SEQUENCE, toInteger } from "./asn1";

const CERTIFICATE = /^(?:X509 |TRUSTED )?CERTIFICATE$/;
const PRIVATE_KEY = /^(?:[A-Z]+ )?PRIVATE KEY$/;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;

/** Version of the PKCS#12 format. A private key has a lower one. */
const PKCS12_VERSION = 3;

/** Whether a value contains a certificate in PEM or DER format. */
export function isPemCertificate(value: unknown): boolean {
  return toPem(value) !== undefined;
}

/**
 * Returns the certificates, and the private keys beside them, as PEM in its usual form. Accepts everything that
 * {@link readPemContent} reads, and DER. `undefined`: there is no certificate.
 */
export function toPem(value: unknown): string | undefined {
  const blocks = readBlocks(value);
  return blocks.some(({ label }) => CERTIFICATE.test(label))
    ? blocks.map(({ text }) => text).join("")
    : undefined;
}

/** Whether a value contains a private key in PEM or DER format. */
export function isPemPrivateKey(value: unknown): boolean {
  return findPrivateKey(value) !== undefined;
}

/** Returns the first private key in a value as PEM in its usual form, if there is one. */
export function findPrivateKey(value: unknown): string | undefined {
  return readBlocks(value).find(({ label }) => PRIVATE_KEY.test(label))?.text;
}

interface Block {
  readonly label: string;
  readonly text: string;
}

function readBlocks(value: unknown): readonly Block[] {
  const { blocks, der } = readPemContent(value);
  if (!der)
    return blocks.filter(
      ({ label }) => CERTIFICATE.test(label) || PRIVATE_KEY.test(label),
    );
  const label = labelOf(der);
  if (label === undefined) return [];
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  const text = `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
  return [{ label, text }];
}

/** Returns the label of DER by its structure. `undefined`: it is neither a certificate nor a private key. */
function labelOf(der: Buffer): string | undefined {
  try {
    const [first, second, third] = childrenOf(readAsn1(der));
    if (first?.tag === SEQUENCE) {
      if (second?.tag === OCTET_STRING) return "ENCRYPTED PRIVATE KEY";
      return third?.tag === BIT_STRING ? "CERTIFICATE" : undefined;
    }
    if (first?.tag !== INTEGER || toInteger(first) >= PKCS12_VERSION)
      return undefined;
    if (second?.tag === SEQUENCE) return "PRIVATE KEY";
    if (second?.tag === INTEGER) return "RSA PRIVATE KEY";
    return second?.tag === OCTET_STRING ? "EC PRIVATE KEY" : undefined;
  } catch {
    return undefined;
  }
}
