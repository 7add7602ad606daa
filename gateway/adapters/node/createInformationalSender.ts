import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHttp } from "../../../src/internal";
import type { SendInformational } from "../../http/Exchange";
import { removeHopByHopHeaders } from "../../http/framing";
import { HeaderList } from "../../http/HeaderList";
import { findHeaderProblem } from "../../http/headerRules";

/** Interim responses that one client receives for a request, and their total length in bytes. Further ones are not sent. */
const MAX_RESPONSES = 8;
const MAX_BYTES = 65_536;

/** Creates a function that sends the 1xx responses of the origin to the client, unless it is slow to read them. */
export function createInformationalSender(
  req: IncomingMessage,
  res: ServerResponse,
): SendInformational {
  let responses = 0;
  let bytes = 0;
  return (status, lines) => {
    // The server handles 100 itself, and 101 is not forwarded. HTTP/1.0 has no 1xx responses.
    if (status < 102 || status > 199 || req.httpVersion !== "1.1") return;
    const { socket } = res;
    if (!socket || res.headersSent || socket.writableNeedDrain) return;
    const head = formatHead(status, lines);
    if (responses === MAX_RESPONSES || bytes + head.length > MAX_BYTES) return;
    responses++;
    bytes += head.length;
    // Node can send only some of them, and validates `Link` headers.
    socket.write(head, "latin1");
  };
}

/** The head of an interim response. It has no body, so the headers that frame one are omitted (RFC 9110, 8.6). */
function formatHead(status: number, rawHeaders: readonly string[]): string {
  const head = [`HTTP/1.1 ${status} ${nodeHttp.STATUS_CODES[status] ?? ""}`];
  const { lines } = removeHopByHopHeaders(new HeaderList(rawHeaders));
  for (let at = 0; at < lines.length; at += 2) {
    const name = lines[at] ?? "";
    const value = lines[at + 1] ?? "";
    if (findHeaderProblem(name, value) === undefined)
      head.push(`${name}: ${value}`);
  }
  return `${head.join("\r\n")}\r\n\r\n`;
}
