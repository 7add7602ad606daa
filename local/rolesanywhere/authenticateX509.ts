import { verify, type KeyObject } from "node:crypto";
import { createCommonError } from "../protocol/createCommonError";
import type { ServiceError } from "../protocol/ServiceError";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import { findDateProblem, findScopeProblem } from "../iam/authenticate";
import type { Caller } from "../iam/Caller";
import {
  findTimeProblem,
  parseAuthorization,
  parseSigningTime,
  createStringToSign,
  type Authorization,
} from "../signature";
import { getDecimalSerial, readCertificates } from "./readCertificates";

/** Caller and region of a request that was authenticated with a certificate. */
export interface AuthenticatedCertificate {
  readonly caller: Caller;
  readonly region: string;
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  rsa: "AWS4-X509-RSA-SHA256",
  ec: "AWS4-X509-ECDSA-SHA256",
};

/**
 * Authenticates a request that was signed with the key of its certificate. Checks the header, the
 * signed headers, the serial number, the scope, the time and finally the signature. Does not check
 * whether the certificate is trusted.
 */
export function authenticateX509(attempt: {
  readonly request: HttpRequest;

  /** Account ID of the caller until a role has been assumed. */
  readonly accountId: string;

  /** Epoch milliseconds. */
  readonly now: number;
}): AuthenticatedCertificate {
  const { request, accountId, now } = attempt;
  const { leaf } = readCertificates(request);
  const serial = getDecimalSerial(leaf);
  const { algorithm, authorization } = readHeader(request, leaf.publicKey);
  const signedAt = parseSigningTime(getHeader(request, "x-amz-date") ?? "");
  const problem =
    findHeaderProblem(request, authorization) ??
    (authorization.accessKeyId === serial
      ? undefined
      : "Credential does not begin with the certificate's serial number in decimal digits") ??
    findScopeProblem(authorization, "rolesanywhere") ??
    findDateProblem(request, authorization) ??
    (signedAt === undefined
      ? "X-Amz-Date must be in ISO-8601 'basic format'"
      : findTimeProblem(signedAt, now));
  if (problem !== undefined) throw denied(`Invalid signature: ${problem}`);
  const stringToSign = createStringToSign(algorithm, {
    request,
    authorization,
  });
  const signature = Buffer.from(authorization.signature, "hex");
  if (!verify("sha256", Buffer.from(stringToSign), leaf.publicKey, signature))
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
  request: HttpRequest,
  key: KeyObject,
): { readonly algorithm: string; readonly authorization: Authorization } {
  const algorithm = ALGORITHMS[key.asymmetricKeyType ?? ""];
  if (algorithm === undefined)
    throw denied("Invalid certificate: its key is neither RSA nor EC");
  const authorization = parseAuthorization(
    getHeader(request, "authorization") ?? "",
    algorithm,
  );
  if ("incomplete" in authorization) throw denied(authorization.incomplete);
  return { algorithm, authorization };
}

function findHeaderProblem(
  request: HttpRequest,
  { signedHeaders }: Authorization,
): string | undefined {
  const required = [...request.headers.keys()].filter((name) =>
    /^(?:host$|content-type$|x-amz-)/.test(name),
  );
  const missing = required.filter((name) => !signedHeaders.includes(name));
  return missing.length > 0 ? `${missing.join(", ")} not signed` : undefined;
}

function denied(message: string): ServiceError {
  return createCommonError("rolesanywhere", {
    kind: "wrong-signature",
    message,
  });
}
