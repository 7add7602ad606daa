import type * as http from "node:http";

/** A request that was sent, and its response if one has arrived. */
export interface SentRequest {
  readonly outgoing: http.ClientRequest;
  readonly incoming?: http.IncomingMessage | undefined;
}

/**
 * Destroys a request and its socket. `ClientRequest.destroy` alone does not close the socket from Node 26 on if the last byte
 * of the response has arrived, even if the response has not been read. Such a socket would stay open and in use.
 */
export function destroyRequest(
  { outgoing, incoming }: SentRequest,
  error?: Error,
): void {
  incoming?.destroy(error);
  outgoing.destroy(error);
}
