/**
 * A request that the gateway refuses before any step runs: servers could read it in different ways, so a step might judge another
 * request than the one that is handled.
 */
export class RequestError extends Error {
  override readonly name = "RequestError";

  /** Status for the client. */
  readonly status: 400 | 501;

  constructor(message: string, { status }: { readonly status: 400 | 501 }) {
    super(message);
    this.status = status;
  }
}

/** The error for a path that is neither inside nor outside a mount path. */
export const createAmbiguityError = (): RequestError =>
  new RequestError(
    "the requested path is spelled so that servers disagree on whether it is below the path of the route; use the plain spelling",
    { status: 400 },
  );
