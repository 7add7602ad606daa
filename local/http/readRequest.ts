import type { IncomingMessage } from "node:http";
import type { HttpRequest } from "./HttpRequest";

/** The head of a request, before its body has been read. */
export type RequestHead = Omit<HttpRequest, "body">;

/** Reads the head of a request. */
export function readHead(message: IncomingMessage): RequestHead {
  const url = asUtf8(message.url ?? "/");
  const question = url.indexOf("?");
  return {
    method: message.method ?? "GET",
    rawPath: question < 0 ? url : url.slice(0, question),
    rawQuery: question < 0 ? "" : url.slice(question + 1),
    headers: readHeaders(message.rawHeaders),
  };
}

/**
 * Reads the body of a request. Returns undefined if it is longer than the limit; the rest stays
 * unread then.
 */
export function readBody(
  message: IncomingMessage,
  limitBytes: number,
): Promise<Buffer | undefined> {
  if (Number(message.headers["content-length"] ?? 0) > limitBytes)
    return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else {
        message.off("data", onData).pause();
        resolve(undefined);
      }
    };
    message.on("data", onData);
    message.once("end", () => {
      const [first] = chunks;
      const isOne = chunks.length === 1 && first;
      resolve(isOne ? first : Buffer.concat(chunks, length));
    });
    message.once("error", reject);
    message.once("close", () => {
      reject(new Error("The connection was closed."));
    });
  });
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
