import type { ServerResponse } from "node:http";
import type { Exchange } from "../../http/Exchange";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { RequestError } from "../../http/RequestError";
import type { RouteDefinition } from "../../route/RouteDefinition";
import { reportBrokenBody, sendResponse } from "../../route/sendResponse";
import { muteHeaders } from "./muteResponse";
import { writeBody, writeHead, type ResponseTarget } from "./ResponseTarget";

/** A response of the gateway, and the client that receives it. */
export interface Delivery {
  readonly res: ServerResponse;
  readonly client: ResponseTarget;
  readonly response: GatewayResponse;
}

/** Sends a response of the gateway. The head is written before the function returns. */
export async function deliver(
  route: RouteDefinition,
  exchange: Exchange,
  { res, client, response }: Delivery,
): Promise<void> {
  if (exchange.isDisconnected || client.isGone()) {
    response.body.discard();
    return;
  }
  const send = (head: GatewayResponse): GatewayResponse => {
    writeHead(client, head);
    return head;
  };
  const sent = sendResponse(route, exchange, { response, send });
  const { record, originalRequest } = exchange;
  record.sendHead(sent.status);
  // A handler may still wait for the body, and respond to its failure later.
  if (originalRequest.body.readError instanceof RequestError) muteHeaders(res);
  try {
    await writeBody(client, sent, record.countBytes);
  } catch (error) {
    reportBrokenBody(route, exchange, error);
    throw error;
  }
}
