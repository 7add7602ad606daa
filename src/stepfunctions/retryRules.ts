import { UNSTARTED_INVOCATION_CODES } from "../engine/call/serviceErrors";

/** A rule of Step Functions for trying a state again: a retrier. */
export interface RetryRule {
  /** Names of the errors that the rule applies to. */
  readonly ErrorEquals: readonly string[];

  /** Seconds before the second attempt. */
  readonly IntervalSeconds: number;

  /** What each further wait is multiplied by. */
  readonly BackoffRate: number;

  /** Maximum number of further attempts. */
  readonly MaxAttempts: number;

  /** Maximum wait, in seconds. */
  readonly MaxDelaySeconds: number;

  /** Waits are random, up to the computed ones, so that requests do not return all at once. */
  readonly JitterStrategy: "FULL";
}

const BACKOFF = {
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: "FULL",
} as const;

/**
 * The rule for all requests: the function certainly did not run. As many further attempts as in `InvokeMany`.
 *
 * The names have the prefix `Lambda.`, so that an error of the function, for example a `TooManyRequestsException` of a service
 * that it calls, does not match.
 */
const IF_IT_DID_NOT_RUN: RetryRule = {
  ErrorEquals: UNSTARTED_INVOCATION_CODES.map((code) => `Lambda.${code}`),
  ...BACKOFF,
  MaxAttempts: 8,
};

/**
 * The further rule for idempotent requests: AWS or the network failed, and the function may have run. As many attempts as in
 * `InvokeMany`. Missing on purpose: `Lambda.Unknown`, which is a function that failed without an error, and `States.Timeout`.
 *
 * Source: {@link https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception |
 * Handle transient Lambda service exceptions}.
 */
const IF_IT_MAY_HAVE_RUN: RetryRule = {
  ErrorEquals: [
    "Lambda.AWSLambdaException",
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
  ],
  ...BACKOFF,
  MaxAttempts: 2,
};

/** The rules for requests that run at most once. */
export const RETRY_ONCE: readonly RetryRule[] = [IF_IT_DID_NOT_RUN];

/** The rules for idempotent requests. */
export const RETRY_IDEMPOTENT: readonly RetryRule[] = [
  IF_IT_DID_NOT_RUN,
  IF_IT_MAY_HAVE_RUN,
];
