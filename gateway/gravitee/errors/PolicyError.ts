/** Gravitee's key of a failure. Response templates are selected by it. */
export type PolicyErrorKey =
  | "AWS_LAMBDA_INVALID_RESPONSE"
  | "AWS_LAMBDA_INVALID_STATUS_CODE"
  | "AWS_LAMBDA_TEMPLATE_VARIABLE_EXCEPTION";

/** One of Gravitee's errors. */
export interface AwsLambdaError {
  readonly key: PolicyErrorKey;
  readonly status: number;
  readonly message: string;
}

/**
 * A failure of the policy, as the client sees it. `cause` is the original error and is not sent to the client.
 *
 * @category Gateway
 */
export class PolicyError extends Error {
  /** `PolicyError`, also in minified code. */
  override readonly name = "PolicyError";

  /** Gravitee's error key. */
  readonly key: PolicyErrorKey;

  /** HTTP status of the response. */
  readonly status: number;

  /** `#parameters` in response templates. */
  readonly parameters: Readonly<Record<string, string>>;

  /** Created by the policy and passed to `onFailure`. */
  constructor(error: AwsLambdaError, options: PolicyErrorOptions = {}) {
    const { details, parameters = {} } = options;
    super(
      details === undefined
        ? error.message
        : `${error.message} Details: [${details}]`,
      "cause" in options ? { cause: options.cause } : undefined,
    );
    this.key = error.key;
    this.status = error.status;
    this.parameters = parameters;
  }
}

/** The parts of a failure that differ from one occurrence to the next. */
export interface PolicyErrorOptions {
  readonly cause?: unknown;
  /** Appended to the message. */
  readonly details?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>>;
}
