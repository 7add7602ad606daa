import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import { createTruncationError } from "../../http/readUpTo";

/** Makes the body of an HTTP/2 request fail if its client leaves before it is complete. Node ends such a body as if it were complete. */
export function failIfTruncated(req: IncomingMessage): void {
  if (req.httpVersionMajor === 1) return;
  const { stream } = req as unknown as Http2ServerRequest;
  const fail = (): void => {
    if (!req.readableEnded && !req.destroyed)
      req.destroy(createTruncationError());
  };
  // The stream fails without a reader as well.
  req.on("error", () => undefined);
  stream.once("aborted", fail);
  // After the response, a stream is not aborted any more.
  stream.once("close", () => {
    if (stream.rstCode !== 0) fail();
  });
}
