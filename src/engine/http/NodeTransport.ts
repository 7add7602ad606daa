import type * as http from "node:http";
import { readBody, readChunks, writeBody } from "./body";
import { destroyRequest } from "./destroyRequest";
import {
  loadHttps,
  rememberKeepAliveTimeout,
  type AgentSettings,
  type ConnectionOptions,
} from "./createAgent";
import { SocketError } from "../sockets/SocketError";
import { HostAgents, type HostAgent } from "./HostAgents";
import { fromRawHeaders, toRawHeaders } from "./rawHeaders";
import { limitBodyBytes, MAX_INTERIM_RESPONSES } from "./responseLimits";
import {
  WireError,
  type SendOptions,
  type SocketCounts,
  type Transport,
  type WireRequest,
  type WireResponse,
  type WireStream,
} from "./transport";
import { nodeHttp } from "../sockets/nodeHttp";

/** Sends requests with `node:http` and `node:https` over pooled sockets. */
export class NodeTransport implements Transport {
  readonly #agents: HostAgents;

  constructor(settings: AgentSettings) {
    this.#agents = new HostAgents(settings);
  }

  send(request: WireRequest, options: SendOptions): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      this.#exchange(request, options, {
        onResponse: (incoming, finish) => {
          const headers = fromRawHeaders(incoming.rawHeaders);
          rememberKeepAliveTimeout(incoming.socket, headers["keep-alive"]);
          const statusCode = incoming.statusCode ?? 0;
          const contentLength = Number(headers["content-length"] ?? 0);
          const done = (error: Error | undefined, body: Buffer): void => {
            finish();
            if (error)
              reject(
                Object.assign(error, { host: this.#agents.get(request).host }),
              );
            else resolve({ statusCode, headers, body });
          };
          const maxBytes = limitBodyBytes(statusCode, options.maxBodyBytes);
          const head = { statusCode, headers };
          readBody({ incoming, head, contentLength, maxBytes }, done);
        },
        onError: reject,
      });
    });
  }

  stream(request: WireRequest, options: SendOptions): Promise<WireStream> {
    return new Promise((resolve, reject) => {
      this.#exchange(request, options, {
        onResponse: (incoming, finish) => {
          resolve({
            statusCode: incoming.statusCode ?? 0,
            headers: fromRawHeaders(incoming.rawHeaders),
            body: readChunks(incoming, finish),
            closed: untilClosed(incoming),
          });
        },
        onError: reject,
      });
    });
  }

  /** Waits until the limit permits, connects and sends. Reports the response, or why there is none. */
  // eslint-disable-next-line max-lines-per-function -- the listeners of one request share its state
  #exchange(
    request: WireRequest,
    options: SendOptions,
    { onResponse, onError }: Listener,
  ): void {
    let target: HostAgent;
    try {
      target = this.#agents.get(request);
    } catch (error) {
      // The proxy from the environment cannot be used.
      onError(new WireError("PROXY", error as Error));
      return;
    }
    const { agent, host, limit, proxy } = target;
    let stopConnecting: (() => void) | undefined;
    let outgoing: http.ClientRequest | undefined;
    let response: http.IncomingMessage | undefined;
    let finish = (): void => undefined;
    const fail = (error: WireError): void => {
      finish();
      onError(error);
    };
    const leaveQueue = limit.acquire(() => {
      let opened: http.ClientRequest;
      try {
        opened = open(request, agent, (stop) => {
          stopConnecting = stop;
        });
      } catch (error) {
        // Node throws synchronously if a header contains characters that HTTP does not allow; so can the signature.
        limit.release();
        fail(toWireError(error as Error, { host }));
        return;
      }
      outgoing = opened;
      // The agent provides connected sockets only, and the request is written to them at once.
      opened.on("socket", () => {
        stopConnecting = undefined;
        options.onSent?.();
      });
      opened.on("error", (error) => {
        fail(toWireError(error, { host, proxy }));
      });
      let interim = 0;
      opened.on("information", () => {
        if (++interim > MAX_INTERIM_RESPONSES)
          opened.destroy(new WireError("INTERIM"));
      });
      opened.on("response", (incoming) => {
        response = incoming;
        onResponse(incoming, finish);
      });
      opened.on("close", () => {
        limit.release();
        // Closed without a response or an error, for example after a protocol upgrade. No effect after an error.
        if (!response) fail(toWireError(undefined, { host }));
      });
      writeBody(opened, request.body);
    });
    finish = listen(options, () => {
      leaveQueue();
      const error = new WireError("ABORTED");
      if (outgoing) destroyRequest({ outgoing, incoming: response }, error);
      else onError(error);
      // Only then does Node report the end of a request that has no socket.
      stopConnecting?.();
    });
  }

  inspect(): SocketCounts {
    const count = (lists: NodeJS.ReadOnlyDict<unknown[]>): number =>
      Object.values(lists).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    const agents = this.#agents.agents();
    const total = (pick: (agent: http.Agent) => number): number =>
      agents.reduce((sum, agent) => sum + pick(agent), 0);
    const idle = total((agent) => count(agent.freeSockets));
    const hosts = this.#agents.hosts();
    return {
      open: idle + total((agent) => count(agent.sockets)),
      idle,
      waiting: hosts.reduce((sum, { limit }) => sum + limit.waiting, 0),
    };
  }

  close(): void {
    this.#agents.close();
  }
}

function open(
  request: WireRequest,
  agent: http.Agent,
  onConnecting: ConnectionOptions["onConnecting"],
): http.ClientRequest {
  const { protocol, hostname, port, method, path } = request;
  const { request: start } = protocol === "https:" ? loadHttps() : nodeHttp;
  const options: ConnectionOptions = {
    agent,
    ...(onConnecting && { onConnecting }),
    // URLs put an IPv6 address in brackets; Node expects it without them.
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port,
    method,
    path,
    headers: toRawHeaders(request.headers),
  };
  return start(options);
}

/** Receives the outcome of a request. `onResponse` must call `finish` after it has read the response. */
interface Listener {
  readonly onResponse: (
    incoming: http.IncomingMessage,
    finish: () => void,
  ) => void;
  readonly onError: (error: WireError) => void;
}

/** Calls `onEnd` when the call is aborted, at once if it already was. Returns a function that stops listening. */
function listen(options: SendOptions, onEnd: () => void): () => void {
  if (options.onEnd) return options.onEnd(onEnd);
  const { signal } = options;
  if (signal.aborted) onEnd();
  signal.addEventListener("abort", onEnd, { once: true });
  return () => {
    signal.removeEventListener("abort", onEnd);
  };
}

/** Waits until the response has been read, or its socket is closed. */
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

/** Converts Node's error, and adds where it happened. Without an error, the connection was closed before a response. */
function toWireError(
  error: Error | undefined,
  {
    host,
    proxy,
  }: { readonly host: string; readonly proxy?: string | undefined },
): WireError {
  if (error instanceof WireError) return Object.assign(error, { host });
  if (error instanceof SocketError) {
    const wireError = new WireError(
      error.code,
      error.cause as Error | undefined,
    );
    return Object.assign(wireError, { host, ...(error.isProxy && { proxy }) });
  }
  const { code = "ECONNRESET" } = (error ?? {}) as NodeJS.ErrnoException;
  return Object.assign(new WireError(code, error), { host });
}
