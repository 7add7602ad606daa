import type { IncomingMessage } from "node:http";
import type { HttpRequest } from "./HttpRequest";

/** Maximum size of a body that is kept in memory; no operation accepts more. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024;

/** Reads a complete request. Returns undefined if its body is larger than any operation accepts. */
export async function readRequest(
  message: IncomingMessage,
): Promise<HttpRequest | undefined> {
  const body = await readBody(message);
  if (body === undefined) return undefined;
  const url = asUtf8(message.url ?? "/");
  const question = url.indexOf("?");
  return {
    method: message.method ?? "GET",
    rawPath: question < 0 ? url : url.slice(0, question),
    rawQuery: question < 0 ? "" : url.slice(question + 1),
    headers: readHeaders(message.rawHeaders),
    body,
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read to the end, so that the client receives the error response and not a reset.
    if (length > BODY_LIMIT_BYTES) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (length > BODY_LIMIT_BYTES) return undefined;
  const [first] = chunks;
  return chunks.length === 1 && first ? first : Buffer.concat(chunks, length);
}

// The parsed headers of node:http merge repeated headers; a signature covers all of them.
function readHeaders(raw: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = asUtf8(raw[index + 1] ?? "");
    const values = headers.get(name);
    if (values) values.push(value);
    else headers.set(name, [value]);
  }
  return headers;
}

// node:http decodes headers as Latin-1; clients sign them as UTF-8.
function asUtf8(text: string): string {
  for (let index = 0; index < text.length; index++)
    if (text.charCodeAt(index) > 0x7f)
      return Buffer.from(text, "latin1").toString("utf8");
  return text;
}
