import type * as http from "node:http";
import { ConcurrencyLimit } from "./ConcurrencyLimit";
import { createAgent, type AgentSettings } from "./createAgent";
import { findProxy } from "./proxy";
import type { WireRequest } from "./transport";

/** How requests to one host are sent. */
export interface HostAgent {
  /** `host:port`, for error messages. */
  readonly host: string;
  readonly agent: http.Agent;
  /** Limits the number of requests that use a socket at the same time. */
  readonly limit: ConcurrencyLimit;
  /** The proxy as error messages describe it; `undefined` if requests are sent directly. */
  readonly proxy: string | undefined;
}

/** Hosts that are remembered, unless more of them are in use. A function's ARN, which a client can choose, contains the region. */
const MAX_HOSTS = 200;

type Origin = Pick<WireRequest, "protocol" | "hostname" | "port">;

/** The agents of one transport. Each is created when it is first needed. */
export class HostAgents {
  readonly #settings: AgentSettings;
  /** By protocol and proxy. */
  readonly #agents = new Map<string, http.Agent>();
  /** By origin. */
  readonly #hosts = new Map<string, HostAgent>();

  constructor(settings: AgentSettings) {
    this.#settings = settings;
  }

  /**
   * Returns the agent for an origin.
   *
   * @throws {@link ProxyError} if the environment's proxy cannot be used.
   */
  get(origin: Origin): HostAgent {
    const key = `${origin.protocol}//${origin.hostname}:${origin.port ?? ""}`;
    let host = this.#hosts.get(key);
    if (!host) {
      host = this.#create(origin);
      if (this.#hosts.size >= MAX_HOSTS) this.#removeIdleHosts();
      this.#hosts.set(key, host);
    }
    return host;
  }

  /** Returns every host that a request was sent to. */
  hosts(): readonly HostAgent[] {
    return [...this.#hosts.values()];
  }

  /** Returns every agent that has been created; several hosts can share one. */
  agents(): readonly http.Agent[] {
    return [...this.#agents.values()];
  }

  /** Closes idle sockets now, and sockets in use after their response. */
  close(): void {
    for (const agent of this.#agents.values()) closeSockets(agent);
  }

  /** Removes the hosts that no request uses. The sockets belong to the agents, and stay. */
  #removeIdleHosts(): void {
    for (const [key, { limit }] of this.#hosts)
      if (limit.isIdle) this.#hosts.delete(key);
  }

  #create({ protocol, hostname, port }: Origin): HostAgent {
    const { maxSockets, proxy: configured } = this.#settings;
    const host = `${hostname}:${port ?? (protocol === "https:" ? 443 : 80)}`;
    const proxy = findProxy(`${protocol}//${host}`, configured);
    const key = `${protocol} ${proxy?.url ?? ""}`;
    const agent =
      this.#agents.get(key) ??
      createAgent(protocol, this.#settings, proxy?.server);
    this.#agents.set(key, agent);
    const limit = new ConcurrencyLimit(maxSockets);
    return { host, agent, limit, proxy: proxy?.description };
  }
}

function closeSockets(agent: http.Agent): void {
  Object.assign(agent, { keepAlive: false });
  for (const sockets of Object.values(agent.freeSockets))
    for (const socket of sockets ?? []) socket.destroy();
}
