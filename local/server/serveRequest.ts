import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../state/Cloud";
import { openEntry } from "../journal/openEntry";
import type { JournalEntry } from "../journal/RequestJournal";
import { handleRequest, type PlannedResponse } from "./handleRequest";
import { receiveRequest } from "./receiveRequest";
import { sendResponse } from "./sendResponse";
import type { HttpResponse } from "../http/HttpResponse";
import { discardRest } from "../http/discardRest";
import { routeRequest } from "../protocol/routeRequest";

/** Handles one request, from reading it to sending the response. */
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
  let startedAt = performance.now();
  try {
    const request = await receiveRequest(cloud, message);
    discardRest(message, response);
    startedAt = performance.now();
    const route = request && routeRequest(request);
    entry = request ? openEntry(request, route) : openUnreadEntry(message);
    cloud.journal.add(entry);
    const planned: PlannedResponse = request
      ? await handleRequest(cloud, { request, route, requestId, entry })
      : { response: TOO_LARGE };
    await sendResponse(response, { ...planned, entry, requestId });
  } catch {
    // The connection broke, so there is no one to respond to.
    message.destroy();
  }
  if (!entry) return;
  entry.durationMs = performance.now() - startedAt;
  cloud.settings.onRequest?.(entry);
}

/** Creates the journal entry of a request whose body was too large to read. */
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
