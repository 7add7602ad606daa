/**
 * 400 and 501: servers could read the request in different ways. 408 and 413: its body stopped arriving, or is too long. 503: the route has
 * been closed.
 */
type RequestErrorStatus = 400 | 408 | 413 | 501 | 503;

/**
 * A request that the gateway refuses: servers could read it in different ways, so a step might judge another request than the one that is
 * handled, its body exceeds a limit, or its route has been closed.
 */
export class RequestError extends Error {
  override readonly name = "RequestError";

  /** Status for the client. */
  readonly status: RequestErrorStatus;

  constructor(
    message: string,
    { status }: { readonly status: RequestErrorStatus },
  ) {
    super(message);
    this.status = status;
  }
}

/** The error for a path that is neither inside nor outside the path of a route. */
export const createAmbiguityError = (): RequestError =>
  new RequestError(
    "the requested path is spelled so that servers disagree on whether it is below the path of the route; use the plain spelling",
    { status: 400 },
  );
