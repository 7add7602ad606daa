import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";

/**
 * Sends the request of an exchange and resolves with the response. An origin is a function, which may have a `close` method.
 *
 * @category Gateway
 */
export interface Origin {
  (exchange: Exchange): Promise<GatewayResponse>;

  /** Releases what the origin holds. Called once, when the last route with this origin has been closed and its exchanges have ended. */
  readonly close?: (() => unknown) | undefined;
}
