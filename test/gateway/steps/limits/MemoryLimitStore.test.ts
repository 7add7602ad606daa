import {
  MemoryLimitStore,
  type LimitCharge,
  type TokenBucket,
} from "../../../../gateway";
import { toTokenBucket } from "../../../../gateway/steps/limits/toTokenBucket";
import { FakeClock } from "../../../FakeClock";
import { describeLimitStore } from "./limitStoreConformance";

describeLimitStore("MemoryLimitStore", () => {
  const clock = new FakeClock();
  return {
    store: new MemoryLimitStore({}, { clock }),
    now: () => clock.now(),
    pass: (ms) => {
      clock.pass(ms);
    },
  };
});

/** Numbers that look random, from 0 to 1. Deterministic, so that a failure can be repeated. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** A token bucket in exact arithmetic, in units of 1 / (1,000 × seconds) tokens. */
class ExactBucket {
  readonly #tokens: bigint;
  readonly #unit: bigint;
  readonly #full: bigint;
  #value: bigint;
  #at: bigint;

  /** `tokens` in `seconds` seconds. */
  constructor(
    { tokens, seconds }: { tokens: number; seconds: number },
    { burst, now }: { burst: number; now: number },
  ) {
    this.#tokens = BigInt(tokens);
    this.#unit = 1_000n * BigInt(seconds);
    this.#full = BigInt(burst) * this.#unit;
    this.#value = this.#full;
    this.#at = BigInt(now);
  }

