import type { Agent } from "node:http";
import { escapesBasePath } from "../http/escapesBasePath";
import type { GatewayResponse } from "../http/GatewayResponse";
import type { Origin } from "./Origin";
import { OriginAgents } from "./OriginAgents";
import { OriginError } from "./OriginError";
import type { OriginOptions } from "./OriginOptions";
import { sendRequest } from "./sendRequest";
import { StaleSocketError } from "./StaleSocketError";

/** Methods that are safe to send again after the origin has closed a kept-alive connection. */
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Creates an origin that sends requests over HTTP. Idle sockets do not keep the process alive. It shares agents with other origins from its
 * first request until it is closed.
 */
export function createHttpOrigin(
  base: string | URL,
  options: OriginOptions,
): Origin {
  const baseUrl = new URL(base);
  const basePath = baseUrl.pathname.replace(/\/$/, "");
  let held: OriginAgents | undefined;
  const acquire = (): OriginAgents =>
    (held ??= OriginAgents.acquire(options.ca));
  const send: Origin = async (exchange) => {
    const { request } = exchange;
    const { target } = request;
    const origin = target === undefined ? baseUrl : new URL(target);
    const protocol = origin.protocol as "http:" | "https:";
    const agents = acquire();
    const sendWith = (agent: Agent): Promise<GatewayResponse> =>
      sendRequest({
        exchange,
        origin,
        agent,
        path: joinPath(basePath, request.url),
        options,
      });
    try {
      return await sendWith(agents.keepAlive(protocol));
    } catch (error) {
      // Nothing has been received, and an empty body can be sent again.
      const isRepeatable =
        SAFE_METHODS.has(request.method) && request.body.length === 0;
      const isStale = error instanceof StaleSocketError;
      if (!isStale || !isRepeatable || exchange.isDisconnected) throw error;
      return sendWith(agents.fresh(protocol));
    }
  };
  return Object.assign(send, {
    close: () => {
      held?.release();
      held = undefined;
    },
  });
}

/** Bytes that a request target cannot contain. Servers read what follows a `#` in different ways. */
const NOT_IN_TARGET = /[^!-~\x80-\xff]|#/;

/**
 * Appends the path of a request to the origin's base path.
 *
 * @throws {@link OriginError} if the path cannot be sent, or if `..` segments would leave the base path.
 */
function joinPath(basePath: string, url: string): string {
  if (NOT_IN_TARGET.test(url))
    throw new OriginError(
      "the requested path contains #, whitespace or control characters",
      { status: 400 },
    );
  if (basePath !== "" && escapesBasePath(url))
    throw new OriginError(
      `the ".." segments of the requested path leave the origin's base path ${basePath}`,
      { status: 400 },
    );
  const path = basePath + url;
  return path.startsWith("/") ? path : `/${path}`;
}
