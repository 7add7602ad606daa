/** A request as it came over the wire, before anything is believed of it. */
export interface HttpRequest {
  readonly method: string;

  /** Path as the client wrote it, percent-encoding and all. */
  readonly rawPath: string;

  /** Query as the client wrote it, without the question mark. */
  readonly rawQuery: string;

  /** Header values by lower-case name, in the order of arrival. */
  readonly headers: ReadonlyMap<string, readonly string[]>;

  readonly body: Buffer;
}

/** First value of a header. Absent: the request does not carry it. */
export function getHeader(
  request: HttpRequest,
  name: string,
): string | undefined {
  return request.headers.get(name)?.[0];
}
