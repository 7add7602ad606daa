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

/** Sends a response, or interrupts it. */
export async function sendResponse(
  output: ServerResponse,
  toSend: ResponseToSend,
): Promise<void> {
  const { response, interruption } = toSend;
  const body = response?.body;
  if (response && typeof body === "function") {
    const writer = new ResponseWriter(output, () => {
      writeHead(output, { ...toSend, response });
    });
    await body(
      interruption ? new InterruptingWriter(writer, interruption) : writer,
    );
  } else if (interruption?.kind === "reset") output.socket?.resetAndDestroy();
  else if (response && interruption?.kind !== "silence") {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    sendBuffered(output, { ...toSend, response, body: bytes as Uint8Array });
  }
}

function sendBuffered(
  output: ServerResponse,
  toSend: BufferedResponseToSend,
): void {
  const { response, interruption, body, entry } = toSend;
  const isTruncated = interruption?.kind === "truncate";
  if (isTruncated && body.length === 0) {
    entry.status = response.status;
    output.socket?.end(`HTTP/1.1 ${response.status}`);
    return;
  }
  writeHead(output, toSend);
  if (isTruncated) truncate(output, body);
  else if (response.status === 204) output.end();
  else output.end(body);
}

function writeHead(
  output: ServerResponse,
  {
    response,
    entry,
    requestId,
    body,
  }: Omit<BufferedResponseToSend, "body"> & Partial<BufferedResponseToSend>,
): void {
  entry.status = response.status;
  output.writeHead(response.status, {
    "x-amzn-RequestId": requestId,
    ...response.headers,
    ...(body && response.status !== 204 && { "Content-Length": body.length }),
  });
}

function truncate(output: ServerResponse, body: Uint8Array): void {
  const { socket } = output;
  output.write(body.subarray(0, body.length >> 1), () => {
    socket?.end();
  });
}
