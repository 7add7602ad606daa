import type * as http from "node:http";
import type * as Https from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { openSocket, type TrustSettings } from "../sockets/openSocket";
import type { ProxyServer } from "../sockets/openTunnel";
import { nodeHttp } from "../sockets/nodeHttp";

/**
 * Idle sockets are closed after this time. AWS keeps them open longer, so that no request is sent on a socket that AWS is
 * closing.
 */
const IDLE_TIMEOUT_MS = 15_000;

/** How sockets are opened. */
export interface AgentSettings {
  /** Maximum time to connect, in ms, including name resolution and TLS. */
  readonly connectTimeoutMs: number;

  /** Maximum number of sockets per host; further requests wait. */
  readonly maxSockets: number;

  /** URL of a proxy. Defaults to the environment's proxy settings. */
  readonly proxy?: string | undefined;

  /** Trusted certificates, in PEM format. Defaults to Node's trusted certificates. */
  readonly ca?: string | undefined;

  /** Whether certificates are verified. Defaults to `true`. */
  readonly rejectUnauthorized?: false | undefined;
}

/** Creates an agent that keeps sockets alive, uses the proxy if there is one, and trusts the configured certificates. */
export function createAgent(
  protocol: "http:" | "https:",
  settings: AgentSettings,
  proxy: ProxyServer | undefined,
): http.Agent {
  const { ca, maxSockets, connectTimeoutMs, rejectUnauthorized } = settings;
  const trust: TrustSettings = {
    ...(ca !== undefined && { ca }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
  const options = {
    keepAlive: true,
    maxSockets,
    maxFreeSockets: maxSockets,
    timeout: IDLE_TIMEOUT_MS,
    ...trust,
  };
  const opening = { proxy, trust, timeoutMs: connectTimeoutMs };
  const agent =
    protocol === "https:"
      ? new (loadHttps().Agent)(options)
      : new nodeHttp.Agent(options);
  return Object.assign(agent, POOLING, {
    createConnection: connectorFor(agent, protocol, opening),
  });
}

/** Options of a request that waits for a socket. */
export interface ConnectionOptions extends http.RequestOptions {
  /** Called with a function that stops opening a socket for this request, if it needs a new one. */
  readonly onConnecting?: (stop: () => void) => void;
}

type Opening = Omit<Parameters<typeof openSocket>[0], "host" | "startTls">;

/** Creates the method with which the agent opens a socket. The socket is ready to use when the callback is called. */
function connectorFor(
  agent: http.Agent,
  protocol: "http:" | "https:",
  opening: Opening,
) {
  return (
    options: ConnectionOptions,
    callback: Parameters<typeof openSocket>[1],
  ): void => {
    // Node's own method: it resumes TLS sessions.
    const startTls = (socket: Socket): TLSSocket =>
      (
        loadHttps().Agent.prototype as unknown as TlsAgent
      ).createConnection.call(agent, { ...options, socket });
    const stop = openSocket(
      {
        ...opening,
        host: {
          hostname: options.host ?? "",
          port: Number(options.port),
        },
        startTls: protocol === "https:" ? startTls : undefined,
      },
      callback,
    );
    options.onConnecting?.(stop);
  };
}

/** The method with which Node's HTTPS agent starts TLS. Node's types omit it. */
interface TlsAgent {
  readonly createConnection: (this: http.Agent, options: object) => TLSSocket;
}

/** Loads `node:https` for the first HTTPS request: TLS is half of the transport's load time. */
export function loadHttps(): typeof Https {
  return process.getBuiltinModule("node:https");
}

/**
 * How long the server keeps an idle socket open, in ms, by socket. A WeakMap, because Node creates and owns the sockets; the
 * entry is released with the socket.
 */
const keepAliveTimeouts = new WeakMap<Socket, number>();

/**
 * Remembers the timeout in a `Keep-Alive` response header. One second is subtracted, so that no request is sent on a socket
 * that the server is closing.
 */
export function rememberKeepAliveTimeout(
  socket: Socket,
  header: string | undefined,
): void {
  if (header === undefined || keepAliveTimeouts.has(socket)) return;
  const seconds = Number(/timeout=(\d+)/.exec(header)?.[1] ?? NaN);
  if (seconds > 0)
    keepAliveTimeouts.set(socket, Math.max(1, seconds * 1_000 - 1_000));
}

/** The method through which Node's agent receives a request. Node's types omit it. */
interface RequestQueue {
  readonly addRequest: (
    this: http.Agent,
    request: http.ClientRequest,
    options: http.RequestOptions,
  ) => void;
}

const { addRequest } = nodeHttp.Agent.prototype as unknown as RequestQueue;

/**
 * Replaces the parts of Node's agent that cost the most per request. For every request, Node's agent copies all options,
 * builds a key from every TLS setting and parses the `Keep-Alive` header. Here, host and port identify a socket, because all
 * sockets of one agent have the same settings.
 */
const POOLING = {
  addRequest(
    this: http.Agent,
    request: http.ClientRequest,
    options: http.RequestOptions,
  ): void {
    const name = POOLING.getName(options);
    const socket = this.freeSockets[name]?.pop();
    if (socket && !socket.destroyed) {
      // Node deletes the list when no socket is in use.
      const inUse = this.sockets[name];
      if (inUse) inUse.push(socket);
      else Object.assign(this.sockets, { [name]: [socket] });
      this.reuseSocket(socket, request);
      request.onSocket(socket);
    } else addRequest.call(this, request, options);
  },
  getName: ({ host, port }: http.RequestOptions): string =>
    `${host ?? ""}:${port ?? ""}`,
  keepSocketAlive(socket: Socket): boolean {
    socket.unref();
    const timeoutMs = Math.min(
      IDLE_TIMEOUT_MS,
      keepAliveTimeouts.get(socket) ?? IDLE_TIMEOUT_MS,
    );
    if (socket.timeout !== timeoutMs) socket.setTimeout(timeoutMs);
    return true;
  },
};
