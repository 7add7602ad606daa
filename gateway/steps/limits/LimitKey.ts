import type { Exchange } from "../../http/Exchange";

/**
 * What a limit counts by:
 *
 * - `"client"`: the address of the client. Addresses of IPv6 are counted by their first 64 bits, because a client usually has all of them.
 * - `"route"`: all requests that reach the step together.
 * - `"apiKey"`: the attribute `apiKey` of the exchange, which the step `apiKeys` sets.
 * - `{ attribute }`: an attribute of the exchange, which an earlier step has set.
 * - `{ header }`: a header of the request, after the changes of earlier steps. A client can send any value, and so as many requests as it
 *   likes: use a header only if an earlier step has verified or set it.
 * - a function of the exchange: its string, or `undefined` for no value.
 *
 * All requests without a value, or with an empty one, are counted together, so that leaving it out does not evade the limit.
 *
 * @category Gateway
 */
export type LimitKey =
  | "client"
  | "route"
  | "apiKey"
  | {
      /** Name of a header. */
      readonly header: string;
    }
  | {
      /** Name of an attribute. */
      readonly attribute: string;
    }
  | ((exchange: Exchange) => string | undefined);
