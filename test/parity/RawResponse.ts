/** One answer from the wire, as each side's own way of reading headers gives it. */
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { fromRawHeaders } from "../../src/engine/http/rawHeaders";
import type { Transport, WireResponse } from "../../src/engine/http/transport";

/** An answer as it comes over the wire: names and values of headers in turn, in any case, some of them twice. */
export interface RawResponse {
  readonly statusCode: number;
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

/** As our wire reads it. */
export function readByConnector({
  statusCode,
  rawHeaders: flat,
  body,
}: RawResponse): WireResponse {
  return { statusCode, headers: fromRawHeaders(flat), body };
}

/** As Node reads it for the AWS SDK's request handler. */
export function readByNode({
  statusCode,
  rawHeaders: flat,
  body,
}: RawResponse): WireResponse {
  const incoming = new IncomingMessage(new Socket());
  const { _addHeaderLines: add } = incoming as unknown as {
    _addHeaderLines: (lines: readonly string[], count: number) => void;
  };
  add.call(incoming, flat, flat.length);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  return { statusCode, headers, body };
}

/** A wire that gives the same answer to everything, and counts. */
export class FixedTransport implements Transport {
  sent = 0;
  readonly #answer: WireResponse;

  constructor(raw: RawResponse) {
    this.#answer = readByConnector(raw);
  }

  send: Transport["send"] = (_request, { onSent }) => {
    this.sent++;
    onSent?.();
    return Promise.resolve(this.#answer);
  };
}
