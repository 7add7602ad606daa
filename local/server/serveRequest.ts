import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../state/Cloud";
import { openEntry } from "../journal/openEntry";
import type { JournalEntry } from "../journal/RequestJournal";
import { answerRequest } from "./handleRequest";
import { deliver } from "./sendResponse";
import type { HttpAnswer } from "../http/HttpResponse";
import { readRequest } from "../http/readRequest";
import { routeRequest } from "../protocol/routeRequest";

/** Serves one request, from its first byte to the last byte of its answer. */
export async function receive(
  cloud: Cloud,
  exchange: {
    readonly message: IncomingMessage;
    readonly response: ServerResponse;
  },
): Promise<void> {
  const { message, response } = exchange;
  const requestId = randomUUID();
  let entry: JournalEntry | undefined;
  let begunAt = performance.now();
  try {
    const request = await readRequest(message);
    begunAt = performance.now();
    const route = request && routeRequest(request);
    entry = request ? openEntry(request, route) : openUnread(message);
    cloud.requests.add(entry);
    const delivery = request
      ? await answerRequest(cloud, { request, route, requestId, entry })
      : { answer: TOO_LARGE };
    await deliver(response, { ...delivery, entry, requestId });
  } catch {
    // The connection broke while it was read or written: there is nobody to answer.
    message.destroy();
  }
  if (!entry) return;
  entry.durationMs = performance.now() - begunAt;
  cloud.settings.onRequest?.(entry);
}

/** What the journal says of a request that was too large to be kept. */
function openUnread({ method, url }: IncomingMessage): JournalEntry {
  return { operation: `${String(method)} ${String(url)}`, at: Date.now() };
}

const TOO_LARGE: HttpAnswer = {
  status: 413,
  headers: {
    "Content-Type": "application/json",
    "x-amzn-ErrorType": "RequestEntityTooLargeException",
  },
  body: '{"message":"Request Entity Too Large"}',
};
