import type { Point } from "./configuration/PointConfiguration";

/**
 * A row of the vendor's table of errors: what the client is answered with.
 *
 * @category Gateway
 */
export class SidecarError extends Error {
  /** The vendor's name, for example `RequiredHeaderConditionFailure`. */
  override readonly name: string;

  /** The HTTP status, 400 to 599. */
  readonly status: number;

  /** The client is what failed: his call lacks something, or is too large. That stops it, fail-safe or not. */
  readonly isOfClient: boolean;

  /** What the function said of its own failure. Absent: it did not run, or did not fail. */
  readonly failure?: FunctionFailure;

  /** Made by the sidecar; you are told of it. */
  constructor(
    row: Row,
    facts: { cause?: unknown; failure?: FunctionFailure } = {},
  ) {
    super(
      row.message,
      facts.cause === undefined ? undefined : { cause: facts.cause },
    );
    this.name = row.name;
    this.status = row.status;
    this.isOfClient = row.isOfClient ?? false;
    if (facts.failure) this.failure = facts.failure;
  }
}

/**
 * What a function said of its own failure; its trace is kept back.
 *
 * @category Gateway
 */
export interface FunctionFailure {
  /** Its error type; empty where it named none. */
  readonly title: string;

  /** Its message; empty where it had none. */
  readonly detail: string;
}

/** One row: the vendor's name, text and status, to the letter. */
export interface Row {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  /** It is the client's failure. Absent: it is not. */
  readonly isOfClient?: boolean;
}

const row = (name: string, message: string, status: number): Row => ({
  name,
  message,
  status,
});

const ofClient = (name: string, message: string, status: number): Row => ({
  ...row(name, message, status),
  isOfClient: true,
});

const ofLambda = (point: Point, message: string): Row =>
  row(
    point === "PreProcessor"
      ? "InvalidResponseFromAWSLambdaInPreProcess"
      : "InvalidResponseFromAWSLambdaInPostProcess",
    message,
    500,
  );

/**
 * The vendor's table, row by row
 * ({@link https://help.boomi.com/docs/Atomsphere/API%20Management/cam/cloud/ConnectorGuides/BoomiMasheryConnectors/AWSLambdaSidecarIntegrationConnector/Design_and_implementation_3 |
 * Boomi, Design and Implementation}).
 */
export const ROWS = {
  invalidConfiguration: (message: string) =>
    row("InvalidPreInputConfiguration", message, 500),
  headerMissing: (header: string) =>
    ofClient(
      "RequiredHeaderConditionFailure",
      `Required Header - ${header} Unavailable`,
      400,
    ),
  eavMissing: (eav: string) =>
    ofClient(
      "RequiredApplicationEAVConditionFailure",
      `Required Application EAV - ${eav} Unavailable`,
      400,
    ),
  eavsUnreadable: () =>
    row(
      "RequiredApplicationEAVConditionFailure",
      "Error occurred while fetching application data",
      400,
    ),
  packageKeyEavMissing: (eav: string) =>
    ofClient(
      "RequiredPackageKeyEAVConditionFailure",
      `Required Package Key EAV - ${eav} Unavailable`,
      400,
    ),
  packageKeyEavsUnreadable: () =>
    row(
      "RequiredPackageKeyEAVConditionFailure",
      "Error occurred while fetching package key data",
      400,
    ),
  payloadTooLarge: () =>
    ofClient(
      "MaxPayloadConditionFailure",
      "Payload length is more than max allowed payload",
      413,
    ),
  payloadOverLimit: () =>
    ofClient(
      "MaxPayloadConditionFailure",
      "Payload length is more than 1MB.",
      413,
    ),
  invalidInput: (point: Point) =>
    point === "PreProcessor"
      ? row(
          "InvalidJSONInputForAWSLambda",
          "Error while creating json input for AWS Lambda in pre-process",
          400,
        )
      : row(
          "InvalidJSONInputForAWSLambda",
          "Error while creating json input for AWS Lambda in post-process",
          500,
        ),
  noAnswer: (point: Point) =>
    ofLambda(point, "AWS Lambda Response is not returned"),
  invalidAnswer: (point: Point) =>
    ofLambda(point, "Invalid output from AWS Lambda function"),
  noSuccess: (point: Point) =>
    ofLambda(point, "Success Response not returned from AWS Lambda"),
  notConnected: (point: Point) =>
    ofLambda(point, "Error while connecting to AWS lambda."),
  refused: (point: Point, message: string) => ofLambda(point, message),
  timeout: () =>
    row(
      "Gateway Timeout",
      "Timeout occured while connecting to AWS Service",
      504,
    ),
  // The vendor names no name for it.
  functionFailed: () => row("FunctionError", "The function failed", 502),
} as const;
