import * as http from "node:http";
import * as https from "node:https";
import { ask } from "./ask";
import type { GatewayResponse } from "../http/GatewayResponse";
import { leaves } from "../http/leaves";
import { OriginError } from "./OriginError";
import type { Origin } from "../route/Route";
import { StaleSocketError } from "./StaleSocketError";

/**
 * How an origin is spoken to.
 *
 * @category Gateway
 */
export interface OriginOptions {
  /**
   * How long to wait for the head of its answer, from the moment that it has been given the last of the request, and then between
   * two pieces of its body; a client who reads slowly takes none of it. In ms, 1 to 2,147,483,647. Absent: 60,000.
   */
  readonly timeoutMs?: number;

  /** How long a connection may take to come about, in ms, 1 to 2,147,483,647. Absent: 3,000. */
  readonly connectTimeoutMs?: number;

  /** Sends the client's `Host` on. Absent: the origin's own, and the client's as `X-Forwarded-Host`. */
  readonly keepHost?: boolean;

  /**
   * The client is a proxy of yours: what he says in `X-Forwarded-For`, `-Proto` and `-Host` goes on, his own address behind.
   * Absent: false; all three say what is seen here.
   */
  readonly trustForwarded?: boolean;

  /** Certificates to trust in place of Node's, as PEM. Absent: Node's. */
  readonly ca?: string | readonly string[];
}

const SOCKETS = 256;

/** Verbs that may be sent again where a kept connection was closed just then. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * The path to ask for, below the origin's own.
 *
 * @throws {@link OriginError} where it would lead out of that.
 */
function pathTo(base: string, url: string): string {
  if (base !== "" && leaves(url))
    throw new OriginError(
      `the path asked for leads out of the origin's own, ${base}, by its ".."`,
      { status: 400 },
    );
  const path = base + url;
  return path.startsWith("/") ? path : `/${path}`;
}

/** Connections to origins, by protocol. */
type Wires = Readonly<Record<"http:" | "https:", http.Agent>>;

function wiresOf(settings: https.AgentOptions): Wires {
  return {
    "http:": new http.Agent(settings),
    "https:": new https.Agent(settings),
  };
}

/** An origin that is reached over HTTP. Its idle sockets keep no process alive. */
export function originAt(base: string | URL, options: OriginOptions): Origin {
  const home = new URL(base);
  const settings = { maxSockets: SOCKETS, ca: options.ca as string[] };
  const kept = wiresOf({ ...settings, keepAlive: true });
  const fresh = wiresOf({ ...settings, keepAlive: false });
  const path = home.pathname.replace(/\/$/, "");
  return async (exchange) => {
    const { request } = exchange;
    const to = request.target === undefined ? home : new URL(request.target);
    const protocol = to.protocol as "http:" | "https:";
    const send = (wires: Wires): Promise<GatewayResponse> =>
      ask({
        exchange,
        to,
        agent: wires[protocol],
        path: pathTo(path, request.url),
        options,
      });
    try {
      return await send(kept);
    } catch (error) {
      // Nothing of it has been answered, and nothing of it can be lost.
      const mayRepeat = SAFE.has(request.method) && request.body.length === 0;
      const isStale = error instanceof StaleSocketError;
      if (!isStale || !mayRepeat || exchange.isGone) throw error;
      return send(fresh);
    }
  };
}
