import type { ServerResponse } from "node:http";
import { CutOutlet } from "../faults/InterruptingWriter";
import type { JournalEntry } from "../journal/RequestJournal";
import type { Delivery } from "./handleRequest";
import type { HttpAnswer } from "../http/HttpResponse";
import { ResponseOutlet } from "../http/ResponseWriter";

interface Sending extends Delivery {
  readonly entry: JournalEntry;
  readonly requestId: string;
}

interface WholeSending extends Sending {
  readonly answer: HttpAnswer;
  readonly body: Uint8Array;
}

/** Sends an answer, or breaks off as a fault asks for it. */
export async function deliver(
  response: ServerResponse,
  sending: Sending,
): Promise<void> {
  const { answer, cut } = sending;
  const body = answer?.body;
  if (answer && typeof body === "function") {
    const outlet = new ResponseOutlet(response, () => {
      writeHead(response, { ...sending, answer });
    });
    await body(cut ? new CutOutlet(outlet, cut) : outlet);
  } else if (cut?.kind === "reset") response.socket?.resetAndDestroy();
  else if (answer && cut?.kind !== "silence") {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    sendWhole(response, { ...sending, answer, body: bytes as Uint8Array });
  }
}

function sendWhole(response: ServerResponse, sending: WholeSending): void {
  const { answer, cut, body, entry } = sending;
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
    answer,
    entry,
    requestId,
    body,
  }: Omit<WholeSending, "body"> & Partial<WholeSending>,
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
