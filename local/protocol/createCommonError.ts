import type { Service } from "./Service";
import { ServiceError } from "./ServiceError";

/** Errors that are common to all operations. */
export type CommonErrorKind =
  | "missing-signature"
  | "incomplete-signature"
  | "wrong-signature"
  | "unknown-key"
  | "expired-token"
  | "access-denied"
  | "invalid-request"
  | "throttled"
  | "not-available";

type StatusAndCode = readonly [status: number, code: string];

/** Error code for everything that AWS supports and this embedded AWS does not. */
export const NOT_AVAILABLE = "NotAvailableInLocalAws";

/** HTTP status of that error. It is not 5xx, so clients do not retry. */
export const NOT_AVAILABLE_STATUS = 400;

const REST: Record<CommonErrorKind, StatusAndCode> = {
  "missing-signature": [403, "MissingAuthenticationTokenException"],
  "incomplete-signature": [400, "IncompleteSignatureException"],
  "wrong-signature": [403, "InvalidSignatureException"],
  "unknown-key": [403, "UnrecognizedClientException"],
  "expired-token": [403, "ExpiredTokenException"],
  "access-denied": [403, "AccessDeniedException"],
  "invalid-request": [400, "ValidationException"],
  throttled: [429, "TooManyRequestsException"],
  "not-available": [NOT_AVAILABLE_STATUS, NOT_AVAILABLE],
};

const QUERY: Record<CommonErrorKind, StatusAndCode> = {
  "missing-signature": [403, "MissingAuthenticationToken"],
  "incomplete-signature": [400, "IncompleteSignature"],
  "wrong-signature": [403, "SignatureDoesNotMatch"],
  "unknown-key": [403, "InvalidClientTokenId"],
  "expired-token": [403, "ExpiredToken"],
  "access-denied": [403, "AccessDenied"],
  "invalid-request": [400, "ValidationError"],
  throttled: [400, "Throttling"],
  "not-available": [NOT_AVAILABLE_STATUS, NOT_AVAILABLE],
};

// The JSON protocol uses the same error codes as REST, with status 400.
const JSON_1_1: Record<CommonErrorKind, StatusAndCode> = {
  ...REST,
  "missing-signature": [400, "MissingAuthenticationTokenException"],
  "wrong-signature": [400, "InvalidSignatureException"],
  "unknown-key": [400, "UnrecognizedClientException"],
  "expired-token": [400, "ExpiredTokenException"],
  "access-denied": [400, "AccessDeniedException"],
  throttled: [400, "ThrottlingException"],
};

// Roles Anywhere uses one error code for every authentication problem.
const ANYWHERE: Record<CommonErrorKind, StatusAndCode> = {
  ...REST,
  "missing-signature": [403, "AccessDeniedException"],
  "incomplete-signature": [403, "AccessDeniedException"],
  "wrong-signature": [403, "AccessDeniedException"],
  "unknown-key": [403, "AccessDeniedException"],
  "expired-token": [403, "AccessDeniedException"],
  throttled: [429, "ThrottlingException"],
};

const ERRORS_BY_SERVICE: Record<
  Service,
  Record<CommonErrorKind, StatusAndCode>
> = {
  lambda: REST,
  sts: QUERY,
  ssm: JSON_1_1,
  rolesanywhere: ANYWHERE,
};

/** Creates a common error with the service's error code and status. */
export function createCommonError(
  service: Service,
  refusal: {
    readonly kind: CommonErrorKind;
    readonly message: string;
    readonly members?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  },
): ServiceError {
  const { kind, ...error } = refusal;
  const [status, code] = ERRORS_BY_SERVICE[service][kind];
  return new ServiceError({ ...error, status, code });
}

/** Creates the error for something that AWS supports and this embedded AWS does not. */
export function createNotAvailableError(
  service: Service,
  feature: string,
): ServiceError {
  return createCommonError(service, {
    kind: "not-available",
    message: `${feature} is not supported by the embedded AWS of aws-lambda-connector.`,
  });
}
