/** Advice by AWS's error code, with or without `Exception`. The same code has another meaning in another step. */
export type AdviceByCode = Readonly<Record<string, string>>;

/** A failed step of assuming a role. Its advice depends on AWS's error code, or is fixed if AWS reported no error. */
export class RoleStepError extends Error {
  override readonly name = "RoleStepError";

  constructor(
    readonly what: string,
    readonly advice: AdviceByCode | string,
    cause?: unknown,
  ) {
    super(what, { cause });
  }
}
