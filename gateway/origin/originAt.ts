import * as http from "node:http";
import * as https from "node:https";
import { ask } from "./ask";
import type { GatewayResponse } from "../http/GatewayResponse";
import { leaves } from "../http/leaves";
import { OriginError } from "./OriginError";
import type { Origin } from "./Origin";
import type { OriginOptions } from "./OriginOptions";
import { StaleSocketError } from "./StaleSocketError";

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
