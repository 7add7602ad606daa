import type { ServerResponse } from "node:http";
import { Readable, Writable } from "node:stream";
import { sendBody, type BodySink } from "../../http/sendBody";
import { Body } from "../../http/Body";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import {
  announcedLengthOf,
  isBodiless,
  setFramingHeaders,
} from "../../http/framing";
import { responseStreamOf } from "./responseStream";

/** A client's connection to which a response is written. */
export interface ResponseTarget {
  /** Method of the request. */
  readonly method: string;
  readonly isHttp2: boolean;
  /** Whether the client supports chunked encoding, which only HTTP/1.1 has. */
  readonly supportsChunks: boolean;
  readonly isGone: () => boolean;
  readonly writeHead: (head: GatewayResponse) => void;
  /** Sends the head, if no byte of the body has been sent with it. */
  readonly flushHead: () => void;
  /** Where the body is written. */
  readonly sink: () => BodySink;
}

/** Keeps the current methods of a Node response, before `captureResponse` replaces them. */
export function toResponseTarget(res: ServerResponse): ResponseTarget {
  /* eslint-disable-next-line @typescript-eslint/unbound-method -- called with Reflect.apply on the response */
  const { writeHead, flushHeaders, write, end, addTrailers } = res;
  const isHttp2 = res.req.httpVersionMajor > 1;
  const stream = responseStreamOf(res);
  return {
    method: res.req.method ?? "GET",
    isHttp2,
    supportsChunks: res.req.httpVersion === "1.1",
    isGone: () => stream.destroyed,
    writeHead: ({ status, statusText, headers }) => {
      const hasReason = statusText !== undefined && !isHttp2;
      const reason = hasReason ? [statusText] : [];
      const { lines } = headers;
      const isFresh =
        !isHttp2 && res.write === write && res.getHeaderNames().length === 0;
      try {
        // Node accepts raw header lines only if no header has been set before.
        if (!isFresh) setEach(res, headers);
        Reflect.apply(writeHead, res, [
          status,
          ...reason,
          ...(isFresh ? [[...lines]] : []),
        ]);
      } catch (error) {
        for (const name of headers.names()) res.removeHeader(name);
        throw error;
      }
    },
    flushHead: () => {
      // In HTTP/1, `flushHeaders` would encode headers as UTF-8.
      if (isHttp2) Reflect.apply(flushHeaders, res, []);
      else Reflect.apply(write, res, ["", "latin1"]);
    },
    sink: () =>
      res.write === write ? res : createSink(res, { write, end, addTrailers }),
  };
}

/** A sink that writes with the original methods of a response. */
function createSink(
  res: ServerResponse,
  {
    write,
    end,
    addTrailers,
  }: Pick<ServerResponse, "write" | "end" | "addTrailers">,
): BodySink {
  const sink = new Writable({
    write: (chunk, encoding, done) => {
      Reflect.apply(write, res, [chunk, encoding, done]);
    },
    final: (done) => {
      Reflect.apply(end, res, [done]);
    },
    destroy: (error, done) => {
      if (error) res.destroy(error);
      done(null);
    },
  });
  res.once("close", () => sink.destroy());
  return Object.assign(sink, { addTrailers: addTrailers.bind(res) });
}

function setEach(res: ServerResponse, headers: HeaderList): void {
  for (const name of headers.names()) {
    const values = headers.getAll(name);
    const spelling = headers.lines.find((line) => line.toLowerCase() === name);
    res.setHeader(
      spelling ?? name,
      values.length === 1 ? (values[0] ?? "") : values,
    );
  }
}

/**
 * Writes the head of a response, and adds only the headers that frame the body.
 *
 * @throws The error of Node if the head cannot be sent. Another head can be written afterwards.
 */
export function writeHead(
  client: ResponseTarget,
  response: GatewayResponse,
): void {
  const headers = isBodiless(client.method, response.status)
    ? toBodilessHeaders(response)
    : toFramedHeaders(response, client);
  client.writeHead(response.with({ headers }));
}

/** Writes the body after the head. */
export async function writeBody(
  client: ResponseTarget,
  response: GatewayResponse,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { body, headers } = response;
  const sink = client.sink();
  if (isBodiless(client.method, response.status)) {
    body.discard();
    sink.end();
    return;
  }
  sendHeadEarly(client, body);
  const isStream = body.source instanceof Readable;
  await sendBody(client.isHttp2 ? toSlices(body) : body, sink, {
    length: isStream ? announcedLengthOf(headers) : undefined,
    onBytes,
  });
}

/** Longest write of HTTP/2, in bytes, whose progress is not visible before its end. */
const MAX_SLICE_BYTES = 65_536;

/** Divides a large body, so that a client that reads slowly can be distinguished from one that does not read. */
function toSlices(body: Body): Body {
  const { source, length, trailers } = body;
  if (!(source instanceof Uint8Array) || source.length <= MAX_SLICE_BYTES)
    return body;
  const slices = function* (): Generator<Uint8Array> {
    for (let at = 0; at < source.length; at += MAX_SLICE_BYTES)
      yield source.subarray(at, at + MAX_SLICE_BYTES);
  };
  const stream = Readable.from(slices(), { objectMode: false });
  return new Body(stream, { length, trailers });
}

/** Sends the head before the first byte of the body is available. If it is available, both are sent together. */
function sendHeadEarly(client: ResponseTarget, { source, length }: Body): void {
  if (!(source instanceof Readable) || length === 0) return;
  if (source.readableLength > 0) return;
  setImmediate(() => {
    const hasStarted = source.readableDidRead || source.readableEnded;
    if (!hasStarted && !source.destroyed && !client.isGone())
      client.flushHead();
  });
}

/** Headers of a response without a body. `Content-Length` is the length that the body would have. */
function toBodilessHeaders({
  status,
  headers,
  body,
}: GatewayResponse): HeaderList {
  const plain = headers.without(["trailer"]);
  if (status === 204) return plain.without(["content-length"]);
  const { source } = body;
  return source instanceof Uint8Array && source.length > 0
    ? setFramingHeaders(plain, body)
    : plain;
}

function toFramedHeaders(
  { headers, body }: GatewayResponse,
  { supportsChunks }: ResponseTarget,
): HeaderList {
  if (body.source === undefined) return headers.with("Content-Length", "0");
  const lines = setFramingHeaders(headers, body);
  return supportsChunks
    ? lines
    : lines.without(["transfer-encoding", "trailer"]);
}
