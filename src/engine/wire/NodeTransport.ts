import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { createAgents, type AgentSettings, type Agents } from "./agents";
import {
  WireError,
  type SendOptions,
  type SocketCounts,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "./transport";

/** TCP keep-alive begins here: NAT gateways forget a connection that is silent for 350 s, and a function may run 900. */
const KEEP_ALIVE_AFTER_MS = 30_000;

/** `node:http` and `node:https` over one set of pooled sockets. */
export class NodeTransport implements Transport {
  readonly #agents: Agents;
  readonly #connectTimeoutMs: number;

  constructor(settings: AgentSettings) {
    this.#agents = createAgents(settings);
    this.#connectTimeoutMs = settings.connectTimeoutMs;
  }

  send(request: WireRequest, options: SendOptions): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal.aborted) {
        reject(new WireError("ABORTED"));
        return;
      }
      const outgoing = this.#open(request);
      const abort = (): void => {
        outgoing.destroy(new WireError("ABORTED"));
      };
      const settle = (): void => {
        signal.removeEventListener("abort", abort);
      };
      signal.addEventListener("abort", abort, { once: true });
      outgoing.once("socket", (socket) => {
        this.#watch(socket, outgoing, options.onSent);
      });
      outgoing.once("error", (error) => {
        settle();
        reject(toWireError(error));
      });
      let answered = false;
      outgoing.once("response", (incoming) => {
        answered = true;
        collect(incoming).then(resolve, reject).finally(settle);
      });
      // Closed without answer or error, for example after a switch of protocols. Too late where there was one.
      outgoing.once("close", () => {
        if (answered) return;
        settle();
        reject(new WireError("ECONNRESET"));
      });
      outgoing.end(request.body);
    });
  }

  inspect(): SocketCounts {
    const count = (lists: NodeJS.ReadOnlyDict<unknown[]>): number =>
      Object.values(lists).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    const agents = this.#agents.opened();
    const total = (pick: (agent: http.Agent) => number): number =>
      agents.reduce((sum, agent) => sum + pick(agent), 0);
    const idle = total((agent) => count(agent.freeSockets));
    return {
      open: idle + total((agent) => count(agent.sockets)),
      idle,
      waiting: total((agent) => count(agent.requests)),
    };
  }

  close(): void {
    this.#agents.close();
  }

  #open(request: WireRequest): http.ClientRequest {
    const { protocol, hostname, port, method, path, headers } = request;
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    const agent = this.#agents.for(protocol, host);
    const { request: open } = protocol === "https:" ? https : http;
    // An address of IPv6 stands in brackets in a URL, and without them everywhere else.
    const bare = hostname.replace(/^\[(.*)\]$/, "$1");
    return open({ agent, hostname: bare, port, method, path, headers });
  }

  /** Tells when the request may have begun to reach the other side, and bounds the time until then. */
  #watch(
    socket: Socket,
    outgoing: http.ClientRequest,
    onSent?: () => void,
  ): void {
    if (isConnected(socket)) {
      onSent?.();
      return;
    }
    const timer = setTimeout(() => {
      outgoing.destroy(new WireError("CONNECT_TIMEOUT"));
    }, this.#connectTimeoutMs);
    const stop = (): void => {
      clearTimeout(timer);
    };
    socket.once(
      socket instanceof TLSSocket ? "secureConnect" : "connect",
      () => {
        stop();
        socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
        onSent?.();
      },
    );
    socket.once("close", stop);
  }
}

function isConnected(socket: Socket): boolean {
  if (socket.connecting) return false;
  // A tunnel is connected long before the handshake through it is done.
  const { secureConnecting } = socket as { secureConnecting?: boolean };
  return secureConnecting !== true;
}

function collect(incoming: http.IncomingMessage): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("error", (error) => {
      reject(
        error instanceof WireError ? error : new WireError("TRUNCATED", error),
      );
    });
    incoming.once("end", () => {
      const [only] = chunks;
      resolve({
        statusCode: incoming.statusCode ?? 0,
        headers: flatten(incoming.headers),
        body: only && chunks.length === 1 ? only : Buffer.concat(chunks),
      });
    });
  });
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = String(value);
  return flat;
}

function toWireError(error: Error): WireError {
  if (error instanceof WireError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) return new WireError(code, error);
  // The proxy agent's errors have no code; there is no tunnel then, and nothing was sent.
  return new WireError("PROXY", error);
}
