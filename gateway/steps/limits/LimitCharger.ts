import type { Clock } from "../../../src";
import { formatNumber } from "../../../src/internal";
import type { Exchange } from "../../http/Exchange";
import { LimitStoreError } from "../../route/LimitStoreError";
import type { DoneHandler } from "../../route/Step";
import type { Verdict } from "../../route/verdict/Verdict";
import type { LimitOptions } from "./LimitOptions";
import type { LimitCharge, LimitResult, LimitStore } from "./LimitStore";
import { MemoryLimitStore } from "./MemoryLimitStore";
import { refuseRequest } from "./refuseRequest";

const DEFAULT_TIMEOUT_MS = 1_000;

/** Values from which a charger is created. */
export interface ChargerInit {
  readonly options: LimitOptions & {
    readonly name: string;
    readonly store: LimitStore;
  };

  /** Why a request is refused, in a sentence for the client. */
  readonly reason: string;

  readonly clock: Clock;
}

/** Charges the store of a step, and makes a verdict of its result. */
export class LimitCharger {
  readonly #store: LimitStore;
  readonly #options: ChargerInit["options"];
  readonly #reason: string;
  readonly #clock: Clock;

  /** Failures that did not stop a request, to report when it has ended. */
  readonly #failures = new Map<Exchange, LimitStoreError>();

  /**
   * Reports the failure of the store during an exchange that it did not stop: the route reports what a `done` handler throws.
   * `undefined` for a store that cannot fail.
   */
  readonly done: DoneHandler | undefined;

  constructor({ options, reason, clock }: ChargerInit) {
    this.#options = options;
    this.#store = options.store;
    this.#reason = reason;
    this.#clock = clock;
    this.done =
      options.store instanceof MemoryLimitStore
        ? undefined
        : (exchange) => {
            this.#report(exchange);
          };
  }

  /** Charges the store. Synchronous if the store is. */
  charge(
    exchange: Exchange,
    charges: readonly LimitCharge[],
  ): Verdict | Promise<Verdict> {
    let result: LimitResult | Promise<LimitResult>;
    try {
      result = this.#store.charge(charges);
      if (!isPromise(result)) return this.#toVerdict(result);
    } catch (error) {
      this.#fail(exchange, error);
      return undefined;
    }
    return this.#wait(exchange, result);
  }

  async #wait(
    exchange: Exchange,
    result: Promise<LimitResult>,
  ): Promise<Verdict> {
    try {
      return this.#toVerdict(await this.#withTimeout(result));
    } catch (error) {
      this.#fail(exchange, error);
      return undefined;
    }
  }

  #withTimeout(result: Promise<LimitResult>): Promise<LimitResult> {
    const { storeTimeoutMs: ms = DEFAULT_TIMEOUT_MS } = this.#options;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ms, () => {
        reject(
          new LimitStoreError(
            `the store of ${this.#name} did not respond within ${formatNumber(ms)} ms`,
          ),
        );
      });
      result.then(resolve, reject).finally(cancel);
    });
  }

  /** A store that returns nothing must not let every request pass. */
  #toVerdict(result: Partial<LimitResult> | undefined): Verdict {
    const { allowed, retryAfterMs } = result ?? {};
    if (allowed === true) return undefined;
    if (allowed !== false)
      throw new LimitStoreError(
        `the store of ${this.#name} returned something that is not a LimitResult`,
      );
    return refuseRequest({ status: 429, retryAfterMs, reason: this.#reason });
  }

  /** Lets the request pass, or throws. */
  #fail(exchange: Exchange, cause: unknown): void {
    const error =
      cause instanceof LimitStoreError
        ? cause
        : new LimitStoreError(`the store of ${this.#name} failed`, { cause });
    if (this.#options.onStoreFailure === "refuse") throw error;
    this.#failures.set(exchange, error);
  }

  #report(exchange: Exchange): void {
    const error = this.#failures.get(exchange);
    if (!error) return;
    this.#failures.delete(exchange);
    throw error;
  }

  get #name(): string {
    return JSON.stringify(this.#options.name);
  }
}

const isPromise = <Value>(
  value: Value | Promise<Value>,
): value is Promise<Value> =>
  typeof (value as Partial<Promise<Value>> | undefined)?.then === "function";
