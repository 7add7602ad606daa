import type { ClientRequest, IncomingMessage } from "node:http";
import type { GatewayRequest } from "../http/GatewayRequest";
import type { OriginOptions } from "./OriginOptions";

const TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 3_000;

/** Says what did not come about, and after which time. */
type Tell = (what: string, ms: number) => void;

/** Watches the time that an origin takes for the head of its answer; what it answers ends the watch. */
export function watchHead(
  wire: ClientRequest,
  { request, options }: { request: GatewayRequest; options: OriginOptions },
  tell: Tell,
): () => void {
  const { timeoutMs = TIMEOUT_MS, connectTimeoutMs = CONNECT_TIMEOUT_MS } =
    options;
  const timer = setTimeout(() => {
    // While the client takes its time over the request, nobody waits for the origin.
    if (!wire.writableEnded && !wire.writableNeedDrain) timer.refresh();
    else tell("no answer", timeoutMs);
  }, timeoutMs);
  const { source } = request.body;
  const refresh = (): void => {
    timer.refresh();
  };
  if (source && "pipe" in source) source.on("data", refresh);
  wire.once("finish", refresh);
  let connecting: NodeJS.Timeout | undefined;
  wire.once("socket", (socket) => {
    if (!socket.connecting) return;
    connecting = setTimeout(() => {
      tell("no connection", connectTimeoutMs);
    }, connectTimeoutMs);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      clearTimeout(connecting);
    });
  });
  return () => {
    clearTimeout(timer);
    clearTimeout(connecting);
    wire.off("finish", refresh);
    if (source && "pipe" in source) source.off("data", refresh);
  };
}

/** Watches the silence between two pieces of an origin's body. The socket keeps the time; a body that is there needs none. */
export function watchBody(
  incoming: IncomingMessage,
  { timeoutMs = TIMEOUT_MS }: OriginOptions,
  tell: Tell,
): void {
  if (incoming.complete) return;
  const { socket } = incoming;
  // Looked at twice in that time, so that whoever has just gone on reading leaves the origin half of it at least.
  const pause = Math.ceil(timeoutMs / 2);
  let silentAt: number | undefined;
  const look = (): void => {
    const { bytesRead } = socket;
    if (isAwaited(incoming) && silentAt === bytesRead) {
      tell("no more of its answer", timeoutMs);
      return;
    }
    silentAt = isAwaited(incoming) ? bytesRead : undefined;
    socket.setTimeout(pause);
  };
  socket.setTimeout(pause).on("timeout", look);
  incoming.once("close", () => socket.off("timeout", look));
}

/** Whether somebody waits for the next piece, and there is none: a reader who is slow has some, or has stopped the stream. */
function isAwaited(incoming: IncomingMessage): boolean {
  const isRead =
    incoming.readableFlowing === true || incoming.listenerCount("readable") > 0;
  return isRead && incoming.readableLength === 0;
}
