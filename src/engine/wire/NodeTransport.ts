import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import {
  createAgents,
  noteKeepAlive,
  type AgentSettings,
  type Agents,
} from "./agents";
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
      let outgoing: http.ClientRequest | undefined;
      const stopListening = listen(options, () => {
        outgoing?.destroy(new WireError("ABORTED"));
      });
      if (!stopListening) {
        reject(new WireError("ABORTED"));
        return;
      }
      outgoing = this.#open(request);
      outgoing.on("socket", (socket) => {
        this.#watch(socket, outgoing as http.ClientRequest, options.onSent);
      });
      outgoing.on("error", (error) => {
        stopListening();
        reject(toWireError(error));
      });
      let answered = false;
      outgoing.on("response", (incoming) => {
        answered = true;
        collect(incoming, (failure, answer) => {
          stopListening();
          if (answer) resolve(answer);
          else reject(failure as Error);
        });
      });
      // Closed without answer or error, for example after a switch of protocols. Too late where there was one.
      outgoing.on("close", () => {
        if (answered) return;
        stopListening();
        reject(new WireError("ECONNRESET"));
      });
      end(outgoing, request.body);
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
    const { protocol, hostname, port, method, path } = request;
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    const agent = this.#agents.for(protocol, host);
    const { request: open } = protocol === "https:" ? https : http;
    return open({
      agent,
      // An address of IPv6 stands in brackets in a URL, and without them everywhere else.
      hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
      port,
      method,
      path,
      headers: toFlat(request.headers),
    });
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

/** A body of so many bytes is copied to be sent together with the head: one write instead of two costs less. */
const SMALL = 16_384;

function end(outgoing: http.ClientRequest, body?: string | Uint8Array): void {
  if (body instanceof Uint8Array && body.byteLength <= SMALL) {
    const { buffer, byteOffset, byteLength } = body;
    const text = Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
    outgoing.end(text, "latin1");
  } else outgoing.end(body);
}

/** Waits for the end of the call; `undefined` where it has come already. */
function listen(
  options: SendOptions,
  end: () => void,
): (() => void) | undefined {
  if (options.whenEnded) return options.whenEnded(end);
  const { signal } = options;
  if (signal.aborted) return undefined;
  signal.addEventListener("abort", end, { once: true });
  return () => {
    signal.removeEventListener("abort", end);
  };
}

function isConnected(socket: Socket): boolean {
  if (socket.connecting) return false;
  // A tunnel is connected long before the handshake through it is done.
  const { secureConnecting } = socket as { secureConnecting?: boolean };
  return secureConnecting !== true;
}

type Collected = (failure?: WireError, answer?: WireResponse) => void;

function collect(incoming: http.IncomingMessage, done: Collected): void {
  const headers = fromFlat(incoming.rawHeaders);
  noteKeepAlive(incoming.socket, headers["keep-alive"]);
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  incoming.on("data", (chunk: Buffer) => {
    if (!first) first = chunk;
    else (more ??= [first]).push(chunk);
  });
  incoming.on("error", (error) => {
    done(
      error instanceof WireError ? error : new WireError("TRUNCATED", error),
    );
  });
  incoming.on("end", () => {
    done(undefined, {
      statusCode: incoming.statusCode ?? 0,
      headers,
      body: more ? Buffer.concat(more) : (first ?? NOTHING),
    });
  });
}

const NOTHING = Buffer.alloc(0);

/** Names and values in turn: what `node:http` takes without looking at each. */
function toFlat(headers: Readonly<Record<string, string>>): string[] {
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] ?? "");
  return flat;
}

/** Names as they are on the wire, and in lower case; AWS sends the same few. */
const lowered = new Map<string, string>();

/** Header names that are remembered; a stranger's endless other ones are not. */
const MOST_NAMES = 200;

function lowerCase(name: string): string {
  let lower = lowered.get(name);
  if (lower === undefined) {
    lower = name.toLowerCase();
    if (lowered.size < MOST_NAMES) lowered.set(name, lower);
  }
  return lower;
}

/** What comes twice is joined, as HTTP says. */
function fromFlat(flat: readonly string[]): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = lowerCase(flat[i] as string);
    const value = flat[i + 1] as string;
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

function toWireError(error: Error): WireError {
  if (error instanceof WireError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) return new WireError(code, error);
  // The proxy agent's errors have no code; there is no tunnel then, and nothing was sent.
  return new WireError("PROXY", error);
}
