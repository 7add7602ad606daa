import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** The responses of a connection that wait for an earlier one. */
const WAITING = Symbol("waiting responses");

type Connection = Socket & { [WAITING]?: Set<ServerResponse> };

/**
 * Closes a response whose connection closes before it is its turn. A client can send requests without waiting for the response, and
 * Node closes only the response that has the connection: all others would never end, nor release what they hold.
 */
export function closeWaiting(
  { socket, httpVersionMajor }: IncomingMessage,
  res: ServerResponse,
): void {
  if (httpVersionMajor > 1 || res.socket) return;
  const waiting = waitingOn(socket);
  waiting.add(res);
  res.once("close", () => waiting.delete(res));
}

function waitingOn(connection: Connection): Set<ServerResponse> {
  const known = connection[WAITING];
  if (known) return known;
  const waiting = new Set<ServerResponse>();
  connection[WAITING] = waiting;
  connection.once("close", () => {
    for (const res of waiting)
      if (!res.socket) {
        res.destroy();
        res.emit("close");
      }
  });
  return waiting;
}
