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

function toPem(value: unknown): string | undefined {
  const { blocks, der } = readPemContent(value);
  if (der) return derToPem(der);
  const certificates = blocks.filter(({ label }) => CERTIFICATE.test(label));
  return certificates.length > 0 && certificates.every(isComplete)
    ? certificates.map(({ text }) => text.trimEnd()).join("\n")
    : undefined;
}

function isComplete({ text }: PemBlock): boolean {
  return text.includes("-----END ");
}

function derToPem(der: Buffer): string | undefined {
  try {
    return new X509Certificate(der).toString().trimEnd();
  } catch {
    return undefined;
  }
}
