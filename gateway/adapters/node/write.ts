import type { ServerResponse } from "node:http";
import { Readable, Writable } from "node:stream";
import { pour, type Body, type Sink } from "../../http/Body";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import { frame } from "../../http/framing";

/** Whom a response is written to. */
export interface Client {
  readonly isHead: boolean;
  /** Whether he knows chunks: HTTP/1.1 has them, HTTP/2 frames of its own. */
  readonly takesChunks: boolean;
  readonly isGone: () => boolean;
  readonly writeHead: (head: GatewayResponse) => void;
  /** Sends the head, where no byte of the body has taken it along yet. */
  readonly flushHead: () => void;
  /** Where the body goes. */
  readonly sink: () => Sink;
}

/** The client behind a response of Node's, reached as it is reached now, whatever its methods become later. */
export function clientOf(res: ServerResponse): Client {
  // Called on the response again, whatever stands in their place by then.
  /* eslint-disable-next-line @typescript-eslint/unbound-method -- as said */
  const { writeHead, flushHeaders, write, end, addTrailers } = res;
  const isHttp2 = res.req.httpVersionMajor > 1;
  return {
    isHead: res.req.method === "HEAD",
    takesChunks: res.req.httpVersion === "1.1",
    isGone: () => res.destroyed,
    writeHead: ({ status, statusText, headers }) => {
      const isTold = statusText !== undefined && !isHttp2;
      const text = isTold ? [statusText] : [];
      const { lines } = headers;
      const isFresh =
        !isHttp2 && res.write === write && res.getHeaderNames().length === 0;
      try {
        // Node takes lines as they are only where nobody has set a header before.
        if (!isFresh) setEach(res, headers);
        Reflect.apply(writeHead, res, [
          status,
          ...text,
          ...(isFresh ? [[...lines]] : []),
        ]);
      } catch (error) {
        for (const name of headers.names()) res.removeHeader(name);
        throw error;
      }
    },
    flushHead: () => {
      Reflect.apply(flushHeaders, res, []);
    },
    sink: () =>
      res.write === write ? res : sinkBehind(res, { write, end, addTrailers }),
  };
}

/** Where bytes go past what stands in place of a response's methods. */
function sinkBehind(
  res: ServerResponse,
  {
    write,
    end,
    addTrailers,
  }: Pick<ServerResponse, "write" | "end" | "addTrailers">,
): Sink {
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
    const values = headers.all(name);
    const spelt = headers.lines.find((line) => line.toLowerCase() === name);
    res.setHeader(
      spelt ?? name,
      values.length === 1 ? (values[0] ?? "") : values,
    );
  }
}

/**
 * Writes the head of a response: nothing is added but what frames the body.
 *
 * @throws Whatever Node throws at a head that cannot be sent; another one can be written then.
 */
export function writeHead(client: Client, response: GatewayResponse): void {
  const headers = isBare(client, response)
    ? bare(response)
    : framed(response, client);
  client.writeHead(response.with({ headers }));
}

/** Writes the body behind the head. */
export async function writeBody(
  client: Client,
  response: GatewayResponse,
): Promise<void> {
  const { body } = response;
  const sink = client.sink();
  if (isBare(client, response)) {
    body.discard();
    sink.end();
    return;
  }
  sendEarly(client, body);
  await pour(body, sink);
}

const isBare = (
  { isHead }: Client,
  { status }: Pick<GatewayResponse, "status">,
): boolean => isHead || status === 204 || status === 304;

/** A client who waits for the head of what comes later is not to wait for the first byte; where that is there, both go as one. */
function sendEarly(client: Client, { source, length }: Body): void {
  if (!(source instanceof Readable) || length === 0) return;
  if (source.readableLength > 0) return;
  setImmediate(() => {
    const isThrough = source.readableDidRead || source.readableEnded;
    if (!isThrough && !source.destroyed && !client.isGone()) client.flushHead();
  });
}

/** Of a response without body: what its body would have been as long as, it says itself. */
function bare({ status, headers, body }: GatewayResponse): HeaderList {
  const own = headers.without(["trailer"]);
  if (status === 204) return own.without(["content-length"]);
  const { source } = body;
  return source instanceof Uint8Array && source.length > 0
    ? frame(own, body)
    : own;
}

function framed(
  { headers, body }: GatewayResponse,
  { takesChunks }: Client,
): HeaderList {
  if (body.source === undefined) return headers.with("Content-Length", "0");
  const lines = frame(headers, body);
  return takesChunks ? lines : lines.without(["transfer-encoding", "trailer"]);
}
