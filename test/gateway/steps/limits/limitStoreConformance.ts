import type {
  FixedWindow,
  LimitCharge,
  LimitStore,
  TokenBucket,
} from "../../../../gateway";

/** A store to test, and its time. */
export interface TestedStore {
  readonly store: LimitStore;

  /** The time of the store, in milliseconds since 1970. */
  readonly now: () => number;

  /** Lets time pass. */
  readonly pass: (ms: number) => void | Promise<void>;
}

const bucket = (values: Partial<TokenBucket> = {}): TokenBucket => ({
  type: "bucket",
  burst: 2,
  refillTokens: 1,
  refillMs: 1_000,
  ...values,
});

/** Tests that a store follows the contract of `LimitStore`. */
export function describeLimitStore(
  name: string,
  open: () => TestedStore | Promise<TestedStore>,
): void {
  describe(`${name}, as a LimitStore,`, () => {
    let tested: TestedStore;
    beforeEach(async () => {
      tested = await open();
    });

    const charge = (...charges: LimitCharge[]) => tested.store.charge(charges);

    /** Charges until the store refuses. Returns how often it allowed, and the refusal. */
    async function exhaust(...charges: LimitCharge[]) {
      for (let times = 0; times < 100; times++) {
        const result = await charge(...charges);
        if (!result.allowed) return { times, ...result };
        expect(result.retryAfterMs).toBe(0);
      }
      throw new Error("the store never refuses");
    }

    const windowFrom = (startsAt: number, limit = 2): FixedWindow => ({
      type: "window",
      limit,
      startsAt,
      endsAt: startsAt + 60_000,
    });

    it("allows as many charges at once as the bucket holds", async () => {
      expect(await exhaust({ key: "a", limit: bucket() })).toEqual({
        times: 2,
        allowed: false,
        retryAfterMs: expect.any(Number) as number,
      });
    });

    it("allows one charge after the time that it has returned", async () => {
      const a = { key: "a", limit: bucket() };
      const { retryAfterMs } = await exhaust(a);
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThanOrEqual(1_000);
      await tested.pass(retryAfterMs);
      expect((await charge(a)).allowed).toBe(true);
      expect((await charge(a)).allowed).toBe(false);
    });

    it("fills a bucket to its burst at most", async () => {
      const a = { key: "a", limit: bucket({ refillMs: 10 }) };
      await exhaust(a);
      await tested.pass(10_000);
      expect((await exhaust(a)).times).toBe(2);
    });

    it("keeps the remainder of a token until the next charge", async () => {
      const a = { key: "a", limit: bucket({ burst: 1, refillMs: 900 }) };
      await charge(a);
      await tested.pass(600);
      const { allowed, retryAfterMs } = await charge(a);
      expect(allowed).toBe(false);
      expect(retryAfterMs).toBeLessThanOrEqual(300);
      await tested.pass(retryAfterMs);
      expect((await charge(a)).allowed).toBe(true);
    });

    it("counts each key separately", async () => {
      await exhaust({ key: "a", limit: bucket() });
      expect((await exhaust({ key: "b", limit: bucket() })).times).toBe(2);
    });

    it("allows as many charges in a window as its limit", async () => {
      const limit = windowFrom(tested.now(), 3);
      const { times, retryAfterMs } = await exhaust({ key: "w", limit });
      expect(times).toBe(3);
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    });

    it("allows nothing in a window whose limit is zero", async () => {
      const limit = windowFrom(tested.now(), 0);
      expect((await exhaust({ key: "w", limit })).times).toBe(0);
    });

    it("counts from zero in the next window", async () => {
      const start = tested.now();
      await exhaust({ key: "w", limit: windowFrom(start) });
      const next = { key: "w", limit: windowFrom(start + 60_000) };
      expect((await exhaust(next)).times).toBe(2);
    });

    it("counts a charge for an earlier window in the later one", async () => {
      const start = tested.now();
      const later = { key: "w", limit: windowFrom(start + 60_000) };
      await charge(later);
      await charge({ key: "w", limit: windowFrom(start) });
      expect((await exhaust(later)).times).toBe(0);
    });

    it("charges nothing if one of several limits has nothing left", async () => {
      const a = { key: "a", limit: bucket() };
      const w = { key: "w", limit: windowFrom(tested.now(), 5) };
      const empty = { key: "e", limit: windowFrom(tested.now(), 0) };
      expect((await charge(a, empty, w)).allowed).toBe(false);
      expect((await charge(w, a, empty)).allowed).toBe(false);
      expect((await exhaust(w)).times).toBe(5);
      expect((await exhaust(a)).times).toBe(2);
    });

    it("returns the longest time of the limits that have nothing left", async () => {
      const a = { key: "a", limit: bucket() };
      const w = { key: "w", limit: windowFrom(tested.now(), 0) };
      await exhaust(a);
      const { retryAfterMs } = await charge(a, w);
      expect(retryAfterMs).toBeGreaterThan(1_000);
    });

    it("allows as many concurrent charges as sequential ones", async () => {
      const a = { key: "a", limit: bucket({ burst: 10 }) };
      const results = await Promise.all(
        Array.from({ length: 30 }, async () => charge(a)),
      );
      expect(results.filter(({ allowed }) => allowed)).toHaveLength(10);
    });

    it("applies a changed burst to a bucket that it knows", async () => {
      await exhaust({ key: "a", limit: bucket({ burst: 50 }) });
      await tested.pass(40_000);
      const smaller = { key: "a", limit: bucket({ burst: 3 }) };
      expect((await exhaust(smaller)).times).toBe(3);
    });

    it("accepts keys with any characters", async () => {
      const keys = ["", "a\0b", 'throttle "x" 0 =ü', "\u{1f600}", "{a}:*"];
      for (const key of keys)
        expect((await exhaust({ key, limit: bucket() })).times).toBe(2);
    });
  });
}
