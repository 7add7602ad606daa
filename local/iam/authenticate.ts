import {
  createCommonError,
  type CommonErrorKind,
} from "../protocol/createCommonError";
import type { Service } from "../protocol/Service";
import type { ServiceError } from "../protocol/ServiceError";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import {
  findTimeProblem,
  calculateSignature,
  isSameSignature,
  parseAuthorization,
  parseSigningTime,
  type Authorization,
} from "../signature";
import type { IssuedCredentials, CredentialStore } from "./CredentialStore";

/** Credentials and region of an authenticated request. */
export interface AuthenticatedRequest {
  readonly credentials: IssuedCredentials;
  readonly region: string;
}

/**
 * Authenticates a request, or throws the service's error. Checks the header, the credentials with
 * their token and expiry, the scope, the time and finally the signature.
 */
export function authenticate(attempt: {
  readonly request: HttpRequest;
  readonly service: Service;
  readonly store: CredentialStore;

  /** Epoch milliseconds. */
  readonly now: number;
}): AuthenticatedRequest {
  const { request, service, store, now } = attempt;
  const fail: Fail = (kind, message) =>
    createCommonError(service, { kind, message });
  const authorization = readHeader(request, fail);
  const credentials = findCredentials({ request, authorization, store, fail });
  // Checked before the signature: an expired token is reported even if the clocks differ.
  if (credentials.expiresAt !== undefined && credentials.expiresAt <= now)
    throw fail(
      "expired-token",
      "The security token included in the request is expired",
    );
  const signedAt = readTime(request, fail);
  const problem =
    findScopeProblem(authorization, service) ??
    findDateProblem(request, authorization) ??
    findTimeProblem(signedAt, now);
  if (problem !== undefined) throw fail("wrong-signature", problem);
  const expected = calculateSignature({
    request,
    authorization,
    key: credentials.deriveSigningKey(authorization),
  });
  if (!isSameSignature(expected, authorization.signature))
    throw fail("wrong-signature", MISMATCH);
  return { credentials, region: authorization.region };
}

type Fail = (kind: CommonErrorKind, message: string) => ServiceError;

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

function readHeader(request: HttpRequest, fail: Fail): Authorization {
  const header = getHeader(request, "authorization");
  if (header === undefined) {
    if (request.rawQuery.includes("X-Amz-Signature="))
      throw fail(
        "not-available",
        "Presigned requests are not supported by the embedded AWS of aws-lambda-connector. Sign with the Authorization header.",
      );
    throw fail("missing-signature", "Missing Authentication Token");
  }
  const authorization = parseAuthorization(header);
  if ("incomplete" in authorization)
    throw fail("incomplete-signature", authorization.incomplete);
  if (!authorization.signedHeaders.includes("host"))
    throw fail(
      "wrong-signature",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  const unsigned = findUnsignedHeader(request, authorization);
  if (unsigned !== undefined)
    throw fail(
      "wrong-signature",
      `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`,
    );
  return authorization;
}

/** Returns the name of an `x-amz-*` header that is not signed: anyone could have added or changed it. */
export function findUnsignedHeader(
  { headers }: HttpRequest,
  { signedHeaders }: Authorization,
): string | undefined {
  return [...headers.keys()].find(
    (name) => name.startsWith("x-amz-") && !signedHeaders.includes(name),
  );
}

function findCredentials(attempt: {
  readonly request: HttpRequest;
  readonly authorization: Authorization;
  readonly store: CredentialStore;
  readonly fail: Fail;
}): IssuedCredentials {
  const credentials = attempt.store.find(attempt.authorization.accessKeyId);
  const token = getHeader(attempt.request, "x-amz-security-token");
  if (!credentials || credentials.sessionToken !== token)
    throw attempt.fail(
      "unknown-key",
      "The security token included in the request is invalid.",
    );
  return credentials;
}

/** Returns the problem in a credential scope, if any. */
export function findScopeProblem(
  scope: Authorization,
  service: Service,
): string | undefined {
  if (scope.terminator !== "aws4_request")
    return `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`;
  if (scope.service !== service)
    return `Credential should be scoped to correct service: '${service}'.`;
  if (!/^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(scope.region))
    return `Credential should be scoped to a valid region, not '${scope.region}'.`;
  return undefined;
}

/** Returns the problem if the date of the scope is not the date of the request. */
export function findDateProblem(
  request: HttpRequest,
  scope: Authorization,
): string | undefined {
  const header = getHeader(request, "x-amz-date") ?? "";
  return header.startsWith(`${scope.date}T`)
    ? undefined
    : `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${header.slice(0, 8)}', from '${header}'.`;
}

function readTime(request: HttpRequest, fail: Fail): number {
  const header = getHeader(request, "x-amz-date");
  if (header === undefined)
    throw fail(
      "incomplete-signature",
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  const time = parseSigningTime(header);
  if (time === undefined)
    throw fail(
      "incomplete-signature",
      `Date must be in ISO-8601 'basic format'. Got '${header}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  return time;
}
