import type { Clock } from "../../../src";
import type { Exchange } from "../../http/Exchange";

/** How an exchange left the queue, or that it did not wait. */
export type Admission = "admitted" | "full" | "timeout" | "left";

/** An exchange that waits. */
interface Waiter {
  readonly exchange: Exchange;
  readonly leave: (how: Admission) => void;
}

/** Limits of a gate. */
export interface GateLimits {
  /** Most exchanges at once. */
  readonly limit: number;

  /** Most exchanges that wait. */
  readonly queue: number;

  /** How long an exchange waits, in milliseconds. */
  readonly queueTimeoutMs: number;
}

/** Lets a number of exchanges pass at once. Further ones wait in order. */
export class Gate {
  readonly #limits: GateLimits;
  readonly #clock: Clock;
  readonly #onAdmit: (exchange: Exchange) => void;

  /** In the order in which they arrived. */
  readonly #waiting = new Set<Waiter>();
  #active = 0;

  constructor(
    limits: GateLimits,
    {
      clock,
      onAdmit,
    }: {
      readonly clock: Clock;
      /** Called when an exchange is admitted, before anything else runs for it. */
      readonly onAdmit: (exchange: Exchange) => void;
    },
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onAdmit = onAdmit;
  }

  /** Whether no exchange has passed it and none waits. */
  get isIdle(): boolean {
    return this.#active === 0 && this.#waiting.size === 0;
  }

  /** Admits an exchange, now or later. */
  enter(exchange: Exchange): Admission | Promise<Admission> {
    const { limit, queue } = this.#limits;
    if (this.#active < limit) {
      this.#active++;
      this.#onAdmit(exchange);
      return "admitted";
    }
    return this.#waiting.size < queue ? this.#wait(exchange) : "full";
  }

  /** An exchange that was admitted has ended: the first one that waits takes its place. */
  release(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#active--;
      return;
    }
    this.#onAdmit(next.exchange);
    next.leave("admitted");
  }

  /** Makes every exchange that waits leave. */
  close(): void {
    for (const { leave } of [...this.#waiting]) leave("full");
  }

  #wait(exchange: Exchange): Promise<Admission> {
    return new Promise((resolve) => {
      const stop: (() => void)[] = [];
      const waiter: Waiter = {
        exchange,
        leave: (how) => {
          this.#waiting.delete(waiter);
          for (const each of stop) each();
          resolve(how);
        },
      };
      this.#waiting.add(waiter);
      stop.push(
        this.#clock.after(this.#limits.queueTimeoutMs, () => {
          waiter.leave("timeout");
        }),
      );
      stop.push(
        exchange.onDisconnect(() => {
          waiter.leave("left");
        }),
      );
    });
  }
}
