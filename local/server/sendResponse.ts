import type { ServerResponse } from "node:http";
import { InterruptingWriter } from "../faults/InterruptingWriter";
import type { JournalEntry } from "../journal/RequestJournal";
import type { PlannedResponse } from "./handleRequest";
import type { HttpResponse } from "../http/HttpResponse";
import { ResponseWriter } from "../http/ResponseWriter";

interface ResponseToSend extends PlannedResponse {
  readonly entry: JournalEntry;
  readonly requestId: string;
}

interface BufferedResponseToSend extends ResponseToSend {
  readonly response: HttpResponse;
  readonly body: Uint8Array;
}

/** Sends an answer, or breaks off as a fault asks for it. */
export async function sendResponse(
  response: ServerResponse,
  sending: ResponseToSend,
): Promise<void> {
  const { response: answer, interruption: cut } = sending;
  const body = answer?.body;
  if (answer && typeof body === "function") {
    const outlet = new ResponseWriter(response, () => {
      writeHead(response, { ...sending, response: answer });
    });
    await body(cut ? new InterruptingWriter(outlet, cut) : outlet);
  } else if (cut?.kind === "reset") response.socket?.resetAndDestroy();
  else if (answer && cut?.kind !== "silence") {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    sendBuffered(response, {
      ...sending,
      response: answer,
      body: bytes as Uint8Array,
    });
  }
}

function sendBuffered(
  response: ServerResponse,
  sending: BufferedResponseToSend,
): void {
  const { response: answer, interruption: cut, body, entry } = sending;
  if (cut?.kind === "truncate" && body.length === 0) {
    entry.status = answer.status;
    response.socket?.end(`HTTP/1.1 ${answer.status}`);
    return;
  }
  writeHead(response, sending);
  if (cut?.kind === "truncate") truncate(response, body);
  else if (answer.status === 204) response.end();
  else response.end(body);
}

function writeHead(
  response: ServerResponse,
  {
    response: answer,
    entry,
    requestId,
    body,
  }: Omit<BufferedResponseToSend, "body"> & Partial<BufferedResponseToSend>,
): void {
  entry.status = answer.status;
  response.writeHead(answer.status, {
    "x-amzn-RequestId": requestId,
    ...answer.headers,
    ...(body && answer.status !== 204 && { "Content-Length": body.length }),
  });
}

function truncate(response: ServerResponse, body: Uint8Array): void {
  const { socket } = response;
  response.write(body.subarray(0, body.length >> 1), () => {
    socket?.end();
  });
}
