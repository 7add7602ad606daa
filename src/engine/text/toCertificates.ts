import { X509Certificate } from "node:crypto";
import { readPemContent, type PemBlock } from "./pemBlocks";

const CERTIFICATE = /^(?:X509 |TRUSTED )?CERTIFICATE$/;

/** Certificates of one connection, in all items of its array. */
const MAX_ITEMS = 1_000;

/** Certificates of a system have some 250 KB, and every operation that is created from a connection reads them. */
let latest:
  { readonly value: string; readonly content: string | undefined } | undefined;

/**
 * Returns certificates as PEM in its usual form, which is all that Node reads. Accepts everything that {@link readPemContent}
 * reads, DER, and arrays of these. `undefined`: an item has no certificates, or one that is cut off.
 */
export function toCertificates(value: unknown): string | undefined {
  if (typeof value === "string") {
    if (latest?.value !== value) latest = { value, content: toPem(value) };
    return latest.content;
  }
  if (!Array.isArray(value)) return toPem(value);
  if (value.length === 0 || value.length > MAX_ITEMS) return undefined;
  const items = Array.from<unknown>(value).map(toPem);
  return items.every((item) => item !== undefined)
    ? items.join("\n")
    : undefined;
}

/**
 * Describes the first certificate that cannot be read, as a part of a sentence. Node ignores it and those after it, without an
 * error. Not checked before a certificate is not trusted, because the certificates of a system take 20 ms.
 */
export function findUnreadable(pem: string): string | undefined {
  const { blocks } = readPemContent(pem);
  const index = blocks.findIndex(
    ({ text }) => parse(Buffer.from(text)) === undefined,
  );
  return index < 0 ? undefined : `certificate ${index + 1} of ${blocks.length}`;
}

function toPem(value: unknown): string | undefined {
  const { blocks, der } = readPemContent(value);
  if (der) return parse(der);
  const certificates = blocks.filter(({ label }) => CERTIFICATE.test(label));
  return certificates.length > 0 && certificates.every(isComplete)
    ? certificates.map(({ text }) => text.trimEnd()).join("\n")
    : undefined;
}

function isComplete({ text }: PemBlock): boolean {
  return text.includes("-----END ");
}

function parse(certificate: Buffer): string | undefined {
  try {
    return new X509Certificate(certificate).toString().trimEnd();
  } catch {
    return undefined;
  }
}
