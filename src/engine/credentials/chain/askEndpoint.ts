import type * as http from "node:http";
import { destroyRequest } from "../../http/destroyRequest";
import type { Clock } from "../../settings/clock";
import { readStringProperty } from "../../text/readStringProperty";
import { nodeHttp } from "../../sockets/nodeHttp";

/** Time limit for opening a connection, in ms. Outside ECS, EKS and EC2, nothing responds at these addresses. */
const CONNECT_TIMEOUT_MS = 1_000;

/** Largest body, in bytes. Credentials have some 2 KB. */
const MAX_BYTES = 65_536;

/** A request to a metadata service of the machine. */
export interface EndpointRequest {
  readonly method: "GET" | "PUT";
  /** Scheme, host and port. Nothing else of it is used. */
  readonly endpoint: URL;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Time limit for the whole response, in ms. */
  readonly timeoutMs: number;
}

/** The response of a metadata service. */
export interface EndpointResponse {
  readonly status: number;
  /** The body of a response with status 200 to 299. `undefined`: another status, or a body of more than 65,536 bytes. */
  readonly text: string | undefined;
}

/** Sends a request. Rejects with {@link EndpointError}. */
export type AskEndpoint = (
  request: EndpointRequest,
) => Promise<EndpointResponse>;

/** There was no complete response. The message is the reason, without a final period. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";
  /** Node's code. Empty if a time limit was exceeded. */
  readonly code: string;
  /** Whether the connection was opened. */
  readonly isConnected: boolean;

  constructor(message: string, { code = "", isConnected = false } = {}) {
    super(message);
    this.code = code;
    this.isConnected = isConnected;
  }
}

/** A request in progress. */
interface Exchange {
  readonly outgoing: http.ClientRequest;
  incoming: http.IncomingMessage | undefined;
  isConnected: boolean;
}

/** Sends a request directly: proxies cannot reach these addresses. It has a socket of its own, which is closed in any case. */
export async function askEndpoint(
  request: EndpointRequest,
  clock: Clock,
): Promise<EndpointResponse> {
  const exchange: Exchange = {
    outgoing: createRequest(request),
    incoming: undefined,
    isConnected: false,
  };
  const timers: (() => void)[] = [];
  try {
    return await new Promise<EndpointResponse>((resolve, reject) => {
      const { timeoutMs } = request;
      timers.push(
        clock.after(CONNECT_TIMEOUT_MS, () => {
          if (!exchange.isConnected)
            reject(tooLate("connection", CONNECT_TIMEOUT_MS));
        }),
        clock.after(timeoutMs, () => {
          reject(tooLate("complete response", timeoutMs));
        }),
      );
      receive(exchange, { resolve, reject });
    });
  } catch (error) {
    throw toEndpointError(error, exchange);
  } finally {
    for (const cancel of timers) cancel();
    destroyRequest(exchange);
  }
}

interface Outcome {
  readonly resolve: (response: EndpointResponse) => void;
  readonly reject: (error: Error) => void;
}

function receive(exchange: Exchange, { resolve, reject }: Outcome): void {
  const { outgoing } = exchange;
  outgoing.on("socket", (socket) => {
    socket.once("connect", () => {
      exchange.isConnected = true;
    });
  });
  outgoing.on("error", reject);
  outgoing.on("close", () => {
    // A complete response can still end after its connection.
    if (!exchange.incoming) reject(new Error("the connection was closed"));
  });
  outgoing.on("response", (incoming) => {
    exchange.incoming = incoming;
    incoming.on("error", reject);
    incoming.on("close", () => {
      reject(new Error("the response was cut off"));
    });
    readResponse(incoming, resolve);
  });
  outgoing.end();
}

function toEndpointError(
  error: unknown,
  { isConnected }: Exchange,
): EndpointError {
  const code = readStringProperty(error, "code");
  // The error of a host with several addresses has no message.
  const message = readStringProperty(error, "message") || code;
  return new EndpointError(message, { code, isConnected });
}

function tooLate(what: string, ms: number): Error {
  const limit = ms === 1_000 ? "1 second" : `${ms / 1_000} seconds`;
  return new Error(`no ${what} within ${limit}`);
}

function createRequest({
  method,
  endpoint: { protocol, hostname, port },
  path,
  headers,
}: EndpointRequest): http.ClientRequest {
  // Loaded on first use, because almost every endpoint of this kind uses HTTP.
  const { request } =
    protocol === "https:" ? process.getBuiltinModule("node:https") : nodeHttp;
  return request({
    protocol,
    hostname: hostname.replace(/^\[(.+)\]$/, "$1"),
    port,
    method,
    path,
    headers,
    // The sockets of the global agent would stay open, and it can have a proxy.
    agent: false,
  });
}

/** Reads a body if it is needed, and up to the limit. */
function readResponse(
  incoming: http.IncomingMessage,
  onEnd: (response: EndpointResponse) => void,
): void {
  const { statusCode: status = 0 } = incoming;
  if (!isSuccessful(status)) {
    onEnd({ status, text: undefined });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) onEnd({ status, text: undefined });
  });
  incoming.on("end", () => {
    onEnd({ status, text: Buffer.concat(chunks).toString("utf8") });
  });
}

/** Whether a status is that of a successful response. */
export function isSuccessful(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Whether a request may succeed if it is sent again. */
export function isTemporary(status: number): boolean {
  return status === 429 || status >= 500;
}

/** A URL without user, password and query, which can be secret. */
export function toShownUrl(url: string): string {
  if (!URL.canParse(url)) return "that is configured";
  const { origin, pathname } = new URL(url);
  return pathname === "/" ? origin : `${origin}${pathname}`;
}
