/** The origin did not answer. */
export class OriginError extends Error {
  override readonly name = "OriginError";

  /** What the client is told: 502, or 504 where time ran out. */
  readonly status: 502 | 504;

  constructor(message: string, facts: { status: 502 | 504; cause?: unknown }) {
    super(message, { cause: facts.cause });
    this.status = facts.status;
  }
}
