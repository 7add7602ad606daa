import type { ServerResponse } from "node:http";
import { Writable } from "node:stream";
import { pour, type Sink } from "../../core/Body";
import type { GatewayResponse } from "../../core/GatewayResponse";
import type { HeaderList } from "../../core/HeaderList";
import { frame } from "../../core/framing";

/** Whom a response is written to. */
export interface Client {
  readonly isHead: boolean;
  /** Whether he knows chunks, as of HTTP/1.1. */
  readonly takesChunks: boolean;
  readonly isGone: () => boolean;
  readonly writeHead: (head: GatewayResponse) => void;
  /** Where the body goes. */
  readonly sink: () => Sink;
}

/** The client behind a response of Node's, reached as it is reached now, whatever its methods become later. */
export function clientOf(res: ServerResponse): Client {
  // Called on the response again, whatever stands in their place by then.
  /* eslint-disable-next-line @typescript-eslint/unbound-method -- as said */
  const { writeHead, write, end, addTrailers } = res;
  return {
    isHead: res.req.method === "HEAD",
    takesChunks: res.req.httpVersion !== "1.0",
    isGone: () => res.destroyed,
    writeHead: ({ status, statusText, headers }) => {
      const text = statusText === undefined ? [] : [statusText];
      const { lines } = headers;
      const isFresh = res.write === write && res.getHeaderNames().length === 0;
      // Node takes lines as they are only where nobody has set a header before.
      if (!isFresh)
        for (const name of headers.names()) {
          const values = headers.all(name);
          const spelt = lines.find((line) => line.toLowerCase() === name);
          res.setHeader(
            spelt ?? name,
            values.length === 1 ? (values[0] ?? "") : values,
          );
        }
      Reflect.apply(writeHead, res, [
        status,
        ...text,
        ...(isFresh ? [[...lines]] : []),
      ]);
    },
    sink: () => {
      if (res.write === write) return res;
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
    },
  };
}

/** Writes a response as it is: nothing is added but what frames the body. */
export async function write(
  client: Client,
  response: GatewayResponse,
): Promise<void> {
  const { status, body } = response;
  if (client.isGone()) {
    body.discard();
    return;
  }
  const isBare = client.isHead || status === 204 || status === 304;
  const headers = isBare ? bare(response) : framed(response, client);
  if (isBare) body.discard();
  client.writeHead(response.with({ headers }));
  const sink = client.sink();
  if (isBare) sink.end();
  else await pour(body, sink);
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
