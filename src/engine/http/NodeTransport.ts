import * as http from "node:http";
import type { Socket } from "node:net";
import { chunksOf, readBody, writeBody } from "./body";
import { fromFlat, toFlat } from "./headers";
import {
  createRoutes,
  loadHttps,
  noteKeepAlive,
  type AgentSettings,
  type Routes,
} from "./agents";
import {
  WireError,
  type SendOptions,
  type SocketCounts,
  type Transport,
  type WireRequest,
  type WireResponse,
  type WireStream,
} from "./transport";

/** TCP keep-alive begins here: NAT gateways forget a connection that is silent for 350 s, and a function may run 900. */
const KEEP_ALIVE_AFTER_MS = 30_000;

/** `node:http` and `node:https` over one set of pooled sockets. */
export class NodeTransport implements Transport {
  readonly #ways: Routes;
  readonly #connectTimeoutMs: number;

  constructor(settings: AgentSettings) {
    this.#ways = createRoutes(settings);
    this.#connectTimeoutMs = settings.connectTimeoutMs;
  }

  send(request: WireRequest, options: SendOptions): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      this.#exchange(request, options, {
        onAnswer: (incoming, over) => {
          const headers = fromFlat(incoming.rawHeaders);
          noteKeepAlive(incoming.socket, headers["keep-alive"]);
          const statusCode = incoming.statusCode ?? 0;
          const length = Number(headers["content-length"] ?? 0);
          const done = (failure: Error | undefined, body: Buffer): void => {
            over();
            if (failure)
              reject(
                Object.assign(failure, { host: this.#ways.to(request).host }),
              );
            else resolve({ statusCode, headers, body });
          };
          readBody(incoming, done, length);
        },
        onFailure: reject,
      });
    });
  }

  stream(request: WireRequest, options: SendOptions): Promise<WireStream> {
    return new Promise((resolve, reject) => {
      this.#exchange(request, options, {
        onAnswer: (incoming, over) => {
          resolve({
            statusCode: incoming.statusCode ?? 0,
            headers: fromFlat(incoming.rawHeaders),
            body: chunksOf(incoming, over),
            closed: untilClosed(incoming),
          });
        },
        onFailure: reject,
      });
    });
  }

  /** Waits for a place, connects, sends; tells what came, or why nothing did. */
  #exchange(
    request: WireRequest,
    options: SendOptions,
    { onAnswer, onFailure }: Listener,
  ): void {
    const way = this.#ways.to(request);
    let outgoing: http.ClientRequest | undefined;
    let over = (): void => undefined;
    const fail = (error: WireError): void => {
      over();
      onFailure(error);
    };
    const leaveLine = way.gate.acquire(() => {
      let opened: http.ClientRequest;
      try {
        opened = open(request, way.agent);
      } catch (error) {
        // Node throws at once where a header holds what HTTP has no place for.
        way.gate.release();
        fail(toWireError(error as Error, { host: way.host }));
        return;
      }
      outgoing = opened;
      let proxy = way.proxy;
      let answered = false;
      opened.on("socket", (socket) => {
        proxy = undefined;
        this.#watch(socket, opened, options.onSent);
      });
      opened.on("error", (error) => {
        fail(toWireError(error, { host: way.host, proxy }));
      });
      opened.on("response", (incoming) => {
        answered = true;
        onAnswer(incoming, over);
      });
      opened.on("close", () => {
        way.gate.release();
        // Without answer or error, for example after a switch of protocols. Too late where there was one.
        if (!answered) fail(toWireError(undefined, { host: way.host }));
      });
      writeBody(opened, request.body);
    });
    over = listen(options, () => {
      leaveLine();
      if (outgoing) outgoing.destroy(new WireError("ABORTED"));
      else onFailure(new WireError("ABORTED"));
    });
  }

  inspect(): SocketCounts {
    const count = (lists: NodeJS.ReadOnlyDict<unknown[]>): number =>
      Object.values(lists).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    const agents = this.#ways.agents();
    const total = (pick: (agent: http.Agent) => number): number =>
      agents.reduce((sum, agent) => sum + pick(agent), 0);
    const idle = total((agent) => count(agent.freeSockets));
    const ways = this.#ways.all();
    return {
      open: idle + total((agent) => count(agent.sockets)),
      idle,
      waiting: ways.reduce((sum, { gate }) => sum + gate.waiting, 0),
    };
  }

  close(): void {
    this.#ways.close();
  }

  /** Tells when the request may have begun to reach the other side, and bounds the time until then. */
  #watch(
    socket: Socket,
    outgoing: http.ClientRequest,
    onSent?: () => void,
  ): void {
    if (isConnected(socket)) {
      // A tunnel comes connected. Asked again of the same socket, it costs nothing.
      socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
      onSent?.();
      return;
    }
    const timer = setTimeout(() => {
      outgoing.destroy(new WireError("CONNECT_TIMEOUT"));
    }, this.#connectTimeoutMs);
    const stop = (): void => {
      clearTimeout(timer);
    };
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      stop();
      socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
      onSent?.();
    });
    socket.once("close", stop);
  }
}

function open(request: WireRequest, agent: http.Agent): http.ClientRequest {
  const { protocol, hostname, port, method, path } = request;
  const { request: start } = protocol === "https:" ? loadHttps() : http;
  return start({
    agent,
    // An address of IPv6 stands in brackets in a URL, and without them everywhere else.
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port,
    method,
    path,
    headers: toFlat(request.headers),
  });
}

/** Who waits for an answer; `over` is to be called when it has come to its end. */
interface Listener {
  readonly onAnswer: (incoming: http.IncomingMessage, over: () => void) => void;
  readonly onFailure: (error: WireError) => void;
}

/** Calls back at the end of the call, which may have come already; what it returns stops listening. */
function listen(options: SendOptions, end: () => void): () => void {
  if (options.onEnd) return options.onEnd(end);
  const { signal } = options;
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  return () => {
    signal.removeEventListener("abort", end);
  };
}

/** Until the answer has been read, or its socket is gone. */
function untilClosed(incoming: http.IncomingMessage): Promise<void> {
  const { socket } = incoming;
  return new Promise((resolve) => {
    const close = (): void => {
      socket.off("close", close);
      resolve();
    };
    socket.once("close", close);
    incoming.once("close", close);
  });
}

function isConnected(socket: Socket): boolean {
  if (socket.connecting) return false;
  // A tunnel is connected long before the handshake through it is done.
  const { secureConnecting } = socket as { secureConnecting?: boolean };
  return secureConnecting !== true;
}

/** What an error of Node's means, and where it happened; absent, the connection was closed without one. */
function toWireError(
  error: Error | undefined,
  place: { readonly host: string; readonly proxy?: string | undefined },
): WireError {
  if (error instanceof WireError) return Object.assign(error, place);
  // The proxy agent's errors have no code; there is no tunnel then, and nothing was sent.
  const code = error ? codeOf(error) : "ECONNRESET";
  return Object.assign(new WireError(code, error), place);
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? "PROXY";
}
