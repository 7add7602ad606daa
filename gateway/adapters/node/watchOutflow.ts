import type { ServerResponse } from "node:http";
import type { Exchange } from "../../http/Exchange";
import { responseStreamOf } from "./responseStream";

/** The part of a socket's handle that shows how much of a single write is left. */
interface Handle {
  readonly writeQueueSize?: number;
}

/**
 * Closes the connection of a client that does not read its response. A response that is silent has no bytes that wait, and a client that
 * reads slowly makes progress.
 */
export function watchOutflow(
  res: ServerResponse,
  exchange: Exchange,
  idleTimeoutMs: number,
): void {
  const stream = responseStreamOf(res);
  const isSent = stream.writableEnded && stream.writableLength === 0;
  if (isSent || stream.destroyed) return;
  let last: readonly number[] | undefined;
  const timer = setTimeout(
    () => {
      timer.refresh();
      const progress = progressOf(res, exchange);
      const isIdle = progress?.every((each, at) => each === last?.[at]);
      last = progress;
      if (!isIdle) return;
      // Node reports a write that it gives up as finished.
      exchange.disconnect();
      stream.destroy();
    },
    Math.ceil(idleTimeoutMs / 2),
  );
  timer.unref();
  stream.once("close", () => {
    clearTimeout(timer);
  });
}

/** Numbers that change whenever the client's side accepts bytes. `undefined` if none wait for it. */
function progressOf(
  res: ServerResponse,
  { record }: Exchange,
): readonly number[] | undefined {
  const { writableLength } = responseStreamOf(res);
  // Without a socket, another response has the connection.
  if (writableLength === 0 || !res.socket) return undefined;
  const { bytesWritten } = res.socket;
  // All streams of an HTTP/2 connection share its socket. The next chunk of a body is written when the client has accepted the last.
  if (res.req.httpVersionMajor > 1)
    return [writableLength, record.responseBytes ?? bytesWritten];
  const { _handle: handle } = res.socket as { _handle?: Handle };
  return [writableLength, bytesWritten, handle?.writeQueueSize ?? 0];
}
