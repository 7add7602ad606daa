import { X509Certificate, type KeyObject } from "node:crypto";
import { keyBeside, pemIn, type CertificateFields } from "./CertificateFields";
import { nameOf, orderChain } from "./orderChain";
import { readKey } from "./readKey";
import { readPkcs12 } from "./readPkcs12";
import { InvalidCertificateError } from "./InvalidCertificateError";

/** Who somebody is, and what he proves it with. */
export interface Identity {
  readonly certificate: X509Certificate;
  /** Intermediates above it, each issued by the next. */
  readonly chain: readonly X509Certificate[];
  readonly key: KeyObject;
  /** As Roles Anywhere spells the kind of the key. */
  readonly kind: "RSA" | "ECDSA";
}

const KINDS: Readonly<Record<string, Identity["kind"]>> = {
  rsa: "RSA",
  ec: "ECDSA",
};

/**
 * Reads certificate, intermediates and key, and sees whether they belong together.
 *
 * @throws {@link Unfit} with the first thing that is wrong.
 */
export function readIdentity(papers: CertificateFields): Identity {
  const { certificates, key, source } = readPapers(papers);
  const kind = KINDS[key.asymmetricKeyType ?? ""];
  if (!kind)
    throw new InvalidCertificateError(
      source,
      "keyType",
      `${source} takes a key of type RSA or EC; this one is of type ${key.asymmetricKeyType ?? "unknown"}`,
    );
  const certificate =
    source === "certificate"
      ? certificates.find((each) => belongsTo(each, key))
      : certificates[0];
  if (!certificate || !belongsTo(certificate, key))
    throw new InvalidCertificateError(
      source,
      "match",
      certificate
        ? `privateKey does not belong to the certificate of ${nameOf(certificate)}; give the key with which that was requested, or the key's own certificate first`
        : "certificate takes a PKCS#12 file whose key belongs to one of its certificates; the key of this one does not",
    );
  const above = readCertificates(papers.certificateChain, "certificateChain");
  const chain = orderChain(certificate, [...certificates, ...above]);
  return { certificate, chain, key, kind };
}

/**
 * Sees whether an identity is good at this moment.
 *
 * @throws {@link Unfit} where a certificate has expired, or is not valid yet.
 */
export function checkTime({ certificate, chain }: Identity, now: number): void {
  for (const each of [certificate, ...chain]) {
    const path = each === certificate ? "certificate" : "certificateChain";
    const [from, to] = [Date.parse(each.validFrom), Date.parse(each.validTo)];
    if (now < from)
      throw new InvalidCertificateError(
        path,
        "time",
        `${path} is not valid yet: that of ${nameOf(each)} begins at ${instant(from)}; check the clock of this machine`,
      );
    if (now > to)
      throw new InvalidCertificateError(
        path,
        "time",
        `${path} has expired: that of ${nameOf(each)} ended at ${instant(to)}; renew it`,
      );
  }
}

interface Read {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
  /** The field that the key came from. */
  readonly source: "privateKey" | "certificate";
}

function readPapers(papers: CertificateFields): Read {
  const { certificate, passphrase } = papers;
  const privateKey = papers.privateKey ?? keyBeside(certificate);
  const pem = pemIn(certificate);
  if (pem === undefined) {
    refuseDer(certificate);
    if (privateKey !== undefined)
      throw new InvalidCertificateError(
        "privateKey",
        "conflict",
        "privateKey cannot go together with a PKCS#12 file, which has the key in it; leave it out",
      );
    return { ...readPkcs12(certificate, passphrase), source: "certificate" };
  }
  if (privateKey === undefined)
    throw new InvalidCertificateError(
      "privateKey",
      "required",
      "privateKey is required: there is none beside the certificate",
    );
  return {
    certificates: readCertificates(pem, "certificate"),
    key: readKey(privateKey, passphrase),
    source: "privateKey",
  };
}

/** A certificate by itself, as bytes, is no PKCS#12 file, which is bytes as well. */
function refuseDer(certificate: string | Uint8Array): void {
  const bytes =
    typeof certificate === "string"
      ? Buffer.from(certificate, "base64")
      : certificate;
  try {
    new X509Certificate(bytes);
  } catch {
    return;
  }
  throw new InvalidCertificateError(
    "certificate",
    "format",
    "certificate is one in DER, without a key; convert it to PEM (openssl x509 -inform DER -in node.cer -out node.pem), and give its privateKey",
  );
}

const BLOCK =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

function readCertificates(
  pem: string | undefined,
  path: string,
): X509Certificate[] {
  if (pem === undefined) return [];
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) throw unreadable(path, "");
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      const which =
        blocks.length > 1 ? ` number ${index + 1} of ${blocks.length}` : "";
      throw unreadable(path, which);
    }
  });
}

function unreadable(path: string, which: string): InvalidCertificateError {
  const message = `${path} cannot be read:${which} is no X.509 certificate in PEM`;
  return new InvalidCertificateError(
    path,
    "readable",
    message.replace(": is", ": it is"),
  );
}

function belongsTo(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    return false;
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace(".000", "");
}
