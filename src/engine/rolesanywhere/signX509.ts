import * as crypto from "node:crypto";
import {
  hashBody,
  toCanonicalRequest,
  sha256Hex,
  toAmzDate,
  type UnsignedRequest,
} from "../http/signature";
import type { CertificateIdentity } from "./CertificateIdentity";

/** Signer, region and time of a signature. */
export interface SigningContext {
  readonly identity: CertificateIdentity;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Returns the headers of a request with a Signature Version 4 that uses the private key of a certificate
 * ({@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html | AWS's steps}).
 */
export function signX509(
  request: UnsignedRequest,
  { identity, region, now }: SigningContext,
): Record<string, string> {
  const { certificate, chain, key, keyType } = identity;
  const date = toAmzDate(now);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-date": date,
    "x-amz-x509": toBase64(certificate),
  };
  if (chain.length > 0)
    headers["x-amz-x509-chain"] = chain.map(toBase64).join(",");
  const { signedHeaders, canonicalRequest } = toCanonicalRequest(
    request,
    headers,
    hashBody(request),
  );
  const algorithm = `AWS4-X509-${keyType}-SHA256`;
  const scope = `${date.slice(0, 8)}/${region}/rolesanywhere/aws4_request`;
  const stringToSign = `${algorithm}\n${date}\n${scope}\n${sha256Hex(canonicalRequest)}`;
  const signature = crypto.sign("sha256", Buffer.from(stringToSign), key);
  headers["authorization"] =
    `${algorithm} Credential=${toSerialNumber(certificate)}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature.toString("hex")}`;
  return headers;
}

function toBase64({ raw }: crypto.X509Certificate): string {
  return raw.toString("base64");
}

/** Roles Anywhere requires the serial number in decimal. */
function toSerialNumber({ serialNumber }: crypto.X509Certificate): string {
  // Some authorities issue negative ones, which `BigInt` does not read in hexadecimal.
  const isNegative = serialNumber.startsWith("-");
  const digits = BigInt(`0x${serialNumber.slice(isNegative ? 1 : 0)}`);
  return `${isNegative ? "-" : ""}${digits}`;
}
