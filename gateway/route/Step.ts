import type { Exchange } from "../http/Exchange";

/**
 * What a step changes about the message of its phase. Headers are dropped, then set; what is absent stays.
 *
 * @category Gateway
 */
export interface Change {
  /** Names of headers to drop. Absent: none. */
  readonly dropHeaders?: readonly string[];

  /** Headers to set, in place of any of that name; a list sets a line for each. Absent: none. */
  readonly setHeaders?: Readonly<Record<string, string | readonly string[]>>;

  /** The new body; `Content-Length` follows by itself. Absent: it stays. */
  readonly body?: string | Uint8Array;

  /** Response only: the new status, 200 to 599. Absent: it stays. */
  readonly status?: number;

  /** Request only: the new verb. Absent: it stays. */
  readonly method?: string;

  /** Request only: the new path and query, beginning with `/`. Absent: they stay. */
  readonly url?: string;

  /** Request only: a URL without path, to which it goes in place of the origin. Absent: to the origin. */
  readonly target?: string;
}

/**
 * An answer of a step's own.
 *
 * @category Gateway
 */
export interface Reply {
  /** Status, 200 to 599. */
  readonly status: number;

  /** Text behind the status. Absent: the usual one. */
  readonly statusText?: string;

  /** Headers; a list sets a line for each. Absent: none. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;

  /** The body. Absent: none. */
  readonly body?: string | Uint8Array;
}

/**
 * Says what to change; the exchange goes on.
 *
 * @category Gateway
 */
export interface Changing {
  /** What to change. */
  readonly change: Change;

  /** Not together with it. */
  readonly stop?: never;

  /** Nor with it. */
  readonly answer?: never;
}

/**
 * Stands in for the origin, which is not asked. The exchange goes on: the steps behind see the request still, and all that see
 * responses see this one. Where several do so, the last one's counts. Before the origin only.
 *
 * @category Gateway
 */
export interface Answering {
  /** What is taken for the origin's response. */
  readonly answer: Reply;

  /** Not together with it. */
  readonly change?: never;

  /** Nor with it. */
  readonly stop?: never;
}

/**
 * Ends the exchange with an answer.
 *
 * @category Gateway
 */
export interface Stopping {
  /** What the client is answered. */
  readonly stop: Reply;

  /** Not together with it. */
  readonly change?: never;

  /** Nor with it. */
  readonly answer?: never;
}

/**
 * What a step says of an exchange: nothing, so that it goes on as it is; what to change; what to answer in the origin's place; or
 * with what to stop.
 *
 * @category Gateway
 */
export type Verdict = undefined | Changing | Answering | Stopping;

/** A step at one phase. */
export type Phase = (exchange: Exchange) => Verdict | Promise<Verdict>;

/**
 * A step of a route. It sees the request, the response, or both; steps know nothing of each other.
 *
 * @example
 * const closed: Step = {
 *   name: "closed at night",
 *   request: () => (new Date().getHours() < 6 ? { stop: { status: 503, body: "come back at six" } } : undefined),
 * };
 *
 * @category Gateway
 */
export interface Step {
  /** What it is called where a fault is told. */
  readonly name: string;

  /** Before the origin is asked. Absent: it has nothing to say there. */
  readonly request?: Phase;

  /** Before the origin is asked, but behind the `request` of every step of the route. Absent: it has nothing to say there. */
  readonly requestContent?: Phase;

  /** After the origin has answered. Absent: it has nothing to say there. */
  readonly response?: Phase;

  /** After the origin has answered, but behind the `response` of every step. Absent: it has nothing to say there. */
  readonly responseContent?: Phase;

  /** It may change verb, URL or target, which a route can do only with an origin of its own. Absent: it does not. */
  readonly reroutes?: boolean;
}
