import * as crypto from "node:crypto";
import {
  hashBody,
  toCanonicalRequest,
  sha256Hex,
  toAmzDate,
  type UnsignedRequest,
} from "../http/signature";
import type { Identity } from "./readIdentity";

/** By whom, where and when. */
export interface CertificateScope {
  readonly identity: Identity;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The headers of a request with its signature: Version 4, with a certificate's key in place of a secret
 * ({@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html | AWS's steps}).
 */
export function signX509(
  request: UnsignedRequest,
  { identity, region, now }: CertificateScope,
): Record<string, string> {
  const { certificate, chain, key, kind } = identity;
  const time = toAmzDate(now);
  const signed: Record<string, string> = {
    ...request.headers,
    "x-amz-date": time,
    "x-amz-x509": inHeader(certificate),
  };
  if (chain.length > 0)
    signed["x-amz-x509-chain"] = chain.map(inHeader).join(",");
  const { signedHeaders, canonicalRequest } = toCanonicalRequest(
    request,
    signed,
    hashBody(request),
  );
  const algorithm = `AWS4-X509-${kind}-SHA256`;
  const place = `${time.slice(0, 8)}/${region}/rolesanywhere/aws4_request`;
  const text = `${algorithm}\n${time}\n${place}\n${sha256Hex(canonicalRequest)}`;
  const signature = crypto.sign("sha256", Buffer.from(text), key);
  signed["authorization"] =
    `${algorithm} Credential=${serialOf(certificate)}/${place}, SignedHeaders=${signedHeaders}, Signature=${signature.toString("hex")}`;
  return signed;
}

function inHeader({ raw }: crypto.X509Certificate): string {
  return raw.toString("base64");
}

/** Roles Anywhere writes serial numbers in decimal digits. */
function serialOf({ serialNumber }: crypto.X509Certificate): string {
  return BigInt(`0x${serialNumber}`).toString();
}
