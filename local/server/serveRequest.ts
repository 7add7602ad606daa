import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../state/Cloud";
import { openEntry } from "../journal/openEntry";
import type { JournalEntry } from "../journal/RequestJournal";
import { handleRequest } from "./handleRequest";
import { sendResponse } from "./sendResponse";
import type { HttpResponse } from "../http/HttpResponse";
import { readRequest } from "../http/readRequest";
import { routeRequest } from "../protocol/routeRequest";

/** Serves one request, from its first byte to the last byte of its answer. */
export async function serveRequest(
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
    entry = request ? openEntry(request, route) : openUnreadEntry(message);
    cloud.journal.add(entry);
    const delivery = request
      ? await handleRequest(cloud, { request, route, requestId, entry })
      : { answer: TOO_LARGE };
    await sendResponse(response, { ...delivery, entry, requestId });
  } catch {
    // The connection broke while it was read or written: there is nobody to answer.
    message.destroy();
  }
  if (!entry) return;
  entry.durationMs = performance.now() - begunAt;
  cloud.settings.onRequest?.(entry);
}

/** What the journal says of a request that was too large to be kept. */
function openUnreadEntry({ method, url }: IncomingMessage): JournalEntry {
  return { operation: `${String(method)} ${String(url)}`, at: Date.now() };
}

const TOO_LARGE: HttpResponse = {
  status: 413,
  headers: {
    "Content-Type": "application/json",
    "x-amzn-ErrorType": "RequestEntityTooLargeException",
  },
  body: '{"message":"Request Entity Too Large"}',
};
