/**
 * AWS's errors, by table: what each says of a function that was to run, whether trying again may help, and what to do.
 *
 * Source: the service model of Lambda (Invoke, 43 errors), STS and the Parameter Store, and
 * {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | API_Invoke}. A modelled 4xx or 502 is answered
 * before the function is started. A 500, 503 or 504 may come after.
 */
import { isError } from "../text/isError";
import type { RetryReason } from "../connection/retry";

/** What a refusal by AWS means. */
export interface ServiceErrorMeaning {
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Whether the function can have run all the same. */
  readonly mayHaveRun: boolean;
  /** Why another attempt may help right now. Absent: it does not. */
  readonly retryReason?: RetryReason | undefined;
  readonly advice?: string | undefined;
}

const ADVICE: Readonly<Record<string, string>> = {
  ResourceNotFoundException:
    "Check its name, qualifier, region and account, or deploy it first",
  AccessDeniedException:
    "Allow the caller the action on the resource that AWS names",
  AccessDenied: "Allow the caller the action on the resource that AWS names",
  UnrecognizedClientException:
    "The access key id or session token is unknown to AWS; check the credentials",
  InvalidClientTokenId:
    "The access key id is unknown to AWS; check the credentials",
  InvalidSignatureException:
    "The secret key does not belong to the access key id, or the clock is wrong; check both",
  SignatureDoesNotMatch:
    "The secret key does not belong to the access key id, or the clock is wrong; check both",
  IncompleteSignature:
    "Something on the way changed the request; check the proxy",
  IncompleteSignatureException:
    "Something on the way changed the request; check the proxy",
  MissingAuthenticationTokenException:
    "Something on the way removed the signature; check the proxy",
  ExpiredToken: "Get new credentials",
  ExpiredTokenException: "Get new credentials",
  RequestExpired: "Set the clock of this machine",
  InvalidParameterValueException: "Correct what AWS names",
  ValidationException: "Correct what AWS names",
  ValidationError: "Correct what AWS names",
  InvalidRequestContentException:
    "Send JSON; the standard runtimes take nothing else",
  RequestTooLargeException: "Store the payload elsewhere and send a reference",
  TooManyRequestsException:
    "Wait and try again, or raise the function's concurrency",
  ThrottlingException: "Wait and try again",
  Throttling: "Wait and try again",
  ServiceQuotaExceededException: "Raise the quota that AWS names",
  ResourceConflictException:
    "Wait until the other change of the function is done, or remove what still refers to it",
  RecursiveInvocationException:
    "The function invokes itself in a loop that Lambda has stopped; break the loop",
  DurableExecutionAlreadyStartedException:
    "The name belongs to an execution with another payload; use a new name",
  NoPublishedVersionException: "Publish a version of the function first",
  KMSAccessDeniedException:
    "Allow the function's role to use the KMS key of its environment",
  InvalidRuntimeException: "Move the function to a runtime that is supported",
  InvalidZipFileException: "Deploy the function's code again",
  ParameterAlreadyExists:
    "Nothing was replaced; give overwrite: true to do so, or another key",
  ParameterMaxVersionLimitExceeded:
    "Move the label of the oldest version to a newer one, or use another key",
  HierarchyLevelLimitExceededException: "Use a key with fewer levels",
  InvalidKeyId: "Check the KMS key, and that the caller may use it",
  ParameterNotFound: "Store the parameter, or correct its name",
  RegionDisabledException: "Activate STS in this region, or use another region",
};

/** Refused for good: the same request gets the same answer until somebody changes something. */
const LASTING_502 = new Set([
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

/** Modelled 502s that pass by themselves. */
const PASSING_502 = new Set([
  "EC2ThrottledException",
  "EC2UnexpectedException",
  "ENILimitReachedException",
  "ENINotReadyException",
  "ResourceNotReadyException",
  "SubnetIPAddressLimitReachedException",
]);

/** 4xx answers that pass by themselves, but not within a moment. */
const PASSING_4XX = new Set([
  "CodeArtifactUserPendingException",
  "SnapStartNotReadyException",
  "SnapStartTimeoutException",
  "EFSMountConnectivityException",
  "EFSMountTimeoutException",
  "S3FilesMountConnectivityException",
  "S3FilesMountTimeoutException",
  "ResourceConflictException",
]);

/** Too much at once, in each service's own words. */
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

/** The request came too slowly, or what AWS asks behind the scenes did; the same once more may do. */
const TRANSIENT_4XX = new Set([
  "RequestTimeout",
  "RequestTimeoutException",
  "IDPCommunicationError",
]);

/** Three spellings, one meaning. */
const EXPIRED = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
]);

/** Keys that AWS does not know. */
const UNKNOWN = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClientException",
]);

/** What a refusal means, by AWS's code and the HTTP status. */
export function lookUpServiceError(
  serviceCode: string,
  httpStatus: number,
): ServiceErrorMeaning {
  // A stranger's code may be the name of what every object has.
  const advice = Object.hasOwn(ADVICE, serviceCode)
    ? ADVICE[serviceCode]
    : undefined;
  const throttled = httpStatus === 429 || THROTTLING.has(serviceCode);
  if (LASTING_502.has(serviceCode))
    return { retryable: false, mayHaveRun: false, advice };
  if (PASSING_502.has(serviceCode) || (throttled && httpStatus < 500)) {
    const hope = throttled ? "throttled" : "transient";
    return { retryable: true, mayHaveRun: false, retryReason: hope, advice };
  }
  if (httpStatus < 500) {
    const transient = TRANSIENT_4XX.has(serviceCode);
    return {
      retryable: transient || PASSING_4XX.has(serviceCode),
      mayHaveRun: false,
      retryReason: transient ? "transient" : undefined,
      advice,
    };
  }
  return {
    retryable: true,
    mayHaveRun: true,
    retryReason: throttled ? "throttled" : "transient",
    advice: advice ?? "AWS failed; try again later",
  };
}

/** Whether AWS answered that the session's keys have expired. */
export function isExpiredToken(error: unknown): boolean {
  return isError(error) && EXPIRED.has(error.name);
}

/** Whether AWS answered that it is not allowed. */
export function isDenied(error: unknown): boolean {
  return isError(error) && /^AccessDenied(Exception)?$/.test(error.name);
}

/** What AWS says where a signature is too old, too new, or does not fit. */
const CLOCK = new Set([
  "AuthFailure",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);

/** Whether AWS's refusal may come from a clock that is wrong. */
export function isClockError({ name }: Error): boolean {
  return CLOCK.has(name);
}

/** Whether AWS no longer takes the keys, or does not take them yet: others may do. */
export function areCredentialsRejected(error: Error): boolean {
  return EXPIRED.has(error.name) || UNKNOWN.has(error.name);
}

/** Keys that AWS does not know, that do not fit, or that are no longer good; by the protocols' spellings. */
export const CREDENTIALS_REJECTED: readonly string[] = [
  ...EXPIRED,
  ...UNKNOWN,
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
];

/** Takes certain refusals for an answer; every other failure stays one. */
export function returnOnRefusal<Answer>(
  codes: readonly string[],
  answer: (refusal: Error) => Answer,
): (error: unknown) => Answer {
  return (error) => {
    if (isError(error) && codes.includes(error.name)) return answer(error);
    throw error;
  };
}
