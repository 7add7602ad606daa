import * as http from "node:http";
import type * as Https from "node:https";
import type { Socket } from "node:net";
import type * as Hpagent from "hpagent";
import { proxyFor } from "./proxy";
import { ConcurrencyLimit } from "./ConcurrencyLimit";
import type { WireRequest } from "./transport";

/** An idle socket is let go after this time: before AWS's side does, so that no request meets a closing socket. */
const IDLE_MS = 15_000;

/** What decides how sockets are opened. */
export interface AgentSettings {
  /** Longest time to connect, in ms; name resolution and TLS included. */
  readonly connectTimeoutMs: number;

  /** Most sockets to one host; further requests wait. */
  readonly maxSockets: number;

  /** URL of a proxy. Absent: the environment's. */
  readonly proxy?: string | undefined;

  /** Certificates to trust, PEM. Absent: those of the machine. */
  readonly ca?: string | undefined;

  /** Absent: certificates are checked. */
  readonly rejectUnauthorized?: false | undefined;
}

/** The way to one origin: by which sockets, how many at once, through which proxy. */
export interface Route {
  /** As `host:port`. */
  readonly host: string;
  readonly agent: http.Agent;
  readonly gate: ConcurrencyLimit;
  /** As it is told to a user. Absent: there is none. */
  readonly proxy: string | undefined;
}

/** The ways of one transport, made when first needed. */
export interface Routes {
  to(origin: Origin): Route;
  all(): readonly Route[];
  agents(): readonly http.Agent[];
  close(): void;
}

type Origin = Pick<WireRequest, "protocol" | "hostname" | "port">;

/** Ways over agents that keep sockets alive, go through the proxy where there is one, and trust the certificates given. */
export function createRoutes(settings: AgentSettings): Routes {
  const agents = new Map<string, http.Agent>();
  const ways = new Map<string, Route>();
  const open = ({ protocol, hostname, port }: Origin): Route => {
    const host = `${hostname}:${port ?? (protocol === "https:" ? 443 : 80)}`;
    const proxy = proxyFor(`${protocol}//${host}`, settings.proxy);
    const key = `${protocol} ${proxy?.url ?? ""}`;
    const agent =
      agents.get(key) ?? createAgent(protocol, settings, proxy?.url);
    agents.set(key, agent);
    const gate = new ConcurrencyLimit(settings.maxSockets);
    return { host, agent, gate, proxy: proxy?.description };
  };
  return {
    to(origin) {
      const key = `${origin.protocol}//${origin.hostname}:${origin.port ?? ""}`;
      let way = ways.get(key);
      if (!way) {
        way = open(origin);
        ways.set(key, way);
      }
      return way;
    },
    all: () => [...ways.values()],
    agents: () => [...agents.values()],
    close() {
      for (const agent of agents.values()) release(agent);
    },
  };
}

/** TLS, loaded when the first host wants it: the half of what a wire costs to load. */
export function loadHttps(): typeof Https {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  return require("node:https") as typeof Https;
}

/** How long the other side said that it keeps an idle socket, in ms. */
const keptFor = new WeakMap<Socket, number>();

/** Takes note of what a `Keep-Alive` header says; a second less, so that no request meets a socket that is closing. */
export function noteKeepAlive(
  socket: Socket,
  header: string | undefined,
): void {
  if (header === undefined || keptFor.has(socket)) return;
  const seconds = Number(/timeout=(\d+)/.exec(header)?.[1] ?? NaN);
  if (seconds > 0) keptFor.set(socket, Math.max(1, seconds * 1_000 - 1_000));
}

/** What an agent does with a request; Node has it, and its types leave it out. */
interface Requests {
  readonly addRequest: (
    this: http.Agent,
    request: http.ClientRequest,
    options: http.RequestOptions,
  ) => void;
}

const { addRequest } = http.Agent.prototype as unknown as Requests;

/**
 * What Node's own agent does with more care than one host of AWS's needs: it copies all options for each request, writes
 * down all that may tell one TLS socket from another, and reads every header once more.
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
      // Node forgets the list of the busy ones when none is busy.
      const busy = this.sockets[name];
      if (busy) busy.push(socket);
      else Object.assign(this.sockets, { [name]: [socket] });
      this.reuseSocket(socket, request);
      request.onSocket(socket);
    } else addRequest.call(this, request, options);
  },
  getName: ({ host, port }: http.RequestOptions): string =>
    `${host ?? ""}:${port ?? ""}`,
  keepSocketAlive(socket: Socket): boolean {
    socket.unref();
    const ms = Math.min(IDLE_MS, keptFor.get(socket) ?? IDLE_MS);
    if (socket.timeout !== ms) socket.setTimeout(ms);
    return true;
  },
};

function createAgent(
  protocol: Origin["protocol"],
  settings: AgentSettings,
  proxy: string | undefined,
): http.Agent {
  const { ca, maxSockets, connectTimeoutMs, rejectUnauthorized } = settings;
  const options = {
    keepAlive: true,
    maxSockets,
    maxFreeSockets: maxSockets,
    timeout: IDLE_MS,
    ...(ca !== undefined && { ca }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
  if (proxy === undefined)
    return protocol === "https:"
      ? Object.assign(new (loadHttps().Agent)(options), POOLING)
      : Object.assign(new http.Agent(options), POOLING);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when a proxy is first used
  const hpagent = require("hpagent") as typeof Hpagent;
  const ProxyAgent =
    protocol === "https:" ? hpagent.HttpsProxyAgent : hpagent.HttpProxyAgent;
  return bounded(new ProxyAgent({ ...options, proxy }), connectTimeoutMs);
}

/** A tunnel has as much time as a connection; left to itself, the agent gives it as much as an idle socket. */
function bounded(agent: http.Agent, timeout: number): http.Agent {
  const tunnelling = agent as unknown as {
    createConnection(options: object, callback: unknown): unknown;
  };
  const createConnection = tunnelling.createConnection.bind(agent);
  tunnelling.createConnection = (options, callback) =>
    createConnection({ ...options, timeout }, callback);
  return agent;
}

/** Idle sockets go at once, busy ones when their answer is there. */
function release(agent: http.Agent): void {
  Object.assign(agent, { keepAlive: false });
  for (const idle of Object.values(agent.freeSockets))
    for (const socket of idle ?? []) socket.destroy();
}
