import type { ServerResponse } from "node:http";
import type { Http2ServerResponse, ServerHttp2Stream } from "node:http2";

/**
 * The stream of a response, whose state says whether the client has received it. An HTTP/2 response doesn't: it reports that it has
 * finished whenever its stream closes, and never that it is destroyed.
 */
export function responseStreamOf(
  res: ServerResponse,
): ServerResponse | ServerHttp2Stream {
  return res.req.httpVersionMajor > 1
    ? (res as unknown as Http2ServerResponse).stream
    : res;
}

/** Whether a closed response was sent to its end. */
export function isSent(stream: ServerResponse | ServerHttp2Stream): boolean {
  const isAborted = "aborted" in stream && stream.aborted;
  return stream.writableFinished && !isAborted;
}
