import type { GatewayRequest } from "./GatewayRequest";
import type { GatewayResponse } from "./GatewayResponse";

/**
 * One request and its response, as the steps of a route see them. A step reads it, and answers what is to be done.
 *
 * @category Gateway
 */
export class Exchange {
  /** The request, as the steps before this one have left it. */
  request: GatewayRequest;

  /** The request as it arrived, before any step. Its body is the one that is sent on, unless a step has replaced that. */
  readonly arrived: GatewayRequest;

  /** The response, likewise. Absent: there is none yet. */
  response: GatewayResponse | undefined;

  /** What a step has put in the place of the origin's response. Absent: the origin is asked. */
  originResponse: GatewayResponse | undefined;

  /** When it arrived, in ms since 1970. */
  readonly began = Date.now();

  /** Made by the gateway for each exchange, a UUID. */
  readonly id: string = crypto.randomUUID();

  /** What steps leave for later steps of the exchange, by name. */
  readonly attributes = new Map<string, unknown>();

  /** What the host calls the request: `http.IncomingMessage`, Express's or Fastify's request, Fetch's `Request`. */
  readonly native: unknown;

  /** Tells the client that the origin is at work: a 1xx status and its headers. Absent: the host cannot. */
  readonly inform: Interim | undefined;

  #gone: AbortController | undefined;
  #isGone = false;
  readonly #listeners = new Set<() => void>();

  /** Made by an adapter. */
  constructor(
    request: GatewayRequest,
    host: { readonly native: unknown; readonly inform?: Interim },
  ) {
    this.request = request;
    this.arrived = request;
    this.native = host.native;
    this.inform = host.inform;
  }

  /** Fires when the client has gone away: nobody reads what comes of it. */
  get signal(): AbortSignal {
    this.#gone ??= new AbortController();
    if (this.#isGone) this.#gone.abort();
    return this.#gone.signal;
  }

  /** Calls when the client has gone away, once; what is answered takes the call back. Cheaper than {@link signal}. */
  whenGone(listener: () => void): () => void {
    if (this.#isGone) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether the client has gone away. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Called by the adapter when the client has gone away. */
  end(): void {
    this.#isGone = true;
    this.#gone?.abort();
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** Passes a 1xx answer on; its headers as name, value, name, value. */
export type Interim = (status: number, headers: readonly string[]) => void;
