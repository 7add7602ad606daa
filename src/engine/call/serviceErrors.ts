/**
 * AWS's error codes: for each, whether the function may have run, whether another attempt may succeed, and what to do.
 *
 * Source: the service models of Lambda (Invoke, 43 errors), STS and Parameter Store, and
 * {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | API_Invoke}. Lambda sends a modelled 4xx or 502
 * before it starts the function. It may send a 500, 503 or 504 afterwards.
 */
import { isError } from "../text/isError";
import type { RetryReason } from "../connection/retry";

/** What an error response from AWS means. */
export interface ServiceErrorMeaning {
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Whether the function may have run in spite of the error. */
  readonly mayHaveRun: boolean;
  /** Why another attempt may succeed within a moment. `undefined`: it would not. */
  readonly retryReason?: RetryReason | undefined;
  /** What to do about it, without a final period. `undefined`: there is no specific advice. */
  readonly advice?: string | undefined;
}

const ADVICE: Readonly<Record<string, string>> = {
  ResourceNotFoundException:
    "Check the function's name, qualifier, region and account, or deploy it first",
  AccessDeniedException:
    "Grant the caller permission for this action on this resource",
  AccessDenied: "Grant the caller permission for this action on this resource",
  UnrecognizedClientException:
    "AWS does not recognize the access key ID or the session token; check the credentials",
  InvalidClientTokenId:
    "AWS does not recognize the access key ID; check the credentials",
  InvalidSignatureException:
    "The secret access key does not match the access key ID, or this machine's clock is wrong; check both",
  SignatureDoesNotMatch:
    "The secret access key does not match the access key ID, or this machine's clock is wrong; check both",
  IncompleteSignature:
    "The request was changed on its way to AWS; check the proxy",
  IncompleteSignatureException:
    "The request was changed on its way to AWS; check the proxy",
  MissingAuthenticationTokenException:
    "The signature was removed on the way to AWS; check the proxy",
  ExpiredToken: "Get new credentials",
  ExpiredTokenException: "Get new credentials",
  RequestExpired: "Correct this machine's clock",
  InvalidParameterValueException: "Correct the value that AWS names",
  ValidationException: "Correct the value that AWS names",
  ValidationError: "Correct the value that AWS names",
  InvalidRequestContentException:
    "Send JSON; the standard runtimes accept only JSON",
  RequestTooLargeException: "Store the payload elsewhere and send a reference",
  TooManyRequestsException:
    "Wait and try again, or raise the function's concurrency",
  ThrottlingException: "Wait and try again",
  Throttling: "Wait and try again",
  ServiceQuotaExceededException: "Raise the quota that AWS names",
  ResourceConflictException:
    "Wait until the other change to the function is complete, or remove what still refers to the function",
  RecursiveInvocationException:
    "Lambda stopped a loop in which the function invokes itself; remove the loop",
  DurableExecutionAlreadyStartedException:
    "Another execution with a different payload has this name; use a new name",
  NoPublishedVersionException: "Publish a version of the function first",
  KMSAccessDeniedException:
    "Allow the function's role to use the KMS key of its environment",
  InvalidRuntimeException: "Move the function to a supported runtime",
  InvalidZipFileException: "Deploy the function's code again",
  ParameterAlreadyExists:
    "Nothing was replaced; set overwrite: true to replace it, or use another key",
  ParameterMaxVersionLimitExceeded:
    "Move the label of the oldest version to a newer one, or use another key",
  HierarchyLevelLimitExceededException: "Use a key with fewer levels",
  InvalidKeyId: "Check the KMS key and that the caller is allowed to use it",
  ParameterNotFound: "Store the parameter, or correct its name",
  RegionDisabledException: "Activate STS in this region, or use another region",
};

/** Modelled 502s that persist until the function or its configuration is changed. */
const PERMANENT_502 = new Set([
  "EC2AccessDeniedException",
  "InvalidRuntimeException",
  "InvalidSecurityGroupIDException",
  "InvalidSubnetIDException",
  "InvalidZipFileException",
  "KMSAccessDeniedException",
  "KMSDisabledException",
  "KMSInvalidStateException",
  "KMSNotFoundException",
]);

