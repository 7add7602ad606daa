import type * as http from "node:http";
import type * as https from "node:https";
import { loadHttps, nodeHttp } from "../../src/internal";

/** Connections to one host and port that are open at the same time, for all origins with the same agents together. */
const MAX_SOCKETS = 256;

type Protocol = "http:" | "https:";

/** Agents by their certificates; only those in use. */
const shared = new Map<string, OriginAgents>();

/**
 * The agents that all origins with the same certificates share, so that thousands of routes have one pool of connections. Each agent is
 * created on first use.
 */
export class OriginAgents {
  readonly #key: string;
  readonly #settings: https.AgentOptions;
  readonly #agents = new Map<string, http.Agent>();
  #holders = 0;

  private constructor(key: string, ca: readonly string[] | undefined) {
    this.#key = key;
    this.#settings = { maxSockets: MAX_SOCKETS, ca: ca && [...ca] };
  }

  /** The agents for these certificates. Call {@link release} once when they are no longer needed. */
  static acquire(ca: string | readonly string[] | undefined): OriginAgents {
    const list = ca === undefined ? undefined : [ca].flat();
    const key = list?.join("\n") ?? "";
    const agents = shared.get(key) ?? new OriginAgents(key, list);
    shared.set(key, agents);
    agents.#holders++;
    return agents;
  }

  /** How many different agents are in use: one for each set of certificates. */
  static get size(): number {
    return shared.size;
  }

  /** The agent that keeps connections open for further requests. */
  keepAlive(protocol: Protocol): http.Agent {
    return this.#agent(protocol, { keepAlive: true });
  }

  /** The agent that opens a new connection for each request. */
  fresh(protocol: Protocol): http.Agent {
    return this.#agent(protocol, { keepAlive: false });
  }

  /** Closes idle connections when the last holder has released the agents. Those in use complete their request first. */
  release(): void {
    this.#holders--;
    if (this.#holders > 0) return;
    shared.delete(this.#key);
    for (const agent of this.#agents.values()) {
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets))
        for (const socket of sockets ?? []) socket.destroy();
    }
  }

  #agent(
    protocol: Protocol,
    { keepAlive }: { readonly keepAlive: boolean },
  ): http.Agent {
    const key = `${protocol}${keepAlive ? "keep-alive" : "fresh"}`;
    const known = this.#agents.get(key);
    if (known) return known;
    const { Agent } = protocol === "https:" ? loadHttps() : nodeHttp;
    const agent = new Agent({ ...this.#settings, keepAlive });
    this.#agents.set(key, agent);
    return agent;
  }
}
