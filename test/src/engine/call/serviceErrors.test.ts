import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  isRejectedCredentialsCode,
  lookUpServiceError,
} from "../../../../src/engine/call/serviceErrors";

const DID_NOT_RUN = { mayHaveRun: false };

/** Invoke's errors in AWS's model: code, status, and whether the call is retryable. */
const INVOKE: readonly [string, number, boolean][] = [
  ["InvalidParameterValueException", 400, false],
  ["InvalidRequestContentException", 400, false],
  ["ModeNotSupportedException", 400, false],
  ["NoPublishedVersionException", 400, false],
  ["RecursiveInvocationException", 400, false],
  ["SnapStartException", 400, false],
  ["ServiceQuotaExceededException", 402, false],
  ["EFSMountFailureException", 403, false],
  ["S3FilesMountFailureException", 403, false],
  ["ResourceNotFoundException", 404, false],
  ["EFSMountConnectivityException", 408, true],
  ["EFSMountTimeoutException", 408, true],
  ["S3FilesMountConnectivityException", 408, true],
  ["S3FilesMountTimeoutException", 408, true],
  ["SnapStartTimeoutException", 408, true],
  ["CodeArtifactUserDeletedException", 409, false],
  ["CodeArtifactUserFailedException", 409, false],
  ["CodeArtifactUserPendingException", 409, true],
  ["DurableExecutionAlreadyStartedException", 409, false],
  ["ResourceConflictException", 409, true],
  ["SnapStartNotReadyException", 409, true],
  ["SnapStartRegenerationFailureException", 409, false],
  ["EFSIOException", 410, false],
  ["RequestTooLargeException", 413, false],
  ["SerializedRequestEntityTooLargeException", 413, false],
  ["UnsupportedMediaTypeException", 415, false],
  ["TooManyRequestsException", 429, true],
  ["ServiceException", 500, true],
  ["EC2AccessDeniedException", 502, false],
  ["EC2ThrottledException", 502, true],
  ["EC2UnexpectedException", 502, true],
  ["ENILimitReachedException", 502, true],
  ["ENINotReadyException", 502, true],
  ["InvalidRuntimeException", 502, false],
  ["InvalidSecurityGroupIDException", 502, false],
  ["InvalidSubnetIDException", 502, false],
  ["InvalidZipFileException", 502, false],
  ["KMSAccessDeniedException", 502, false],
  ["KMSDisabledException", 502, false],
  ["KMSInvalidStateException", 502, false],
  ["KMSNotFoundException", 502, false],
  ["ResourceNotReadyException", 502, true],
  ["SubnetIPAddressLimitReachedException", 502, true],
];

/** Invoke's errors, as the AWS SDK documents them. */
function readDocumentedErrors(): string[] {
  const client = dirname(
    require.resolve("@aws-sdk/client-lambda/package.json"),
  );
  const text = readFileSync(
    join(client, "dist-types/commands/InvokeCommand.d.ts"),
    "utf8",
  );
  const found = [
    ...text.matchAll(/@throws \{@link (\w+)\} \((client|server)/g),
  ];
  return found.map(([, name]) => name ?? "");
}

describe("lookUpServiceError", () => {
  it("is tested with every error that the AWS SDK documents for Invoke", () => {
    const tested = INVOKE.map(([code]) => code);

    expect(tested.sort()).toEqual(readDocumentedErrors().sort());
    expect(tested).toHaveLength(43);
  });

  it.each(INVOKE)("classifies %s (%i)", (code, httpStatus, retryable) => {
    const meaning = lookUpServiceError(code, httpStatus);

    expect(meaning).toMatchObject({
      retryable,
      mayHaveRun: code === "ServiceException",
    });
  });

  it.each<[string, number, boolean]>([
    ["AccessDeniedException", 403, false],
    ["ValidationException", 400, false],
    ["ExpiredTokenException", 403, false],
    ["UnrecognizedClientException", 403, false],
    ["InvalidSignatureException", 403, false],
    ["ThrottlingException", 400, true],
    ["Throttling", 400, true],
    ["RequestLimitExceeded", 400, true],
    ["SomethingNew", 429, true],
    ["SomethingNew", 418, false],
  ])(
    "reports that the function did not run after %s (%i)",
    (code, httpStatus, retryable) => {
      const meaning = lookUpServiceError(code, httpStatus);

      expect(meaning).toMatchObject({ retryable, ...DID_NOT_RUN });
    },
  );

  it.each([500, 502, 503, 504])(
    "reports that the function may have run after an unknown error with status %i",
    (httpStatus) => {
      const meaning = lookUpServiceError("SomethingNew", httpStatus);

      expect(meaning).toEqual({
        retryable: true,
        mayHaveRun: true,
        retryReason: "transient",
        advice: "AWS had an internal error; try again later",
      });
    },
  );
});

describe("isRejectedCredentialsCode", () => {
  it.each([
    ["ExpiredToken", true],
    ["ExpiredTokenException", true],
    ["RequestExpired", true],
    ["AccessDenied", false],
  ])("of %s is %s", (code, rejected) => {
    expect(isRejectedCredentialsCode(code)).toBe(rejected);
  });
});
