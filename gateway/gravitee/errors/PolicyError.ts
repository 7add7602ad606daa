/** The vendor's key of a failure; response templates are found by it. */
export type PolicyErrorKey =
  | "AWS_LAMBDA_INVALID_RESPONSE"
  | "AWS_LAMBDA_INVALID_STATUS_CODE"
  | "AWS_LAMBDA_TEMPLATE_VARIABLE_EXCEPTION";

/**
 * A failure of Gravitee's policy: what the client is answered with. What led to it is its `cause`, for the host's eyes.
 *
 * @category Gateway
 */
export class PolicyError extends Error {
  /** Literal, whatever a minifier does to the class. */
  override readonly name = "PolicyError";

  /** The vendor's key. */
  readonly key: PolicyErrorKey;

  /** The HTTP status. */
  readonly status: number;

  /** What response templates see as `#parameters`. */
  readonly parameters: Readonly<Record<string, string>>;

  /** Made by the policy; you are told of it. */
  constructor(row: AwsLambdaError, facts: PolicyErrorOptions = {}) {
    const { details, parameters = {} } = facts;
    super(
      details === undefined
        ? row.message
        : `${row.message} Details: [${details}]`,
      "cause" in facts ? { cause: facts.cause } : undefined,
    );
    this.key = row.key;
    this.status = row.status;
    this.parameters = parameters;
  }
}

/** What is known of a failure beside its row. */
export interface PolicyErrorOptions {
  readonly cause?: unknown;
  /** Told to the client behind the message. */
  readonly details?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A row of the vendor's table. */
export interface AwsLambdaError {
  readonly key: PolicyErrorKey;
  readonly status: number;
  readonly message: string;
}

/** The vendor's table of errors. */
export const AWS_LAMBDA_ERRORS = {
  invalidResponse: {
    key: "AWS_LAMBDA_INVALID_RESPONSE",
    status: 500,
    message: "An error occurs while invoking lambda function.",
  },
  invalidStatusCode: {
    key: "AWS_LAMBDA_INVALID_STATUS_CODE",
    status: 400,
    message: "Invalid status code from lambda function response.",
  },
  templateVariableException: {
    key: "AWS_LAMBDA_TEMPLATE_VARIABLE_EXCEPTION",
    status: 500,
    message: "An error occurs while processing context variables.",
  },
} as const satisfies Record<string, AwsLambdaError>;
