import {
  RenewingCache,
  type LoadOptions,
} from "../../../../src/engine/connection/RenewingCache";
import { FakeClock } from "../../../FakeClock";

type Load = LoadOptions<string>["load"];

function setUp(maxEntries = 1_000) {
  const clock = new FakeClock();
  const cache = new RenewingCache<string>(clock, maxEntries);
  const get = (
    load: Load,
    { name = "a", signal = new AbortController().signal } = {},
  ) => cache.get(name, { load, signal });
  return { clock, cache, get };
}

/** Loads a, b, c …, each with this lifetime. */
function createLoad(ttlMs: number) {
  let count = 0;
  return jest.fn<ReturnType<Load>, Parameters<Load>>(() =>
    Promise.resolve({ value: "abcdefgh"[count++] ?? "", ttlMs }),
  );
}

/** Lets pending promises settle. */
async function settle() {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

const HOUR = 3_600_000;

describe("RenewingCache", () => {
  it("returns a cached value synchronously without loading it again", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);

    clock.pass(HOUR - 300_001);

    expect(get(load)).toBe("a");
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("refreshes in the background five minutes before a value expires and returns the old value until then", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);

    clock.pass(HOUR - 300_000);
    const meanwhile = [get(load), get(load)];
    await settle();

    expect(meanwhile).toEqual(["a", "a"]);
    expect(get(load)).toBe("b");
    expect(load.mock.calls.map(([{ isBackground }]) => isBackground)).toEqual([
      false,
      true,
    ]);
  });

  it("refreshes a short-lived value in the last quarter of its lifetime", async () => {
    const { clock, get } = setUp();
    const load = createLoad(2_000);
    await get(load);

    clock.pass(1_499);
    void get(load);
    const early = load.mock.calls.length;
    clock.pass(1);
    void get(load);

    expect([early, load.mock.calls.length]).toEqual([1, 2]);
  });

  it("makes callers wait for a new value after the old one expired", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);

    clock.pass(HOUR - 5_000);

    expect(await get(load)).toBe("b");
  });

  it("returns the old value after a failed refresh and retries after pauses that double", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);
    clock.pass(HOUR - 300_000);
    load.mockRejectedValue(new Error("STS is down"));
    const start = clock.now();

    const attempts: number[] = [];
    for (let second = 0; second < 294; second++) {
      const before = load.mock.calls.length;
      expect(get(load)).toBe("a");
      await settle();
      if (load.mock.calls.length > before)
        attempts.push((clock.now() - start) / 1_000);
      clock.pass(1_000);
    }

    expect(attempts.slice(0, 7)).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(attempts.length).toBeLessThan(20);
  });

  it("returns the old value if the load fails in the last seconds, and throws when it has ended", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);
    load.mockRejectedValue(new Error("STS is down"));
    clock.pass(HOUR - 4_000);

    const waited = [await get(load), await get(load)];
    const calls = load.mock.calls.length;
    clock.pass(4_000);

    expect([waited, calls]).toEqual([["a", "a"], 2]);
    await expect(get(load)).rejects.toThrow("STS is down");
  });

  it("does not return an old value that was removed while a new one was loaded", async () => {
    const { clock, cache, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);
    load.mockRejectedValue(new Error("STS is down"));
    clock.pass(HOUR - 4_000);

    const waiting = get(load);
    cache.invalidate("a", "a");

    await expect(waiting).rejects.toThrow("STS is down");
  });

  it("throws the load's error once the old value has expired", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);
    load.mockRejectedValue(new Error("STS is down"));
    clock.pass(HOUR);

    await expect(get(load)).rejects.toThrow("STS is down");
  });

  it("does not cache a value that has already expired", async () => {
    const { cache, get } = setUp();
    const load = createLoad(0);

    const both = [await get(load), await get(load)];

    expect([both, cache.size]).toEqual([["a", "b"], 0]);
  });

  it("loads once for concurrent callers", async () => {
    const { get } = setUp();
    const load = createLoad(HOUR);

    const all = await Promise.all(
      Array.from({ length: 100 }, async () => get(load)),
    );

    expect(load).toHaveBeenCalledTimes(1);
    expect(new Set(all)).toEqual(new Set(["a"]));
  });

  it("rejects all waiting callers when a load fails, and loads again for the next", async () => {
    const { get } = setUp();
    const load = createLoad(HOUR).mockRejectedValueOnce(new Error("no"));

    const failed = await Promise.allSettled([get(load), get(load)]);

    expect(failed.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    expect(await get(load)).toBe("a");
  });

  it("invalidates a value, but not a newer one", async () => {
    const { cache, get } = setUp();
    await get(createLoad(HOUR));

    cache.invalidate("a", "an older value");
    const stillKept = cache.size;
    cache.invalidate("a", "a");

    expect([stillKept, cache.size]).toEqual([1, 0]);
  });

  it("does not cache a load that was pending when the cache was cleared", async () => {
    const { cache, get } = setUp();
    const waiting = get(createLoad(HOUR));

    cache.clear();
    const value = await waiting;

    expect([value, cache.size]).toEqual(["a", 0]);
  });

  it("evicts the least recently used value when it is full", async () => {
    const { cache, get } = setUp(3);

    for (const name of ["a", "b", "c", "a", "d"])
      await get(createLoad(HOUR), { name });
    const load = createLoad(HOUR);
    void get(load, { name: "a" });
    void get(load, { name: "b" });

    expect([cache.size, load.mock.calls.length]).toEqual([3, 1]);
  });

  it("removes expired values, which no caller asks for, when another is cached", async () => {
    const { clock, cache, get } = setUp();
    for (const name of ["a", "b", "c"]) await get(createLoad(HOUR), { name });
    clock.pass(HOUR);

    await get(createLoad(HOUR), { name: "d" });

    expect(cache.size).toBe(1);
  });

  it("aborts a load when the last waiting caller gives up, and starts a new one for the next caller", () => {
    const { get } = setUp();
    const signals: AbortSignal[] = [];
    const forever: Load = ({ signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const [first, second] = [new AbortController(), new AbortController()];
    void get(forever, first);
    void get(forever, second);

    first.abort();
    const whileOneWaits = signals[0]?.aborted;
    second.abort();
    void get(forever);

    expect([whileOneWaits, signals[0]?.aborted]).toEqual([false, true]);
    expect(signals).toHaveLength(2);
    expect(signals[1]?.aborted).toBe(false);
  });

  it("aborts a background refresh without waiting callers when the cache is cleared", async () => {
    const { cache, clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);
    clock.pass(HOUR - 300_000);
    load.mockReturnValueOnce(new Promise(() => undefined));
    void get(load);

    cache.clear();

    expect(load.mock.calls[1]?.[0].signal.aborted).toBe(true);
  });

  it("continues a background refresh when the callers waiting for it give up", async () => {
    const { clock, get } = setUp();
    const load = createLoad(HOUR);
    await get(load);
    clock.pass(HOUR - 300_000);
    load.mockReturnValueOnce(new Promise(() => undefined));
    void get(load);
    clock.pass(300_000);
    const controller = new AbortController();
    void get(load, controller);

    controller.abort();

    expect(load.mock.calls[1]?.[0].signal.aborted).toBe(false);
  });
});
