import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";

/**
 * Sends the request of an exchange and resolves with the response.
 *
 * @category Gateway
 */
export type Origin = (exchange: Exchange) => Promise<GatewayResponse>;
