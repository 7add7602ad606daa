import { StringDecoder } from "node:string_decoder";
import { setImmediate } from "node:timers/promises";

/** Number of bytes that are decoded in one turn of the event loop. Invalid bytes need about 10 ns each. */
const TURN = 512 * 1024;

/** Decodes a body as UTF-8, a long one in several turns of the event loop. */
export async function decodeBody(bytes: Uint8Array): Promise<string> {
  const { buffer, byteOffset, byteLength } = bytes;
  const body = Buffer.from(buffer, byteOffset, byteLength);
  if (byteLength <= TURN) return body.toString();
  const decoder = new StringDecoder("utf8");
  const parts: string[] = [];
  for (let at = 0; at < byteLength; at += TURN) {
    parts.push(decoder.write(body.subarray(at, at + TURN)));
    await setImmediate();
  }
  return parts.join("") + decoder.end();
}
