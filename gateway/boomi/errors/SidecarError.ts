import type { Point } from "../configuration/PointConfiguration";

/**
 * An error of Boomi's error table, as it is sent to the client.
 *
 * @category Gateway
 */
export class SidecarError extends Error {
  /** Boomi's error name, for example `RequiredHeaderConditionFailure`. */
  override readonly name: string;

  /** HTTP status, 400 to 599. */
  readonly status: number;

  /**
   * Whether the client's request caused the error: a required header or EAV is missing, or a payload is too large. These
   * errors stop the call even with `failSafe`, except a payload above `max-payload-size` with `filtering`.
   */
  readonly isClientError: boolean;

  /**
   * Whether `max-payload-condition: filtering` forwards the message.
   *
   * @internal
   */
  readonly isFilterable: boolean;

  /** The error that the function threw, if it ran and threw one. */
  readonly functionError?: FunctionErrorDetails;

  /** Created by the sidecar; `onFailure` receives it. */
  constructor(
    definition: SidecarErrorDefinition,
    details: { cause?: unknown; functionError?: FunctionErrorDetails } = {},
  ) {
    const { cause, functionError } = details;
    super(definition.message, cause === undefined ? undefined : { cause });
    this.name = definition.name;
    this.status = definition.status;
    this.isClientError = definition.isClientError ?? false;
    this.isFilterable = definition.isFilterable ?? false;
    if (functionError) this.functionError = functionError;
  }
}

/**
 * The error that a function threw, without its stack trace. Sent to the client with status 502.
 *
 * @category Gateway
 */
export interface FunctionErrorDetails {
  /** Error type; an empty string if the function gave none. */
  readonly title: string;

  /** Error message; an empty string if the function gave none. */
  readonly detail: string;
}

/** One row of Boomi's error table, exactly as documented. */
export interface SidecarErrorDefinition {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  /** Whether the client's request caused it. Defaults to `false`. */
  readonly isClientError?: boolean;
  /** Whether `filtering` forwards the message without the function. Defaults to `false`. */
  readonly isFilterable?: boolean;
}

const define = (
  name: string,
  message: string,
  status: number,
): SidecarErrorDefinition => ({ name, message, status });

const defineClientError = (
  name: string,
  message: string,
  status: number,
): SidecarErrorDefinition => ({
  ...define(name, message, status),
  isClientError: true,
});

const defineLambdaError = (
  point: Point,
  message: string,
): SidecarErrorDefinition =>
  define(
    point === "PreProcessor"
      ? "InvalidResponseFromAWSLambdaInPreProcess"
      : "InvalidResponseFromAWSLambdaInPostProcess",
    message,
    500,
  );

/**
 * Boomi's error table
 * ({@link https://help.boomi.com/docs/Atomsphere/API%20Management/cam/cloud/ConnectorGuides/BoomiMasheryConnectors/AWSLambdaSidecarIntegrationConnector/Design_and_implementation_3 |
 * Boomi, Design and Implementation}).
 */
export const SIDECAR_ERRORS = {
  invalidConfiguration: (message: string) =>
    define("InvalidPreInputConfiguration", message, 500),
  missingHeader: (header: string) =>
    defineClientError(
      "RequiredHeaderConditionFailure",
      `Required Header - ${header} Unavailable`,
      400,
    ),
  missingEav: (eav: string) =>
    defineClientError(
      "RequiredApplicationEAVConditionFailure",
      `Required Application EAV - ${eav} Unavailable`,
      400,
    ),
  eavLookupFailed: () =>
    define(
      "RequiredApplicationEAVConditionFailure",
      "Error occurred while fetching application data",
      400,
    ),
  missingPackageKeyEav: (eav: string) =>
    defineClientError(
      "RequiredPackageKeyEAVConditionFailure",
      `Required Package Key EAV - ${eav} Unavailable`,
      400,
    ),
  packageKeyEavLookupFailed: () =>
    define(
      "RequiredPackageKeyEAVConditionFailure",
      "Error occurred while fetching package key data",
      400,
    ),
  payloadTooLarge: () => ({
    ...defineClientError(
      "MaxPayloadConditionFailure",
      "Payload length is more than max allowed payload",
      413,
    ),
    isFilterable: true,
  }),
  payloadOverOneMegabyte: () =>
    defineClientError(
      "MaxPayloadConditionFailure",
      "Payload length is more than 1MB.",
      413,
    ),
  invalidInput: (point: Point) =>
    point === "PreProcessor"
      ? define(
          "InvalidJSONInputForAWSLambda",
          "Error while creating json input for AWS Lambda in pre-process",
          400,
        )
      : define(
          "InvalidJSONInputForAWSLambda",
          "Error while creating json input for AWS Lambda in post-process",
          500,
        ),
  noResponse: (point: Point) =>
    defineLambdaError(point, "AWS Lambda Response is not returned"),
  invalidResponse: (point: Point) =>
    defineLambdaError(point, "Invalid output from AWS Lambda function"),
  unsuccessfulStatus: (point: Point) =>
    defineLambdaError(point, "Success Response not returned from AWS Lambda"),
  connectionFailed: (point: Point) =>
    defineLambdaError(point, "Error while connecting to AWS lambda."),
  awsError: (point: Point, message: string) =>
    defineLambdaError(point, message),
  timeout: () =>
    define(
      "Gateway Timeout",
      "Timeout occured while connecting to AWS Service",
      504,
    ),
  // Boomi documents no name for this error.
  functionFailed: () => define("FunctionError", "The function failed", 502),
} as const;
