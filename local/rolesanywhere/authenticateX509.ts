import { verify, type KeyObject } from "node:crypto";
import { refuse } from "../protocol/createCommonError";
import type { ServiceError } from "../protocol/ServiceError";
import { headerOf, type WireRequest } from "../http/HttpRequest";
import { complainOfDate, complainOfScope } from "../iam/authenticate";
import type { Caller } from "../iam/Caller";
import {
  complainOfTime,
  parseAuthorization,
  parseSigningTime,
  stringToSign,
  type Authorization,
} from "../signature";
import { decimalSerialOf, readCertificates } from "./readCertificates";

/** Who signed a request with a certificate, and for which region. */
export interface Believed {
  readonly caller: Caller;
  readonly region: string;
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  rsa: "AWS4-X509-RSA-SHA256",
  ec: "AWS4-X509-ECDSA-SHA256",
};

/**
 * Believes that a request comes from who has the key of its certificate: the header, the names of what is signed, the
 * serial number, the scope, the time and, last, the signature itself. Whether the certificate is worth anything is not
 * looked at here.
 */
export function authenticateX509(attempt: {
  readonly request: WireRequest;

  /** Account that owns whatever is asked for, as long as nobody is known. */
  readonly accountId: string;

  /** Epoch milliseconds. */
  readonly now: number;
}): Believed {
  const { request, accountId, now } = attempt;
  const { leaf } = readCertificates(request);
  const serial = decimalSerialOf(leaf);
  const { algorithm, authorization } = readHeader(request, leaf.publicKey);
  const signedAt = parseSigningTime(headerOf(request, "x-amz-date") ?? "");
  const complaint =
    complainOfHeaders(request, authorization) ??
    (authorization.accessKeyId === serial
      ? undefined
      : "Credential does not begin with the certificate's serial number in decimal digits") ??
    complainOfScope(authorization, "rolesanywhere") ??
    complainOfDate(request, authorization) ??
    (signedAt === undefined
      ? "X-Amz-Date must be in ISO-8601 'basic format'"
      : complainOfTime(signedAt, now));
  if (complaint !== undefined) throw denied(`Invalid signature: ${complaint}`);
  const text = stringToSign(algorithm, { request, authorization });
  const signature = Buffer.from(authorization.signature, "hex");
  if (!verify("sha256", Buffer.from(text), leaf.publicKey, signature))
    throw denied("Invalid signature");
  return {
    caller: {
      accountId,
      arn: `X.509 certificate ${serial}`,
      userId: serial,
      permissions: [],
    },
    region: authorization.region,
  };
}

function readHeader(
  request: WireRequest,
  key: KeyObject,
): { readonly algorithm: string; readonly authorization: Authorization } {
  const algorithm = ALGORITHMS[key.asymmetricKeyType ?? ""];
  if (algorithm === undefined)
    throw denied("Invalid certificate: its key is neither RSA nor EC");
  const authorization = parseAuthorization(
    headerOf(request, "authorization") ?? "",
    algorithm,
  );
  if ("incomplete" in authorization) throw denied(authorization.incomplete);
  return { algorithm, authorization };
}

function complainOfHeaders(
  request: WireRequest,
  { signedHeaders }: Authorization,
): string | undefined {
  const needed = [...request.headers.keys()].filter((name) =>
    /^(?:host|content-type|x-amz-(?:date|x509|x509-chain))$/.test(name),
  );
  const missing = needed.filter((name) => !signedHeaders.includes(name));
  return missing.length > 0 ? `${missing.join(", ")} not signed` : undefined;
}

function denied(message: string): ServiceError {
  return refuse("rolesanywhere", { kind: "wrong-signature", message });
}
