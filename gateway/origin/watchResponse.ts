import type { ClientRequest, IncomingMessage } from "node:http";
import type { GatewayRequest } from "../http/GatewayRequest";
import type { OriginOptions } from "./OriginOptions";

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_CONNECT_TIMEOUT_MS = 3_000;

/** Called with what did not happen in time, and the timeout. */
type OnTimeout = (what: string, ms: number) => void;

/**
 * Limits the time for the connection and for the headers of the response.
 *
 * @returns A function that ends the watch.
 */
export function watchResponseHead(
  outgoing: ClientRequest,
  { request, options }: { request: GatewayRequest; options: OriginOptions },
  onTimeout: OnTimeout,
): () => void {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const timer = setTimeout(() => {
    // While the client is still sending the request, the origin is not late.
    if (!outgoing.writableEnded && !outgoing.writableNeedDrain) timer.refresh();
    else onTimeout("no response", timeoutMs);
  }, timeoutMs);
  const { source } = request.body;
  const refresh = (): void => {
    timer.refresh();
  };
  if (source && "pipe" in source) source.on("data", refresh);
  outgoing.once("finish", refresh);
  const endConnectWatch = watchConnecting(outgoing, options, onTimeout);
  return () => {
    clearTimeout(timer);
    endConnectWatch();
    outgoing.off("finish", refresh);
    if (source && "pipe" in source) source.off("data", refresh);
  };
}

function watchConnecting(
  outgoing: ClientRequest,
  { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS }: OriginOptions,
  onTimeout: OnTimeout,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  outgoing.once("socket", (socket) => {
    if (!socket.connecting) return;
    timer = setTimeout(() => {
      onTimeout("no connection", connectTimeoutMs);
    }, connectTimeoutMs);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
    });
  });
  return () => {
    clearTimeout(timer);
  };
}

/** Limits the time between two chunks of the response body, by the timer of the socket. */
export function watchResponseBody(
  incoming: IncomingMessage,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: OriginOptions,
  onTimeout: OnTimeout,
): void {
  if (incoming.complete) return;
  const { socket } = incoming;
  // Checked twice per timeout: if the reader has only just resumed, the origin still has at least half of it.
  const intervalMs = Math.ceil(timeoutMs / 2);
  let bytesAtLastCheck: number | undefined;
  const check = (): void => {
    const { bytesRead } = socket;
    if (isWaiting(incoming) && bytesAtLastCheck === bytesRead) {
      onTimeout("no further response data", timeoutMs);
      return;
    }
    bytesAtLastCheck = isWaiting(incoming) ? bytesRead : undefined;
    socket.setTimeout(intervalMs);
  };
  socket.setTimeout(intervalMs).on("timeout", check);
  incoming.once("close", () => socket.off("timeout", check));
}

/** Whether a reader is waiting for the next chunk. A slow reader has one buffered, or has paused the stream. */
function isWaiting(incoming: IncomingMessage): boolean {
  const isRead =
    incoming.readableFlowing === true || incoming.listenerCount("readable") > 0;
  return isRead && incoming.readableLength === 0;
}
