import type {
  ClientRequest,
  OutgoingHttpHeader,
  OutgoingHttpHeaders,
  ServerResponse,
} from "node:http";
import { PassThrough } from "node:stream";
import { Body } from "../../http/Body";
import { announcedLengthOf } from "../../http/framing";
import { GatewayResponse } from "../../http/GatewayResponse";
import { HeaderList } from "../../http/HeaderList";
import { onBodyFailure } from "./failRequest";
import { callCallback, muteWrites } from "./muteResponse";

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** The methods with which a handler writes a response. */
type WriteMethods = Pick<
  ServerResponse,
  "writeHead" | "write" | "end" | "flushHeaders" | "addTrailers"
>;

/**
 * Captures the response that a handler writes, so that the steps can run on it before it is sent. Only the write methods of the response
 * object are replaced.
 *
 * @param handle - Calls the handler. An error that it throws rejects the promise.
 */
export function captureResponse(
  res: ServerResponse,
  handle: () => void,
): Promise<GatewayResponse> {
  return new Promise((resolve, reject) => {
    const stream = new PassThrough();
    const trailers: string[] = [];
    const capture: Capture = {
      stream,
      trailers,
      stage: "open",
      send: (bytes) => {
        if (capture.stage === "sent") return;
        capture.stage = "sent";
        resolve(toGatewayResponse(res, capture, bytes));
      },
    };
    Object.assign(res, createWriteMethods(res, capture));
    const defineGetter = (name: string, get: () => boolean): void => {
      Object.defineProperty(res, name, { get, configurable: true });
    };
    defineGetter("headersSent", () => capture.stage !== "open");
    defineGetter("writableEnded", () => stream.writableEnded);
    onBodyFailure(res.req, (error) => {
      if (capture.stage === "sent") return;
      capture.stage = "sent";
      muteWrites(res);
      reject(error);
    });
    stream.on("drain", () => res.emit("drain"));
    res.once("close", () => {
      stream.destroy();
      reject(new Error("the client disconnected"));
    });
    handle();
  });
}

/** Converts what a handler has written, and clears its headers, which are set again after the steps. */
function toGatewayResponse(
  res: ServerResponse,
  { stream, trailers }: Capture,
  bytes: Uint8Array | undefined,
): GatewayResponse {
  const headers = new HeaderList(toHeaderLines(res));
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  return new GatewayResponse({
    status: res.statusCode,
    // HTTP/2 has no reason phrase, and Node warns when it is read.
    ...(res.req.httpVersionMajor === 1 && {
      statusText: res.statusMessage || undefined,
    }),
    headers,
    body: new Body(bytes ?? stream, {
      length: announcedLengthOf(headers),
      trailers: () => trailers,
    }),
  });
}

interface Capture {
  /** Whether the head can still be changed, has been written, or has been passed to the steps. */
  stage: "open" | "written" | "sent";
  readonly stream: PassThrough;
  readonly trailers: string[];
  readonly send: (bytes?: Uint8Array) => void;
}

function createWriteMethods(
  res: ServerResponse,
  capture: Capture,
): WriteMethods {
  const { stream, trailers, send } = capture;
  const write = createWrite(capture);
  return {
    writeHead: (status: number, ...rest: unknown[]) => {
      writeHead(res, status, rest);
      if (capture.stage === "open") capture.stage = "written";
      return res;
    },
    flushHeaders: () => {
      send();
    },
    addTrailers: (given) => {
      for (const [name, value] of toPairs(given as Headers))
        trailers.push(name, String(value));
    },
    write: write as ServerResponse["write"],
    end: ((...given: unknown[]) => {
      const [chunk, encoding] = given;
      if (stream.writableEnded) return res;
      if (capture.stage !== "sent") send(toBytes(chunk, encoding));
      else if (isChunk(chunk)) write(chunk, encoding);
      callCallback(given);
      stream.end();
      return res;
    }) as ServerResponse["end"],
  };
}

function createWrite({ stream, send }: Capture) {
  return (...given: unknown[]): boolean => {
    send();
    // Nothing reads it any more, but the handler must be able to finish.
    if (stream.destroyed) {
      callCallback(given);
      return true;
    }
    return Reflect.apply(
      stream.write.bind(stream) as (...all: unknown[]) => boolean,
      undefined,
      given,
    );
  };
}

function writeHead(
  res: ServerResponse,
  status: number,
  rest: readonly unknown[],
): void {
  const [reason, headers] =
    typeof rest[0] === "string"
      ? [rest[0], rest[1]]
      : [undefined, rest[0] ?? rest[1]];
  res.statusCode = status;
  if (reason !== undefined) res.statusMessage = reason;
  for (const [name, value] of toPairs(headers as Headers | undefined))
    res.setHeader(name, value);
}

const isChunk = (chunk: unknown): chunk is string | Uint8Array =>
  typeof chunk === "string" || chunk instanceof Uint8Array;

function toBytes(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return typeof chunk === "string"
    ? Buffer.from(
        chunk,
        typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8",
      )
    : new Uint8Array();
}

/** Headers as pairs, from every form that Node accepts. */
function toPairs(
  headers: Headers | undefined,
): (readonly [string, OutgoingHttpHeader])[] {
  if (!headers) return [];
  const pairs: (readonly [string, OutgoingHttpHeader])[] = [];
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) pairs.push([name, value]);
    return pairs;
  }
  const flat = headers.flat();
  const merged = new HeaderList(flat.map(String));
  for (const name of merged.names()) pairs.push([name, merged.getAll(name)]);
  return pairs;
}

/** The headers of a response, as name, value, name, value. */
export function toHeaderLines(res: ServerResponse): string[] {
  // Every outgoing message has this method, except HTTP/2 responses. Node's types declare it only for requests.
  const outgoing = res as unknown as Partial<ClientRequest>;
  const names = outgoing.getRawHeaderNames?.() ?? res.getHeaderNames();
  return names.flatMap((name) => {
    const value = res.getHeader(name) ?? [];
    return [value].flat().flatMap((each) => [name, String(each)]);
  });
}
