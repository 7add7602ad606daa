import { X509Certificate, type KeyObject } from "node:crypto";
import type { CertificateFields } from "./CertificateFields";
import type { CertificateIdentity } from "./CertificateIdentity";
import { InvalidCertificateError } from "./InvalidCertificateError";
import { toSubject, orderChain } from "./orderChain";
import { toPkcs12 } from "./isPkcs12";
import { findPrivateKey, toPem } from "./pem";
import { readPkcs12 } from "./readPkcs12";
import { readPrivateKey } from "./readPrivateKey";
import type { Steps } from "./steps";
import { formatNumber } from "../text/formatNumber";

const KEY_TYPES: Readonly<Record<string, CertificateIdentity["keyType"]>> = {
  rsa: "RSA",
  ec: "ECDSA",
};

/**
 * Reads certificate, intermediates and private key, and checks that they match.
 *
 * @throws {@link InvalidCertificateError} with the first problem.
 */
export function* readIdentity(
  fields: CertificateFields,
): Steps<CertificateIdentity> {
  checkSizes(fields);
  const { certificates, key, source } = yield* readCertificateAndKey(fields);
  const keyType = KEY_TYPES[key.asymmetricKeyType ?? ""];
  if (!keyType)
    throw new InvalidCertificateError(
      source,
      "keyType",
      `${source} must have an RSA or EC key; the key's type is ${key.asymmetricKeyType ?? "unknown"}`,
    );
  const matching = certificates.find((each) => matchesKey(each, key));
  const certificate =
    matching ?? (source === "certificate" ? undefined : certificates[0]);
  if (!certificate || !matching)
    throw new InvalidCertificateError(
      source,
      "match",
      certificate
        ? `privateKey does not match the certificate of ${toSubject(certificate)}; pass the private key of that certificate, or the certificate of this key`
        : "certificate must be a PKCS#12 file whose private key matches one of its certificates",
    );
  const intermediates = readCertificates(
    toPem(fields.certificateChain),
    "certificateChain",
  );
  const others = [...certificates, ...intermediates];
  if (others.length > MAX_CERTIFICATES)
    throw new InvalidCertificateError(
      "certificateChain",
      "count",
      `certificateChain must have at most ${MAX_CERTIFICATES} certificates, together with those in certificate; pass only the intermediate certificates between the certificate and the trust anchor`,
    );
  const chain = orderChain(certificate, others);
  return { certificate, chain, key, keyType };
}

/** Certificates of one identity. AWS accepts a chain of five. */
const MAX_CERTIFICATES = 20;

/** Maximum size of each field, in bytes. */
const MAX_BYTES = {
  certificate: 1_048_576,
  certificateChain: 1_048_576,
  privateKey: 65_536,
};

function checkSizes(fields: CertificateFields): void {
  for (const path of ["certificate", "certificateChain", "privateKey"] as const)
    if ((fields[path]?.length ?? 0) > MAX_BYTES[path])
      throw new InvalidCertificateError(
        path,
        "size",
        `${path} must have at most ${formatNumber(MAX_BYTES[path])} bytes; pass the content of one certificate file`,
      );
}

interface CertificatesAndKey {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
  /** The field that the key was read from. */
  readonly source: "privateKey" | "certificate";
}

function* readCertificateAndKey(
  fields: CertificateFields,
): Steps<CertificatesAndKey> {
  const { certificate, passphrase } = fields;
  const privateKey = findPrivateKey(fields.privateKey ?? certificate);
  const pem = toPem(certificate);
  if (pem === undefined) {
    if (privateKey !== undefined)
      throw new InvalidCertificateError(
        "privateKey",
        "conflict",
        "privateKey cannot be combined with a PKCS#12 file, which contains the key; omit it",
      );
    const file = toPkcs12(certificate) ?? Buffer.alloc(0);
    const content = yield* readPkcs12(file, passphrase);
    return { ...content, source: "certificate" };
  }
  if (privateKey === undefined)
    throw new InvalidCertificateError(
      "privateKey",
      "required",
      "privateKey is required because certificate does not contain it",
    );
  return {
    certificates: readCertificates(pem, "certificate"),
    key: yield* readPrivateKey(privateKey, passphrase),
    source: "privateKey",
  };
}

const PEM_BLOCK =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

function readCertificates(
  pem: string | undefined,
  path: string,
): X509Certificate[] {
  if (pem === undefined) return [];
  const blocks = pem.match(PEM_BLOCK) ?? [];
  if (blocks.length === 0) throw unreadable(path, "");
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      const detail =
        blocks.length > 1
          ? `, but certificate ${index + 1} of ${blocks.length} is not valid`
          : "";
      throw unreadable(path, detail);
    }
  });
}

function unreadable(path: string, detail: string): InvalidCertificateError {
  return new InvalidCertificateError(
    path,
    "readable",
    `${path} must contain valid X.509 certificates in PEM format${detail}`,
  );
}

function matchesKey(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    return false;
  }
}
