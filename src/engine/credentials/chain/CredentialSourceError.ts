/** What else is known about a source that failed. */
export interface CredentialSourceFailure {
  /** What to do about it, without a final period. Optional; defaults to the advice for `failure`. */
  readonly advice?: string | undefined;
  /** Whether the source may work later. Defaults to that of `failure`, then to `false`. */
  readonly retryable?: boolean | undefined;
  /** ARN of the role that could not be assumed. Not set if no role was involved. */
  readonly roleArn?: string | undefined;
  /** The error of a request to AWS. It is translated like that of any other request. Not set if there was none. */
  readonly failure?: unknown;
  /** Secrets that the message or the failure may contain. Defaults to none. */
  readonly secrets?: readonly (string | undefined)[];
}

/** A source of the default chain that is configured, but provides no credentials. The message continues a sentence. */
export class CredentialSourceError extends Error {
  override readonly name = "CredentialSourceError";
  readonly advice: string | undefined;
  readonly retryable: boolean | undefined;
  readonly roleArn: string | undefined;
  readonly failure: unknown;
  /** Not enumerable, so that printing the error does not show them. */
  readonly secrets!: readonly (string | undefined)[];

  constructor(
    message: string,
    {
      advice,
      retryable,
      roleArn,
      failure,
      secrets = [],
    }: CredentialSourceFailure = {},
  ) {
    super(message);
    this.advice = advice;
    this.retryable = retryable;
    this.roleArn = roleArn;
    this.failure = failure;
    Object.defineProperty(this, "secrets", { value: secrets });
  }
}
