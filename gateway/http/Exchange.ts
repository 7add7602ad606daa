import type { Connection } from "./client/Connection";
import { createTrace, type Trace, type TraceHeaders } from "./client/Trace";
import type { TrustedProxies } from "./client/TrustedProxies";
import { ExchangeRecord } from "./ExchangeRecord";
import type { GatewayRequest } from "./GatewayRequest";
import type { GatewayResponse } from "./GatewayResponse";
import { findHeaderProblem } from "./headerRules";
import { mergeVary } from "./HeaderList";
import type { RouteMatch } from "./RouteMatch";

/** Sends a 1xx response to the client; headers as name, value, name, value. */
export type SendInformational = (
  status: number,
  headers: readonly string[],
) => void;

/** Headers by name; an array sets one line per value. */
export type ResponseHeaders = Readonly<
  Record<string, string | readonly string[]>
>;

/**
 * One request and its response, as the steps of a route see them. Steps read it and return what to change.
 *
 * @category Gateway
 */
export class Exchange {
  /** The request, with the changes of earlier steps. */
  request: GatewayRequest;

  /** The request as it arrived, before any step. */
  readonly originalRequest: GatewayRequest;

  /** The response, with the changes of earlier steps. `undefined` until the origin has responded. */
  response: GatewayResponse | undefined;

  /** A response that a step has set instead of the origin's. If it is set, the gateway does not call the origin. */
  originResponse: GatewayResponse | undefined;

  /** When the request arrived, in milliseconds since 1970. */
  readonly startedAt = Date.now();

  /** UUID of the exchange. */
  readonly id: string = crypto.randomUUID();

  /** The route of the router that the request matched. `undefined` without a router, or if none matched. */
  match: RouteMatch | undefined;

  /** Values that steps pass to later steps of the same exchange, by name. */
  readonly attributes = new Map<string, unknown>();

  /** The host's own request object: `http.IncomingMessage`, Express's or Fastify's request, or a Fetch `Request`. */
  readonly native: unknown;

  /** Sends a 1xx response to the client. `undefined` if the host cannot. */
  readonly sendInformational: SendInformational | undefined;

  /**
   * What has happened so far.
   *
   * @internal
   */
  readonly record = new ExchangeRecord();

  /**
   * Headers that {@link setResponseHeaders} has set.
   *
   * @internal
   */
  responseHeaders: ResponseHeaders | undefined;

  /**
   * The proxies that the route trusts. Set when the exchange enters its route.
   *
   * @internal
   */
  trustedProxies: TrustedProxies | undefined;

  /**
   * The trace, from the headers of the client or new.
   *
   * @internal
   */
  get trace(): Trace {
    const { headers } = this.originalRequest;
    this.#trace ??= createTrace({
      amazon: headers.get("x-amzn-trace-id"),
      parent: headers.get("traceparent"),
      startedAt: this.startedAt,
      uuid: this.id,
    });
    return this.#trace;
  }

  readonly #readConnection: (() => Connection) | undefined;
  #connection: Connection | undefined;
  #clientAddress: string | undefined;
  #trace: Trace | undefined;
  #abort: AbortController | undefined;
  #hasEnded = false;
  #endListeners: (() => void)[] = [];
  #isDisconnected = false;
  readonly #listeners = new Set<() => void>();

  /** Called by adapters. */
  constructor(
    request: GatewayRequest,
    host: {
      readonly native: unknown;
      readonly connection?: () => Connection;
      readonly sendInformational?: SendInformational;
    },
  ) {
    this.request = request;
    this.originalRequest = request;
    this.native = host.native;
    this.#readConnection = host.connection;
    this.sendInformational = host.sendInformational;
  }

  /**
   * Address of the client: of the other end of the connection, or, if that is one of the route's `trustedProxies`, the address that the
   * proxies report. IPv4 addresses are in their plain form. `undefined` if the host does not know it.
   */
  get clientAddress(): string | undefined {
    const { remoteAddress, headers } = this.originalRequest;
    if (!this.trustedProxies) return remoteAddress;
    this.#clientAddress ??= this.trustedProxies.findClient(
      remoteAddress,
      (name) => headers.getAll(name),
    );
    return this.#clientAddress;
  }

  /**
   * The connection on which the request arrived. It is read on first use: after it has been closed, ports and certificate are unknown, so
   * a `done` handler that needs them must have read them before.
   */
  get connection(): Connection {
    this.#connection ??= this.#readConnection?.() ?? {
      httpVersion: undefined,
      remoteAddress: this.originalRequest.remoteAddress,
      remotePort: undefined,
      localPort: undefined,
      tls: undefined,
    };
    return this.#connection;
  }

  /**
   * Trace ID of the request, as 32 hexadecimal digits: from `traceparent` or `X-Amzn-Trace-Id` as the client sent them, or a new one.
   */
  get traceId(): string {
    return this.trace.id;
  }

  /** The trace headers that an HTTP origin receives, unless a step sets others. A step can send them to other services. */
  get traceHeaders(): TraceHeaders {
    return this.trace.headers;
  }

  /** Aborts when the client disconnects before the response is complete. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#isDisconnected) this.#abort.abort();
    return this.#abort.signal;
  }

  /**
   * Calls the listener once when the client disconnects. Cheaper than {@link signal}.
   *
   * @returns A function that removes the listener.
   */
  onDisconnect(listener: () => void): () => void {
    if (this.#isDisconnected) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether the client has disconnected. */
  get isDisconnected(): boolean {
    return this.#isDisconnected;
  }

  /**
   * Sets headers of the response that the client receives, whatever makes it: the origin, another step, a failure, or the next handler of
   * the host, which may replace them. They replace headers of the same name, except `Vary`, to which values are added.
   *
   * @param headers - An array sets one line per value; an empty one removes the header.
   * @throws An error if a header cannot be sent, or is one that the gateway sets, such as `Content-Length`.
   */
  setResponseHeaders(headers: ResponseHeaders): void {
    for (const [name, value] of Object.entries(headers)) {
      const problem = findHeaderProblem(name, value);
      if (problem !== undefined) throw new TypeError(problem);
    }
    this.responseHeaders = mergeHeaders(this.responseHeaders ?? {}, headers);
  }

  /**
   * Calls the listener once when the exchange has ended.
   *
   * @internal
   */
  onEnd(listener: () => void): void {
    if (this.#hasEnded) listener();
    else this.#endListeners.push(listener);
  }

  /** Called by the adapter when the exchange has ended, however it ended: releases the bodies. Only the first call counts. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.originalRequest.body.discard();
    this.originResponse?.body.discard();
    this.response?.body.discard();
    for (const listener of this.#endListeners) listener();
    this.#endListeners = [];
  }

  /** Called by the adapter when the client disconnects. */
  disconnect(): void {
    this.#isDisconnected = true;
    this.#abort?.abort();
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** Replaces headers of the same name in any case, except `Vary`, to which values are added. */
function mergeHeaders(
  current: ResponseHeaders,
  added: ResponseHeaders,
): ResponseHeaders {
  const merged = new Map<string, [string, string | readonly string[]]>();
  for (const [name, value] of [current, added].flatMap(
    Object.entries<string | readonly string[]>,
  )) {
    const key = name.toLowerCase();
    const vary = key === "vary" ? merged.get(key)?.[1] : undefined;
    merged.set(key, [
      name,
      vary === undefined ? value : mergeVary([vary].flat().join(), value),
    ]);
  }
  return Object.fromEntries(merged.values());
}
