/** Reads one response as the connector and as Node read it. */
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { fromRawHeaders } from "../../src/engine/http/rawHeaders";
import type { Transport, WireResponse } from "../../src/engine/http/transport";

/** A response before its headers are read. Header names can have any case, and can be repeated. */
export interface RawResponse {
  readonly statusCode: number;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

/** Reads a response as the connector's transport does. */
export function readByConnector(response: RawResponse): WireResponse {
  const { statusCode, rawHeaders, body } = response;
  return { statusCode, headers: fromRawHeaders(rawHeaders), body };
}

/** Reads a response as Node does for the AWS SDK's request handler. */
export function readByNode(response: RawResponse): WireResponse {
  const { statusCode, rawHeaders, body } = response;
  const incoming = new IncomingMessage(new Socket());
  const { _addHeaderLines: addHeaderLines } = incoming as unknown as {
    _addHeaderLines: (lines: readonly string[], count: number) => void;
  };
  addHeaderLines.call(incoming, rawHeaders, rawHeaders.length);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  return { statusCode, headers, body };
}

/** A transport that returns the same response to every request, and counts the requests. */
export class FixedTransport implements Transport {
  sent = 0;
  readonly #response: WireResponse;

  constructor(response: RawResponse) {
    this.#response = readByConnector(response);
  }

  send: Transport["send"] = (_request, { onSent }) => {
    this.sent++;
    onSent?.();
    return Promise.resolve(this.#response);
  };
}
