import type {
  ClientRequest,
  OutgoingHttpHeader,
  OutgoingHttpHeaders,
  ServerResponse,
} from "node:http";
import { PassThrough } from "node:stream";
import { Body } from "../../http/Body";
import { GatewayResponse } from "../../http/GatewayResponse";
import { HeaderList } from "../../http/HeaderList";

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** What a handler writes with. */
type Writing = Pick<
  ServerResponse,
  "writeHead" | "write" | "end" | "flushHeaders" | "addTrailers"
>;

/**
 * Lets a handler write as ever, and holds back what it writes: the steps look at it first. Of the response that it was given
 * nothing else is touched.
 *
 * @param handle - Lets the handler begin. What it throws rejects.
 */
export function capture(
  res: ServerResponse,
  handle: () => void,
): Promise<GatewayResponse> {
  return new Promise((resolve) => {
    const stream = new PassThrough();
    const trailers: string[] = [];
    const held: Held = {
      stream,
      trailers,
      stage: "open",
      send: (bytes) => {
        if (held.stage === "sent") return;
        held.stage = "sent";
        resolve(written(res, held, bytes));
      },
    };
    Object.assign(res, intercepting(res, held));
    const show = (name: string, get: () => boolean): void => {
      Object.defineProperty(res, name, { get, configurable: true });
    };
    show("headersSent", () => held.stage !== "open");
    show("writableEnded", () => stream.writableEnded);
    stream.on("drain", () => res.emit("drain"));
    res.once("close", () => stream.destroy());
    // What it throws rejects.
    handle();
  });
}

/** What a handler has written, as a response; what it has set is cleared for what the steps make of it. */
function written(
  res: ServerResponse,
  { stream, trailers }: Held,
  bytes: Uint8Array | undefined,
): GatewayResponse {
  const headers = new HeaderList(linesOf(res));
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const length = headers.get("content-length");
  return new GatewayResponse({
    status: res.statusCode,
    // HTTP/2 has none, and warns whoever asks.
    ...(res.req.httpVersionMajor === 1 && {
      statusText: res.statusMessage || undefined,
    }),
    headers,
    body: new Body(bytes ?? stream, {
      length: length === undefined ? undefined : Number(length),
      trailers: () => trailers,
    }),
  });
}

interface Held {
  /** Whether the head can still be changed, is written, or is on its way. */
  stage: "open" | "written" | "sent";
  readonly stream: PassThrough;
  readonly trailers: string[];
  readonly send: (bytes?: Uint8Array) => void;
}

/** Stands in for what a handler writes with. */
function intercepting(res: ServerResponse, held: Held): Writing {
  const { stream, trailers, send } = held;
  const write = (...given: unknown[]): boolean => {
    send();
    // Nobody reads it any more; the handler is to come to its end all the same.
    if (stream.destroyed) {
      called(given);
      return true;
    }
    return Reflect.apply(
      stream.write.bind(stream) as (...all: unknown[]) => boolean,
      undefined,
      given,
    );
  };
  return {
    writeHead(status: number, ...rest: unknown[]) {
      const [text, headers] =
        typeof rest[0] === "string"
          ? [rest[0], rest[1]]
          : [undefined, rest[0] ?? rest[1]];
      res.statusCode = status;
      if (text !== undefined) res.statusMessage = text;
      for (const [name, value] of pairsOf(headers as Headers | undefined))
        res.setHeader(name, value);
      if (held.stage === "open") held.stage = "written";
      return res;
    },
    flushHeaders: () => {
      send();
    },
    addTrailers: (given) => {
      for (const [name, value] of pairsOf(given as Headers))
        trailers.push(name, String(value));
    },
    write: write as ServerResponse["write"],
    end(...given: unknown[]) {
      const [chunk, encoding] = given;
      if (stream.writableEnded) return res;
      if (held.stage !== "sent") send(bytesOf(chunk, encoding));
      else if (isChunk(chunk)) write(chunk, encoding);
      called(given);
      stream.end();
      return res;
    },
  };
}

const isChunk = (chunk: unknown): chunk is string | Uint8Array =>
  typeof chunk === "string" || chunk instanceof Uint8Array;

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return typeof chunk === "string"
    ? Buffer.from(
        chunk,
        typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8",
      )
    : new Uint8Array();
}

/** Calls the callback that a handler has given, wherever among the arguments. */
function called(given: readonly unknown[]): void {
  const callback = given.find((each) => typeof each === "function");
  if (callback) process.nextTick(callback);
}

/** Headers in whichever form Node takes them. */
function pairsOf(
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
  for (const name of merged.names()) pairs.push([name, merged.all(name)]);
  return pairs;
}

function linesOf(res: ServerResponse): string[] {
  // Node has it on every outgoing message but those of HTTP/2; its types know it on requests.
  const outgoing = res as unknown as Partial<ClientRequest>;
  const names = outgoing.getRawHeaderNames?.() ?? res.getHeaderNames();
  return names.flatMap((name) => {
    const value = res.getHeader(name) ?? [];
    return [value].flat().flatMap((each) => [name, String(each)]);
  });
}
