import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../Cloud";
import { openEntry } from "../journal/openEntry";
import { answerRequest } from "./answerRequest";
import { deliver } from "./deliver";
import { readRequest } from "./readRequest";
import { routeRequest } from "./routeRequest";

/** Serves one request, from its first byte to the last byte of its answer. */
export async function receive(
  cloud: Cloud,
  exchange: {
    readonly message: IncomingMessage;
    readonly response: ServerResponse;
  },
): Promise<void> {
  const { message, response } = exchange;
  try {
    const requestId = randomUUID();
    const request = await readRequest(message);
    if (!request) {
      refuseSize(cloud, { message, response, requestId });
      return;
    }
    const route = routeRequest(request);
    const entry = openEntry(request, route);
    cloud.requests.add(entry);
    const delivery = await answerRequest(cloud, {
      request,
      route,
      requestId,
      entry,
    });
    deliver(response, { ...delivery, entry, requestId });
  } catch {
    // The connection broke while it was read or written: there is nobody to tell.
    message.destroy();
  }
}

function refuseSize(
  cloud: Cloud,
  exchange: {
    readonly message: IncomingMessage;
    readonly response: ServerResponse;
    readonly requestId: string;
  },
): void {
  const { message, response, requestId } = exchange;
  const entry = {
    operation: `${String(message.method)} ${String(message.url)}`,
    at: Date.now(),
  };
  cloud.requests.add(entry);
  const answer = {
    status: 413,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-ErrorType": "RequestEntityTooLargeException",
    },
    body: '{"message":"Request Entity Too Large"}',
  };
  deliver(response, { answer, entry, requestId });
}
