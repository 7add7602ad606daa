import type { IncomingMessage, ServerResponse } from "node:http";

/** Bytes that are discarded, so that most clients have sent everything before they read the response. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Time for the rest of a body after the response, in milliseconds. */
const MAX_MS = 5_000;

/**
 * Discards the rest of a body that is not read, and closes the connection if there is too much of it. Without this, the client would
 * receive a reset instead of the response, or could send forever.
 */
export function discardRest(
  message: IncomingMessage,
  response: ServerResponse,
): void {
  if (message.complete) return;
  let bytesLeft = MAX_BYTES;
  const close = (): void => {
    message.socket.destroySoon();
  };
  message.on("error", () => undefined);
  message.on("data", (chunk: Buffer) => {
    bytesLeft -= chunk.length;
    if (bytesLeft >= 0) return;
    message.pause();
    if (response.writableFinished) close();
    else response.once("finish", close);
  });
  // Marks the stream as used: Node discards an unused one itself, without a limit.
  message.read(0);
  message.resume();
  response.once("finish", () => {
    const timer = setTimeout(close, MAX_MS);
    timer.unref();
    const stop = (): void => {
      clearTimeout(timer);
    };
    message.once("end", stop).once("close", stop);
  });
}