  /** Takes a token. Returns the milliseconds until there is one, or 0. */
  take(now: number): number {
    const refilled = this.#value + (BigInt(now) - this.#at) * this.#tokens;
    this.#value = refilled > this.#full ? this.#full : refilled;
    this.#at = BigInt(now);
    const missing = this.#unit - this.#value;
    if (missing > 0n)
      return Number((missing + this.#tokens - 1n) / this.#tokens);
    this.#value -= this.#unit;
    return 0;
  }
}

describe("a token bucket of MemoryLimitStore", () => {
  it.each([
    [1, 1, 1],
    [3, 1, 5],
    [1, 10, 1],
    [7, 3, 4],
    [100, 3_600, 20],
    [1, 86_400, 2],
    [999_983, 1, 1_000],
    [1, 3, 1_000_000],
    [123_457, 1_000, 300],
    [1_000_000, 1, 1_000_000],
  ])(
    "decides like exact arithmetic for %d tokens in %d seconds with a burst of %d",
    (tokens, seconds, burst) => {
      const clock = new FakeClock();
      const store = new MemoryLimitStore({}, { clock });
      const limit = toTokenBucket({ rate: tokens / seconds, burst });
      const exact = new ExactBucket(
        { tokens, seconds },
        { burst, now: clock.now() },
      );
      const random = randomNumbers(tokens * 31 + seconds);
      const meanMs = (1_000 * seconds) / tokens;
      for (let arrival = 0; arrival < 5_000; arrival++) {
        const { allowed, retryAfterMs } = store.charge([{ key: "a", limit }]);
        const expected = exact.take(clock.now());
        expect([allowed, retryAfterMs]).toEqual([expected === 0, expected]);
        // Some arrive exactly when a token does, the others around that time, and some after a pause.
        const choice = random.next().value;
        if (choice < 0.3) clock.pass(retryAfterMs);
        else if (choice < 0.31) clock.pass(Math.ceil(meanMs * burst * 2));
        else clock.pass(Math.floor(random.next().value * meanMs * 2.2));
      }
    },
  );

  it("charges several limits all or none, like exact arithmetic", () => {
    const clock = new FakeClock();
    const store = new MemoryLimitStore({}, { clock });
    const rates = [
      { tokens: 5, seconds: 1, burst: 5 },
      { tokens: 20, seconds: 7, burst: 30 },
      { tokens: 1, seconds: 3, burst: 100 },
    ];
    const charges: LimitCharge[] = rates.map(
      ({ tokens, seconds, burst }, at) => ({
        key: String(at),
        limit: toTokenBucket({ rate: tokens / seconds, burst }),
      }),
    );
    /** Exact tokens × 21,000, the common denominator. */
    const units = rates.map(({ tokens, seconds, burst }) => ({
      perMs: BigInt((tokens * 21) / seconds),
      full: BigInt(burst) * 21_000n,
      value: BigInt(burst) * 21_000n,
    }));
    const random = randomNumbers(5);
    let allowedCount = 0;
    for (let arrival = 0; arrival < 5_000; arrival++) {
      const isAllowed = units.every(({ value }) => value >= 21_000n);
      if (isAllowed) for (const each of units) each.value -= 21_000n;
      expect(store.charge(charges).allowed).toBe(isAllowed);
      if (isAllowed) allowedCount++;
      const ms = Math.floor(random.next().value * 600);
      clock.pass(ms);
      for (const each of units) {
        const value = each.value + BigInt(ms) * each.perMs;
        each.value = value > each.full ? each.full : value;
      }
    }
    expect(allowedCount).toBeGreaterThan(500);
    expect(allowedCount).toBeLessThan(2_500);
  });

  it("keeps its tokens when the clock is set back", () => {
    let time = 10_000;
    const clock = { now: () => time, after: () => () => undefined };
    const store = new MemoryLimitStore({}, { clock });
    const limit: TokenBucket = {
      type: "bucket",
      burst: 2,
      refillTokens: 1,
      refillMs: 1_000,
    };
    const charge = () => store.charge([{ key: "a", limit }]);
    charge();
    time = 5_000;
    expect(charge()).toEqual({ allowed: true, retryAfterMs: 0 });
    expect(charge()).toEqual({ allowed: false, retryAfterMs: 1_000 });
    time = 11_000;
    expect(charge().allowed).toBe(true);
  });

  it("keeps its tokens when the unit of its rate changes", () => {
    const clock = new FakeClock();
    const store = new MemoryLimitStore({}, { clock });
    const key = "a";
    store.charge([{ key, limit: toTokenBucket({ rate: 1, burst: 4 }) }]);
    const limit = toTokenBucket({ rate: 0.25, burst: 4 });
    const results = [1, 2, 3, 4].map(() => store.charge([{ key, limit }]));
    expect(results.map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(results[3]?.retryAfterMs).toBe(4_000);
  });
});

describe("the memory of MemoryLimitStore", () => {
  const limit = toTokenBucket({ rate: 1, burst: 1 });
  const charge = (store: MemoryLimitStore, key: string) =>
    store.charge([{ key, limit }]).allowed;

  it("holds at most maxKeys keys, of 1,000,000 that clients choose", () => {
    const store = new MemoryLimitStore({ maxKeys: 1_000 });
    for (let at = 0; at < 1_000_000; at++) charge(store, `client ${at}`);
    expect(store.size).toBe(1_000);
  });

  it("holds 100,000 keys by default", () => {
    const store = new MemoryLimitStore();
    for (let at = 0; at < 250_000; at++) charge(store, `client ${at}`);
    expect(store.size).toBe(100_000);
  });

  it("evicts the key that was not charged for the longest time", () => {
    const store = new MemoryLimitStore({ maxKeys: 2 });
    charge(store, "a");
    charge(store, "b");
    expect(charge(store, "a")).toBe(false);
    charge(store, "c");
    expect(charge(store, "a")).toBe(false);
    expect(charge(store, "b")).toBe(true);
  });

  it("charges several limits even if it holds fewer keys", () => {
    const store = new MemoryLimitStore({ maxKeys: 1 });
    const both = ["a", "b"].map((key) => ({ key, limit }));
    expect(store.charge(both).allowed).toBe(true);
    expect(store.charge(both).allowed).toBe(false);
    expect(store.size).toBe(1);
  });

  it("stores nothing for a refused request whose other limits are new", () => {
    const store = new MemoryLimitStore();
    charge(store, "a");
    store.charge([
      { key: "a", limit },
      { key: "b", limit },
    ]);
    expect(store.size).toBe(1);
  });

  it("is empty after clear", () => {
    const store = new MemoryLimitStore();
    charge(store, "a");
    store.clear();
    expect(store.size).toBe(0);
    expect(charge(store, "a")).toBe(true);
  });

  it.each([0, 1.5, 10_000_001, "5", null])(
    "cannot have %j as maxKeys",
    (maxKeys) => {
      expect(() => new MemoryLimitStore({ maxKeys } as never)).toThrow(
        "MemoryLimitStore: maxKeys must be an integer from 1 to 10,000,000.",
      );
    },
  );
});
