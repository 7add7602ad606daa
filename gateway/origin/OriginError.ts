/** The origin could not be asked, or did not answer. */
export class OriginError extends Error {
  override readonly name = "OriginError";

  /** What the client is told: 400 where he may not ask that of it, 502, or 504 where time ran out. */
  readonly status: 400 | 502 | 504;

  constructor(
    message: string,
    facts: { status: 400 | 502 | 504; cause?: unknown },
  ) {
    super(message, { cause: facts.cause });
    this.status = facts.status;
  }
}

/** An answer of an origin that came, but that nobody can be sent. */
export const unsendable = (cause: unknown): OriginError =>
  new OriginError(
    `the origin's answer cannot be sent on: ${cause instanceof Error ? cause.message : String(cause)}`,
    { status: 502, cause },
  );