/** Modelled 502s that resolve by themselves. */
const TEMPORARY_502 = new Set([
  "EC2ThrottledException",
  "EC2UnexpectedException",
  "ENILimitReachedException",
  "ENINotReadyException",
  "ResourceNotReadyException",
  "SubnetIPAddressLimitReachedException",
]);

/**
 * Errors of an invocation that certainly did not run, and may succeed within a moment: Lambda throttled it, or could not prepare
 * the function. All other errors of Lambda are permanent, or the function may have run.
 */
export const UNSTARTED_INVOCATION_CODES: readonly string[] = [
  "TooManyRequestsException",
  ...TEMPORARY_502,
];

/** 4xx errors that resolve by themselves, but not within a moment. */
const TEMPORARY_4XX = new Set([
  "CodeArtifactUserPendingException",
  "SnapStartNotReadyException",
  "SnapStartTimeoutException",
  "EFSMountConnectivityException",
  "EFSMountTimeoutException",
  "S3FilesMountConnectivityException",
  "S3FilesMountTimeoutException",
  "ResourceConflictException",
]);

/** Codes for throttling, in the spellings of all services. */
const THROTTLING = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);

/** AWS received the request, or the response of a service behind it, too slowly; another attempt may succeed. */
const TRANSIENT_4XX = new Set([
  "RequestTimeout",
  "RequestTimeoutException",
  "IDPCommunicationErrorException",
]);

/** Codes for expired credentials. */
const EXPIRED = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
]);

/** Codes for credentials that AWS does not recognize. */
const UNRECOGNIZED = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClientException",
]);

/** Looks up what an error response means, by AWS's code and the HTTP status. */
export function lookUpServiceError(
  serviceCode: string,
  httpStatus: number,
): ServiceErrorMeaning {
  // The code may be the name of a property that every object has, for example `toString`.
  const advice = Object.hasOwn(ADVICE, serviceCode)
    ? ADVICE[serviceCode]
    : undefined;
  const throttled = httpStatus === 429 || THROTTLING.has(serviceCode);
  if (PERMANENT_502.has(serviceCode))
    return { retryable: false, mayHaveRun: false, advice };
  if (TEMPORARY_502.has(serviceCode) || (throttled && httpStatus < 500)) {
    const retryReason = throttled ? "throttled" : "transient";
    return { retryable: true, mayHaveRun: false, retryReason, advice };
  }
  if (httpStatus < 500) {
    const transient = TRANSIENT_4XX.has(serviceCode);
    return {
      retryable: transient || TEMPORARY_4XX.has(serviceCode),
      mayHaveRun: false,
      retryReason: transient ? "transient" : undefined,
      advice,
    };
  }
  return {
    retryable: true,
    mayHaveRun: true,
    retryReason: throttled ? "throttled" : "transient",
    advice: advice ?? "AWS had an internal error; try again later",
  };
}

/** Whether AWS denied access. */
export function isAccessDenied(error: unknown): boolean {
  return isError(error) && /^AccessDenied(Exception)?$/.test(error.name);
}

/** Whether AWS rejected the credentials as expired or unrecognized: newer ones may be accepted. */
export function areCredentialsRejected(error: Error): boolean {
  return isRejectedCredentialsCode(error.name);
}

/** Whether a code means that AWS rejected the credentials as expired or unrecognized. */
export function isRejectedCredentialsCode(code: string | undefined): boolean {
  return code !== undefined && (EXPIRED.has(code) || UNRECOGNIZED.has(code));
}

/** Codes for credentials that are unrecognized, do not match, or have expired, in the spellings of all services. */
export const REJECTED_CREDENTIALS_CODES: readonly string[] = [
  ...EXPIRED,
  ...UNRECOGNIZED,
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
];

/** Creates an error handler that turns the given error codes into a result and rethrows every other error. */
export function recoverFrom<Result>(
  codes: readonly string[],
  recover: (error: Error) => Result,
): (error: unknown) => Result {
  return (error) => {
    if (isError(error) && codes.includes(error.name)) return recover(error);
    throw error;
  };
}
