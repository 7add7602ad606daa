import type { Exchange } from "../../http/Exchange";

/**
 * How a request to the origin ended for those who wait for it:
 *
 * - `stored`: its response is in the cache.
 * - `unusable`: its response cannot be used by others, is not complete yet, or the origin failed. Each sends a request of its own.
 * - `departed`: its client left. One of those who wait takes over.
 */
export type Outcome = "stored" | "unusable" | "departed";

/** A request to the origin, whose response others may use. */
export class Flight {
  readonly resource: string;
  /** Whether the resource has been changed since the request was sent. The response must not be cached then. */
  isOutdated = false;
  readonly #end: () => void;
  readonly #waiting = new Set<(outcome: Outcome) => void>();

  constructor(resource: string, end: () => void) {
    this.resource = resource;
    this.#end = end;
  }

  /** Those who wait continue. Only the first call counts. */
  settle(outcome: Outcome): void {
    this.#end();
    for (const resolve of [...this.#waiting]) resolve(outcome);
    this.#waiting.clear();
  }

  /**
   * Waits for the end.
   *
   * @throws An error as soon as the client of the waiting request disconnects.
   */
  wait(exchange: Exchange): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      let ignoreDisconnect = (): void => undefined;
      const finish = (outcome: Outcome): void => {
        ignoreDisconnect();
        resolve(outcome);
      };
      this.#waiting.add(finish);
      ignoreDisconnect = exchange.onDisconnect(() => {
        this.#waiting.delete(finish);
        reject(new Error("the client disconnected"));
      });
    });
  }
}

/** The requests to the origin that are in progress. */
export class Flights {
  /** The flights that others can join, by the key of their response. */
  readonly #byKey = new Map<string, Flight>();
  readonly #all = new Map<string, Set<Flight>>();

  /** The flight to join. */
  find(key: string): Flight | undefined {
    return this.#byKey.get(key);
  }

  /** Begins a flight, which others can join if it has a key. */
  start(resource: string, key: string | undefined): Flight {
    const flight: Flight = new Flight(resource, () => {
      if (key !== undefined && this.#byKey.get(key) === flight)
        this.#byKey.delete(key);
    });
    if (key !== undefined) this.#byKey.set(key, flight);
    const others = this.#all.get(resource) ?? new Set();
    this.#all.set(resource, others.add(flight));
    return flight;
  }

  /** The response of a flight has been stored, or will not be. */
  finish(flight: Flight): void {
    const others = this.#all.get(flight.resource);
    others?.delete(flight);
    if (others?.size === 0) this.#all.delete(flight.resource);
  }

  /** The resource has been changed: what is in flight may be outdated, and new requests do not join it. */
  outdate(resource: string): void {
    for (const flight of [...(this.#all.get(resource) ?? [])]) {
      flight.isOutdated = true;
      flight.settle("unusable");
    }
  }

  /** All resources have been changed. */
  outdateAll(): void {
    for (const resource of [...this.#all.keys()]) this.outdate(resource);
  }
}
