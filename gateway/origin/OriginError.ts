/** The origin could not be reached, or did not respond. */
export class OriginError extends Error {
  override readonly name = "OriginError";

  /** Status for the client: 400 if the origin must not receive its request, 502, or 504 after a timeout. */
  readonly status: 400 | 502 | 504;

  constructor(
    message: string,
    options: { status: 400 | 502 | 504; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}

/** Creates the error for a response of an origin that cannot be sent to the client. */
export const toUnsendableResponseError = (cause: unknown): OriginError =>
  new OriginError(
    `the origin's response cannot be sent (${cause instanceof Error ? cause.message : String(cause)})`,
    { status: 502, cause },
  );
