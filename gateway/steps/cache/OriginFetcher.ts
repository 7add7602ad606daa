import { Readable } from "node:stream";
import type { Clock } from "../../../src";
import { Body } from "../../http/Body";
import type { Exchange } from "../../http/Exchange";
import { announcedLengthOf } from "../../http/framing";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import { takeBufferedBytes } from "../../http/takeBufferedBytes";
import type { AroundOrigin } from "../../route/Step";
import { assessResponse, type Assessment } from "./assessResponse";
import { type CacheRequest, CONDITIONAL_HEADERS } from "./CacheRequest";
import type { CacheStore } from "./CacheStore";
import { readHostHeaders, withoutHostHeaders } from "./hostHeaders";
import { isNotModified, toNotModified } from "./evaluateConditions";
import type { Flight, Flights } from "./Flight";
import { Recording, RecordingBudget, type RecordingResult } from "./Recording";
import { StoredResponse } from "./StoredResponse";

/** How long other requests wait for the rest of a body, in milliseconds. Some streams never end. */
const BODY_WAIT_MS = 1_000;

/** A request for the origin. */
export interface Fetching {
  readonly exchange: Exchange;
  readonly origin: AroundOrigin;
  readonly request: CacheRequest;
  readonly resource: string;
  /** Key of the response, as far as it is known before it has arrived. */
  readonly key: string;
  /** Whether other requests with this key wait for the response. */
  readonly isJoinable: boolean;
}

/** A response that can be stored. */
interface Arrival extends Assessment {
  readonly fetching: Fetching;
  readonly flight: Flight;
  /** Whether the client has the response already, so that nothing reads its body. */
  readonly isKnown: boolean;
  /** Headers that were set before the origin was called. */
  readonly hostHeaders: HeaderList | undefined;
}

/** What a fetcher needs of its cache. */
export interface FetcherContext {
  readonly settings: {
    readonly ttlMs: number;
    readonly vary: readonly string[];
    readonly maxEntryBytes: number;
  };
  readonly store: CacheStore;
  readonly flights: Flights;
  readonly clock: Clock;
}

/** Fetches responses from the origin, and stores them. */
export class OriginFetcher {
  readonly #context: FetcherContext;
  readonly #budget: RecordingBudget;

  constructor(context: FetcherContext) {
    this.#context = context;
    this.#budget = new RecordingBudget(context.store.maxBytes);
  }

  /** Sends a request to the origin, and stores the response if it can be. Conditions of the request are evaluated here. */
  async fetch(fetching: Fetching): Promise<GatewayResponse> {
    const { flights, clock, settings } = this.#context;
    const { exchange, request } = fetching;
    const flight = flights.start(
      fetching.resource,
      fetching.isJoinable ? fetching.key : undefined,
    );
    const hostHeaders = readHostHeaders(exchange);
    const sentAt = clock.now();
    let response: GatewayResponse;
    try {
      response = await callOrigin(fetching);
    } catch (error) {
      this.#end(flight, exchange.isDisconnected ? "departed" : "unusable");
      throw error;
    }
    const isKnown = request.isConditional && isNotModified(response, request);
    const assessment = assessResponse(response, {
      ...settings,
      request,
      sentAt,
      arrivedAt: clock.now(),
    });
    if (assessment) {
      const arrival = { ...assessment, fetching, flight, isKnown, hostHeaders };
      const passed = this.#keep(response, arrival);
      return isKnown ? toNotModified(passed) : passed;
    }
    this.#context.store.markUncacheable(fetching.key);
    this.#end(flight, "unusable");
    if (!isKnown) return response;
    response.body.discard();
    return toNotModified(response);
  }

  #end(flight: Flight, outcome: "stored" | "unusable" | "departed"): void {
    flight.settle(outcome);
    this.#context.flights.finish(flight);
  }

  /** Stores a response as soon as its body is complete. Returns the response for the client. */
  #keep(response: GatewayResponse, arrival: Arrival): GatewayResponse {
    const { body } = response;
    const source = takeBufferedBytes(body);
    if (source instanceof Readable)
      return response.with({
        body: new Body(this.#record(source, response, arrival), {
          length: body.length,
          trailers: body.trailers,
        }),
      });
    const isTooLong =
      (source?.length ?? 0) > this.#context.settings.maxEntryBytes;
    this.#finish(
      response,
      arrival,
      // A copy, because it can be a small part of a large buffer, or belong to a function that uses it again.
      isTooLong ? "tooLong" : new Uint8Array(source ?? []),
    );
    return source === body.source
      ? response
      : response.with({
          body: new Body(source, { trailers: body.trailers }),
        });
  }

  #record(
    source: Readable,
    response: GatewayResponse,
    arrival: Arrival,
  ): Recording {
    const { clock, settings } = this.#context;
    const { flight, isKnown } = arrival;
    const stopWaiting = clock.after(BODY_WAIT_MS, () => {
      flight.settle("unusable");
    });
    return new Recording(source, {
      limit: settings.maxEntryBytes,
      length: announcedLengthOf(response.headers),
      budget: this.#budget,
      isUnread: isKnown,
      cancel: () => {
        response.body.discard();
      },
      onEnd: (result) => {
        stopWaiting();
        const hasTrailers = response.body.trailers().length > 0;
        this.#finish(response, arrival, hasTrailers ? "incomplete" : result);
      },
    });
  }

  /** The body is complete, or will not be. */
  #finish(
    response: GatewayResponse,
    { fetching, flight, rule, bornAt, expiresAt, hostHeaders }: Arrival,
    result: RecordingResult,
  ): void {
    const { store, clock } = this.#context;
    const { exchange, request, resource } = fetching;
    const isUnusable =
      typeof result === "string" ||
      !hasAnnouncedLength(response, result, exchange.request.method);
    if (isUnusable || flight.isOutdated) {
      if (result === "tooLong") store.markUncacheable(fetching.key);
      this.#end(flight, exchange.isDisconnected ? "departed" : "unusable");
      return;
    }
    const dated = response.headers.has("date")
      ? response
      : response.with({
          headers: response.headers.with(
            "Date",
            new Date(clock.now()).toUTCString(),
          ),
        });
    store.unmarkUncacheable(fetching.key);
    store.set(resource, request, {
      kind: exchange.request.method,
      rule,
      response: new StoredResponse(withoutHostHeaders(dated, hostHeaders), {
        bytes: result.length > 0 ? result : undefined,
        bornAt,
        expiresAt,
      }),
    });
    this.#end(flight, "stored");
  }
}

/** Whether a body is as long as its response says. One to HEAD says the length of a body that it does not have. */
function hasAnnouncedLength(
  { headers, body }: GatewayResponse,
  { length }: Uint8Array,
  method: string,
): boolean {
  if (method === "HEAD" && length === 0) return true;
  return [announcedLengthOf(headers), body.length].every(
    (each) => each === undefined || each === length,
  );
}

/**
 * Calls the origin. A request that others may join is sent without its conditions: the response to it could be 304, which is of no use to
 * them.
 */
async function callOrigin({
  exchange,
  origin,
  request,
  isJoinable,
}: Fetching): Promise<GatewayResponse> {
  const { request: sent } = exchange;
  if (!isJoinable || !request.isConditional) return origin.call();
  exchange.request = sent.with({
    headers: sent.headers.without(CONDITIONAL_HEADERS),
  });
  try {
    return await origin.call();
  } finally {
    exchange.request = sent;
  }
}
