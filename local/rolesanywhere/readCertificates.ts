import { X509Certificate } from "node:crypto";
import { createCommonError } from "../protocol/createCommonError";
import { getHeader, type HttpRequest } from "../http/HttpRequest";

/** The certificates of a request. */
export interface Certificates {
  readonly leaf: X509Certificate;

  /** Intermediate certificates, in the order in which they were sent. */
  readonly chain: readonly X509Certificate[];
}

/** Reads the certificates from the headers of a request. */
export function readCertificates(request: HttpRequest): Certificates {
  const leaf = getHeader(request, "x-amz-x509");
  if (leaf === undefined)
    throw createCommonError("rolesanywhere", {
      kind: "missing-signature",
      message: "Missing certificate: header X-Amz-X509",
    });
  const chain = getHeader(request, "x-amz-x509-chain");
  return {
    leaf: read(leaf, "X-Amz-X509"),
    chain: (chain?.split(",") ?? []).map((each) =>
      read(each, "X-Amz-X509-Chain"),
    ),
  };
}

/** Returns the serial number in decimal digits, as the credential of the signature contains it. */
export function getDecimalSerial({ serialNumber }: X509Certificate): string {
  return BigInt(`0x${serialNumber}`).toString();
}

function read(base64: string, header: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch {
    throw createCommonError("rolesanywhere", {
      kind: "invalid-request",
      message: `Invalid certificate in header ${header}`,
    });
  }
}
