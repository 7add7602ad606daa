import type { AwsLambdaError } from "./PolicyError";

/** The errors of Gravitee's policy, with its keys, statuses and messages. */
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
