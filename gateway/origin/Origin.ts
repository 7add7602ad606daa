import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";

/**
 * Sends the request of an exchange and resolves with the response. An origin is a function, which may have a `close` method. A stream that
 * is longer or shorter than the `Content-Length` of its response is cut off. `fetch` decompresses bodies, but keeps their `Content-Encoding`
 * and `Content-Length`: remove both headers from its response.
 *
 * @category Gateway
 */
export interface Origin {
  (exchange: Exchange): Promise<GatewayResponse>;

  /** Releases what the origin holds. Called once, when the last route with this origin has been closed and its exchanges have ended. */
  readonly close?: (() => unknown) | undefined;
}
