/** An HTTP request as it was received, before authentication. */
export interface HttpRequest {
  readonly method: string;

  /** Path as the client sent it, with percent-encoding. */
  readonly rawPath: string;

  /** Query as the client sent it, without the question mark. */
  readonly rawQuery: string;

  /** Header values by lower-case name, in the order in which they were received. */
  readonly headers: ReadonlyMap<string, readonly string[]>;

  readonly body: Buffer;

  /** Set if the body was too large to read for a request that is not signed. The body is empty then. */
  readonly isUnread?: true;
}

/** Returns the first value of a header, or undefined if the request does not have it. */
export function getHeader(
  request: HttpRequest,
  name: string,
): string | undefined {
  return request.headers.get(name)?.[0];
}
