import { ServiceError } from "./ServiceError";

// Statuses of Lambda's modelled errors, grouped by the name of their message member.
const STATUSES = {
  message: {
    InvalidParameterValueException: 400,
    InvalidRequestContentException: 400,
    ModeNotSupportedException: 400,
    CodeArtifactUserDeletedException: 409,
    CodeArtifactUserFailedException: 409,
    CodeArtifactUserPendingException: 409,
    ResourceConflictException: 409,
    RequestTooLargeException: 413,
    SerializedRequestEntityTooLargeException: 413,
    UnsupportedMediaTypeException: 415,
    TooManyRequestsException: 429,
    ResourceNotReadyException: 502,
  },
  Message: {
    NoPublishedVersionException: 400,
    RecursiveInvocationException: 400,
    SnapStartException: 400,
    ServiceQuotaExceededException: 402,
    EFSMountFailureException: 403,
    S3FilesMountFailureException: 403,
    ResourceNotFoundException: 404,
    EFSMountConnectivityException: 408,
    EFSMountTimeoutException: 408,
    S3FilesMountConnectivityException: 408,
    S3FilesMountTimeoutException: 408,
    SnapStartTimeoutException: 408,
    DurableExecutionAlreadyStartedException: 409,
    SnapStartNotReadyException: 409,
    SnapStartRegenerationFailureException: 409,
    EFSIOException: 410,
    ServiceException: 500,
    EC2AccessDeniedException: 502,
    EC2ThrottledException: 502,
    EC2UnexpectedException: 502,
    ENILimitReachedException: 502,
    ENINotReadyException: 502,
    InvalidRuntimeException: 502,
    InvalidSecurityGroupIDException: 502,
    InvalidSubnetIDException: 502,
    InvalidZipFileException: 502,
    KMSAccessDeniedException: 502,
    KMSDisabledException: 502,
    KMSInvalidStateException: 502,
    KMSNotFoundException: 502,
    SubnetIPAddressLimitReachedException: 502,
  },
} as const;

/** Code of a modelled Lambda error. */
export type LambdaErrorCode =
  keyof (typeof STATUSES)["message"] | keyof (typeof STATUSES)["Message"];

const MODELLED: Readonly<Record<string, number>> = {
  ...STATUSES.message,
  ...STATUSES.Message,
};

/** Whether Lambda's model has this error. Only modelled errors have a `Type` member. */
export function isLambdaErrorCode(code: string): boolean {
  return Object.hasOwn(MODELLED, code);
}

/** Returns the name of an error's message member. */
export function getMessageKey(code: string): "message" | "Message" {
  return Object.hasOwn(STATUSES.Message, code) ||
    code === "AccessDeniedException"
    ? "Message"
    : "message";
}

/** Creates a modelled Lambda error with its status. */
export function createLambdaError(
  code: LambdaErrorCode,
  message: string,
): ServiceError {
  return new ServiceError({ status: MODELLED[code] ?? 500, code, message });
}
