import type { Clock } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import { Gate, type Admission, type GateLimits } from "./Gate";

/** A gate for each key that has requests in progress. */
export class Gates {
  readonly #limits: GateLimits;
  readonly #clock: Clock;
  readonly #gates = new Map<string, Gate>();

  /** The key of each exchange that was admitted. A step can be in a list twice; it admits an exchange once. */
  readonly #admitted = new Map<Exchange, string>();

  constructor(limits: GateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Number of keys that have requests in progress. */
  get size(): number {
    return this.#gates.size;
  }

  /** Admits an exchange through the gate of its key, now or later. */
  enter(key: string, exchange: Exchange): Admission | Promise<Admission> {
    if (this.#admitted.has(exchange)) return "admitted";
    return this.#gateOf(key).enter(exchange);
  }

  /** An exchange has ended. Nothing happens if it was not admitted. */
  release(exchange: Exchange): void {
    const key = this.#admitted.get(exchange);
    if (key === undefined) return;
    this.#admitted.delete(exchange);
    const gate = this.#gateOf(key);
    gate.release();
    if (gate.isIdle) this.#gates.delete(key);
  }

  /** Makes every exchange that waits leave. */
  close(): void {
    for (const gate of this.#gates.values()) gate.close();
  }

  #gateOf(key: string): Gate {
    const known = this.#gates.get(key);
    if (known) return known;
    const gate = new Gate(this.#limits, {
      clock: this.#clock,
      onAdmit: (exchange) => this.#admitted.set(exchange, key),
    });
    this.#gates.set(key, gate);
    return gate;
  }
}
