import type { IncomingMessage, ServerResponse } from "node:http";
import type { Discard } from "../../http/Discard";
import { RequestError } from "../../http/RequestError";

/**
 * Makes whatever reads a request fail. Neither data nor the end of the body follows the error. The connection stays open for the response,
 * and is closed after it.
 */
export function failRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { error, discard }: { readonly error: Error; readonly discard: Discard },
): void {
  const { socket } = req;
  res.shouldKeepAlive = false;
  discard.cut();
  if (req.httpVersionMajor === 1) {
    // Node's method destroys the socket before the response.
    req._destroy = (cause, done) => {
      process.nextTick(done, cause);
    };
    // Otherwise, Node discards the rest itself after the response, without a limit.
    (req as { _consumed?: boolean })._consumed = true;
    // The client may still be sending: closing at once could destroy the response on its way.
    if (error instanceof RequestError && error.status === 413)
      socket.destroySoon = () => socket.end();
  }
  req.on("error", () => undefined);
  req.destroy(error);
}

/**
 * Calls the listener if the body of a request exceeds a limit while the host's next handler reads it, after the handler has received the
 * error and could begin its response.
 */
export function onBodyFailure(
  req: IncomingMessage,
  listener: (error: RequestError) => void,
): void {
  req.once("error", (error) => {
    if (!(error instanceof RequestError)) return;
    setImmediate(() => {
      listener(error);
    });
  });
}
