import { Sessions, type Wish } from "../../../src/engine/Sessions";
import { FakeClock } from "../../FakeClock";

function keysUntil(clock: FakeClock, ms: number, id = "ASIA1") {
  return {
    accessKeyId: id,
    secretAccessKey: "secret",
    expiration: new Date(clock.now() + ms),
  };
}

/** A wish of somebody who waits, however long it takes. */
function wish(
  borrow: Wish["borrow"],
  signal = new AbortController().signal,
): Wish {
  return { borrow, signal };
}

/** How often keys are borrowed when they are wanted at these times. */
async function borrowings(lifeMs: number, wantedAfterMs: number[]) {
  const clock = new FakeClock();
  const sessions = new Sessions(clock);
  const borrow = jest.fn(() => Promise.resolve(keysUntil(clock, lifeMs)));
  for (const ms of wantedAfterMs) {
    clock.pass(ms);
    await sessions.keys("a", wish(borrow));
  }
  return borrow.mock.calls.length;
}

describe("Sessions", () => {
  it("keep keys until a minute before they expire", async () => {
    const kept = await borrowings(3_600_000, [0, 3_539_999]);
    const renewed = await borrowings(3_600_000, [0, 3_540_000]);

    expect([kept, renewed]).toEqual([1, 2]);
  });

  it("keep keys of a short life until a quarter of it is left", async () => {
    const kept = await borrowings(80_000, [0, 59_999]);
    const renewed = await borrowings(80_000, [0, 60_000]);

    expect([kept, renewed]).toEqual([1, 2]);
  });

  it("keep no keys of which nobody knows when they expire", async () => {
    const sessions = new Sessions(new FakeClock());
    const borrow = jest.fn(() =>
      Promise.resolve({ accessKeyId: "ASIA1", secretAccessKey: "secret" }),
    );

    await sessions.keys("a", wish(borrow));
    await sessions.keys("a", wish(borrow));

    expect(borrow).toHaveBeenCalledTimes(2);
  });

  it("borrow once for all who want the same at once", async () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);
    const borrow = jest.fn(() => Promise.resolve(keysUntil(clock, 3_600_000)));

    const all = await Promise.all(
      Array.from({ length: 100 }, () => sessions.keys("a", wish(borrow))),
    );

    expect(borrow).toHaveBeenCalledTimes(1);
    expect(new Set(all).size).toBe(1);
  });

  it("tell everybody of a failure, and try again for the next", async () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);
    const borrow = jest
      .fn<Promise<ReturnType<typeof keysUntil>>, []>()
      .mockRejectedValueOnce(new Error("no"))
      .mockResolvedValue(keysUntil(clock, 3_600_000));

    const failed = await Promise.allSettled([
      sessions.keys("a", wish(borrow)),
      sessions.keys("a", wish(borrow)),
    ]);
    const keys = await sessions.keys("a", wish(borrow));

    expect(failed.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    expect(keys.accessKeyId).toBe("ASIA1");
    expect(borrow).toHaveBeenCalledTimes(2);
  });

  it("drop keys that are no longer good, but not newer ones", async () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);
    const old = await sessions.keys(
      "a",
      wish(() => Promise.resolve(keysUntil(clock, 3_600_000))),
    );

    sessions.drop("a", { ...old });
    const stillKept = sessions.size;
    sessions.drop("a", old);

    expect([stillKept, sessions.size]).toEqual([1, 0]);
  });

  it("keep a thousand, and let go of the one that was unused longest", async () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);

    for (let count = 0; count < 1_001; count++)
      await sessions.keys(
        `name ${count}`,
        wish(() => Promise.resolve(keysUntil(clock, 3_600_000))),
      );

    expect(sessions.size).toBe(1_000);
  });

  it("end a borrowing when nobody waits for it any more, and begin anew for who comes later", () => {
    const sessions = new Sessions(new FakeClock());
    const signals: AbortSignal[] = [];
    const forever: Wish["borrow"] = (signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const [first, second] = [new AbortController(), new AbortController()];
    void sessions.keys("a", wish(forever, first.signal));
    void sessions.keys("a", wish(forever, second.signal));

    first.abort();
    const whileOneWaits = signals[0]?.aborted;
    second.abort();
    void sessions.keys("a", wish(forever));

    expect([whileOneWaits, signals[0]?.aborted]).toEqual([false, true]);
    expect(signals).toHaveLength(2);
    expect(signals[1]?.aborted).toBe(false);
  });
});
