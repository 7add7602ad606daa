import {
  RenewingCache,
  type LoadOptions,
} from "../../../../src/engine/connection/RenewingCache";
import { FakeClock } from "../../../FakeClock";

type Bring = LoadOptions<string>["load"];

function setUp(most = 1_000) {
  const clock = new FakeClock();
  const cache = new RenewingCache<string>(clock, most);
  const take = (
    bring: Bring,
    { name = "a", signal = new AbortController().signal } = {},
  ) => cache.get(name, { load: bring, signal });
  return { clock, cache, take };
}

/** Brings a, b, c …, each good for so long. */
function bringing(ttlMs: number) {
  let count = 0;
  return jest.fn<ReturnType<Bring>, Parameters<Bring>>(() =>
    Promise.resolve({ value: "abcdefgh"[count++] ?? "", ttlMs }),
  );
}

/** Lets what is under way come to its end. */
async function settle() {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

const HOUR = 3_600_000;

describe("a renewing cache", () => {
  it("gives what it has at once, and asks nobody", async () => {
    const { clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);

    clock.pass(HOUR - 300_001);

    expect(take(bring)).toBe("a");
    expect(bring).toHaveBeenCalledTimes(1);
  });

  it("renews five minutes before the end, while the old value serves on", async () => {
    const { clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);

    clock.pass(HOUR - 300_000);
    const meanwhile = [take(bring), take(bring)];
    await settle();

    expect(meanwhile).toEqual(["a", "a"]);
    expect(take(bring)).toBe("b");
    expect(bring.mock.calls.map(([{ isBackground: ahead }]) => ahead)).toEqual([
      false,
      true,
    ]);
  });

  it("renews a short life when a quarter of it is left", async () => {
    const { clock, take } = setUp();
    const bring = bringing(2_000);
    await take(bring);

    clock.pass(1_499);
    void take(bring);
    const early = bring.mock.calls.length;
    clock.pass(1);
    void take(bring);

    expect([early, bring.mock.calls.length]).toEqual([1, 2]);
  });

  it("has who comes after the end wait for a new value", async () => {
    const { clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);

    clock.pass(HOUR - 5_000);

    expect(await take(bring)).toBe("b");
  });

  it("disturbs nobody with a renewal that failed, and tries it again after half a minute", async () => {
    const { clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);
    clock.pass(HOUR - 300_000);

    bring.mockRejectedValueOnce(new Error("STS is down"));
    void take(bring);
    await settle();
    const afterFailure = take(bring);
    clock.pass(29_999);
    void take(bring);
    const before = bring.mock.calls.length;
    clock.pass(1);
    void take(bring);
    await settle();

    expect([afterFailure, before, take(bring)]).toEqual(["a", 2, "b"]);
  });

  it("tells of the failure when the old value has really ended", async () => {
    const { clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);
    bring.mockRejectedValue(new Error("STS is down"));
    clock.pass(HOUR);

    await expect(take(bring)).rejects.toThrow("STS is down");
  });

  it("keeps nothing that is over when it comes", async () => {
    const { cache, take } = setUp();
    const bring = bringing(0);

    const both = [await take(bring), await take(bring)];

    expect([both, cache.size]).toEqual([["a", "b"], 0]);
  });

  it("asks once for all who want the same at once", async () => {
    const { take } = setUp();
    const bring = bringing(HOUR);

    const all = await Promise.all(
      Array.from({ length: 100 }, async () => take(bring)),
    );

    expect(bring).toHaveBeenCalledTimes(1);
    expect(new Set(all)).toEqual(new Set(["a"]));
  });

  it("tells everybody of a failure, and asks again for the next", async () => {
    const { take } = setUp();
    const bring = bringing(HOUR).mockRejectedValueOnce(new Error("no"));

    const failed = await Promise.allSettled([take(bring), take(bring)]);

    expect(failed.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    expect(await take(bring)).toBe("a");
  });

  it("drops what is no longer good, but nothing newer", async () => {
    const { cache, take } = setUp();
    await take(bringing(HOUR));

    cache.invalidate("a", "something older");
    const stillKept = cache.size;
    cache.invalidate("a", "a");

    expect([stillKept, cache.size]).toEqual([1, 0]);
  });

  it("forgets everything, also what is still under way", async () => {
    const { cache, take } = setUp();
    const waiting = take(bringing(HOUR));

    cache.clear();
    const value = await waiting;

    expect([value, cache.size]).toEqual(["a", 0]);
  });

  it("keeps as many as it may, and lets go of the one that was unused longest", async () => {
    const { cache, take } = setUp(3);

    for (const name of ["a", "b", "c", "a", "d"])
      await take(bringing(HOUR), { name });
    const bring = bringing(HOUR);
    void take(bring, { name: "a" });
    void take(bring, { name: "b" });

    expect([cache.size, bring.mock.calls.length]).toEqual([3, 1]);
  });

  it("ends a request when nobody waits for it any more, and begins anew for who comes later", () => {
    const { take } = setUp();
    const signals: AbortSignal[] = [];
    const forever: Bring = ({ signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const [first, second] = [new AbortController(), new AbortController()];
    void take(forever, first);
    void take(forever, second);

    first.abort();
    const whileOneWaits = signals[0]?.aborted;
    second.abort();
    void take(forever);

    expect([whileOneWaits, signals[0]?.aborted]).toEqual([false, true]);
    expect(signals).toHaveLength(2);
    expect(signals[1]?.aborted).toBe(false);
  });

  it("ends a renewal that nobody waits for when everything is forgotten", async () => {
    const { cache, clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);
    clock.pass(HOUR - 300_000);
    bring.mockReturnValueOnce(new Promise(() => undefined));
    void take(bring);

    cache.clear();

    expect(bring.mock.calls[1]?.[0].signal.aborted).toBe(true);
  });

  it("goes on with a renewal when those who came meanwhile have given up", async () => {
    const { clock, take } = setUp();
    const bring = bringing(HOUR);
    await take(bring);
    clock.pass(HOUR - 300_000);
    bring.mockReturnValueOnce(new Promise(() => undefined));
    void take(bring);
    clock.pass(300_000);
    const impatient = new AbortController();
    void take(bring, impatient);

    impatient.abort();

    expect(bring.mock.calls[1]?.[0].signal.aborted).toBe(false);
  });
});
