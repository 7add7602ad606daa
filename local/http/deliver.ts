import type { ServerResponse } from "node:http";
import type { JournalEntry } from "../journal/RequestJournal";
import type { Delivery } from "./answerRequest";

/** Sends an answer, or breaks off as a fault asks for it. */
export function deliver(
  response: ServerResponse,
  delivery: Delivery & {
    readonly entry: JournalEntry;
    readonly requestId: string;
  },
): void {
  const { answer, cut, entry, requestId } = delivery;
  if (cut === "reset") response.socket?.resetAndDestroy();
  if (!answer) return;
  entry.status = answer.status;
  const body =
    typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  if (cut === "truncate" && body.length === 0) {
    response.socket?.end(`HTTP/1.1 ${answer.status}`);
    return;
  }
  const hasBody = answer.status !== 204;
  response.writeHead(answer.status, {
    "x-amzn-RequestId": requestId,
    ...answer.headers,
    ...(hasBody && { "Content-Length": body.length }),
  });
  if (cut === "truncate") truncate(response, body);
  else if (hasBody) response.end(body);
  else response.end();
}

function truncate(response: ServerResponse, body: Uint8Array): void {
  const { socket } = response;
  response.write(body.subarray(0, body.length >> 1), () => {
    socket?.end();
  });
}
