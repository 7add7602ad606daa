import {
  concurrency,
  type ConcurrencyOptions,
  type Exchange,
  type Verdict,
} from "../../../../gateway";
import { Gates } from "../../../../gateway/steps/limits/Gates";
import { FakeClock } from "../../../FakeClock";
import {
  decisionOf,
  exchangeOf,
  issuesOf,
  messageOf,
  type Arrival,
} from "./scenario";

const FULL = "503, 1 s: too many requests at once";
const TIMED_OUT = "503, 1 s: too many requests at once, also after waiting";

/** A step, and what it decides about requests. */
function setUp(options: ConcurrencyOptions) {
  const clock = new FakeClock();
  const step = concurrency(options, { clock });
  const decided: string[] = [];
  const arrive = (name: string, arrival: Arrival = {}) => {
    const exchange = exchangeOf(arrival);
    const tell = (verdict: Verdict) =>
      decided.push(`${name} ${decisionOf(verdict)}`);
    const verdict = step.request?.(exchange);
    if (verdict instanceof Promise) void verdict.then(tell);
    else tell(verdict);
    return exchange;
  };
  const end = (exchange: Exchange): void => {
    void step.done?.(exchange, {} as never);
  };
  /** What was decided since the last call. */
  const news = async () => {
    await new Promise(setImmediate);
    return decided.splice(0);
  };
  return { step, clock, arrive, end, news };
}

describe("concurrency", () => {
  it("lets limit requests pass at once, and refuses others with 503", async () => {
    const { arrive, end, news } = setUp({ limit: 2 });
    const a = arrive("a");
    arrive("b");
    arrive("c");
    expect(await news()).toEqual(["a passes", "b passes", `c ${FULL}`]);
    end(a);
    arrive("d");
    arrive("e");
    expect(await news()).toEqual(["d passes", `e ${FULL}`]);
  });

  it("lets requests wait, and pass in the order of their arrival", async () => {
    const { arrive, end, news, clock } = setUp({ limit: 1, queue: 2 });
    const a = arrive("a");
    const b = arrive("b");
    arrive("c");
    arrive("d");
    expect(await news()).toEqual(["a passes", `d ${FULL}`]);
    end(a);
    arrive("e");
    expect(await news()).toEqual(["b passes"]);
    end(b);
    expect(await news()).toEqual(["c passes"]);
    expect(clock.waiting).toBe(1);
  });

  it("refuses a request that has waited for queueTimeoutMs", async () => {
    const { arrive, end, news, clock } = setUp({
      limit: 1,
      queue: 5,
      queueTimeoutMs: 500,
    });
    const a = arrive("a");
    arrive("b");
    clock.pass(300);
    arrive("c");
    clock.pass(200);
    expect(await news()).toEqual(["a passes", `b ${TIMED_OUT}`]);
    end(a);
    expect(await news()).toEqual(["c passes"]);
    expect(clock.waiting).toBe(0);
  });

  it("waits for 10 seconds by default", async () => {
    const { arrive, news, clock } = setUp({ limit: 1, queue: 1 });
    arrive("a");
    arrive("b");
    clock.pass(9_999);
    expect(await news()).toEqual(["a passes"]);
    clock.pass(1);
    expect(await news()).toEqual([`b ${TIMED_OUT}`]);
  });

  it("gives the place of a client that leaves while it waits to the next one", async () => {
    const { arrive, end, news, clock } = setUp({ limit: 1, queue: 2 });
    const a = arrive("a");
    const b = arrive("b");
    arrive("c");
    b.disconnect();
    expect(clock.waiting).toBe(1);
    arrive("d");
    expect(await news()).toEqual([
      "a passes",
      "b 503, 1 s: the client left while it waited",
    ]);
    end(b);
    expect(await news()).toEqual([]);
    end(a);
    expect(await news()).toEqual(["c passes"]);
  });

  it("does not let a client wait that has already left", async () => {
    const { arrive, news, step, clock } = setUp({ limit: 1, queue: 1 });
    arrive("a");
    const left = exchangeOf();
    left.disconnect();
    expect(decisionOf(await step.request?.(left))).toBe(
      "503, 1 s: the client left while it waited",
    );
    expect(clock.waiting).toBe(0);
    expect(await news()).toEqual(["a passes"]);
  });

  it("releases a place once, and only that of a request that passed", async () => {
    const { arrive, end, news } = setUp({ limit: 2 });
    const a = arrive("a");
    arrive("b");
    const refused = arrive("c");
    end(refused);
    end(exchangeOf());
    end(a);
    end(a);
    arrive("d");
    arrive("e");
    expect(await news()).toEqual([
      "a passes",
      "b passes",
      `c ${FULL}`,
      "d passes",
      `e ${FULL}`,
    ]);
  });

  it("takes one place for a request if it is in the list of steps twice", async () => {
    const { arrive, end, news, step } = setUp({ limit: 1 });
    const a = arrive("a");
    expect(step.request?.(a)).toBeUndefined();
    end(a);
    end(a);
    arrive("b");
    arrive("c");
    expect(await news()).toEqual(["a passes", "b passes", `c ${FULL}`]);
  });

  it("limits each key separately, and refuses with 429", async () => {
    const { arrive, end, news } = setUp({ limit: 1, queue: 1, key: "client" });
    const [one, other] = [{ address: "192.0.2.1" }, { address: "192.0.2.2" }];
    const a = arrive("a", one);
    arrive("b", other);
    arrive("c", one);
    arrive("d", one);
    expect(await news()).toEqual([
      "a passes",
      "b passes",
      "d 429, 1 s: too many requests at once",
    ]);
    end(a);
    expect(await news()).toEqual(["c passes"]);
  });

  it("refuses the requests that wait when it is closed", async () => {
    const { arrive, end, news, step, clock } = setUp({ limit: 1, queue: 2 });
    const a = arrive("a");
    arrive("b");
    arrive("c");
    void step.close?.();
    end(a);
    expect(await news()).toEqual(["a passes", `b ${FULL}`, `c ${FULL}`]);
    expect(clock.waiting).toBe(0);
  });

  it("never has more requests in progress than its limit, in any order of events", async () => {
    const { arrive, end, news, clock } = setUp({
      limit: 3,
      queue: 5,
      queueTimeoutMs: 40,
    });
    const all = new Map<string, Exchange>();
    const endOf = (name: string): void => {
      const exchange = all.get(name);
      if (exchange) end(exchange);
    };
    const active = new Set<string>();
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const decided = new Map<string, number>();
    const read = async () => {
      for (const line of await news()) {
        const [name = ""] = line.split(" ");
        decided.set(name, (decided.get(name) ?? 0) + 1);
        if (line.endsWith("passes")) active.add(name);
        else endOf(name);
      }
      expect(active.size).toBeLessThanOrEqual(3);
    };
    for (let at = 0; at < 2_000; at++) {
      const choice = random(4);
      if (choice < 2) all.set(String(at), arrive(String(at)));
      else if (choice === 2) {
        const [first] = active;
        if (first === undefined) continue;
        active.delete(first);
        endOf(first);
      } else {
        [...all.values()][random(all.size)]?.disconnect();
        clock.pass(random(10));
      }
      await read();
    }
    clock.pass(40);
    await read();
    for (const name of active) endOf(name);
    expect([...decided.values()].every((times) => times === 1)).toBe(true);
    expect(decided.size).toBe(all.size);
    active.clear();
    for (const name of ["x", "y", "z"]) arrive(name);
    expect(await news()).toEqual(["x passes", "y passes", "z passes"]);
  });
});

describe("Gates", () => {
  it("keeps no key without requests in progress", async () => {
    const clock = new FakeClock();
    const limits = { limit: 1, queue: 1, queueTimeoutMs: 10 };
    const gates = new Gates(limits, clock);
    const exchanges = Array.from({ length: 100 }, () => exchangeOf());
    for (const [at, exchange] of exchanges.entries())
      void gates.enter(`key ${at % 50}`, exchange);
    expect(gates.size).toBe(50);
    for (const exchange of exchanges) gates.release(exchange);
    await new Promise(setImmediate);
    expect(gates.size).toBe(0);
    expect(clock.waiting).toBe(0);
  });
});

describe("the options of concurrency", () => {
  it.each([
    [{ limit: 1 }],
    [
      {
        limit: 1_000_000,
        queue: 0,
        queueTimeoutMs: 1,
        key: { header: "a" },
        name: "a",
      },
    ],
  ])("can be %j", (options) => {
    expect(issuesOf(() => concurrency(options as never))).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [undefined, [" object"]],
    [{}, ["limit required"]],
    [{ limit: 0, queue: -1 }, ["limit range", "queue range"]],
    [{ limit: 1_000_001, queue: 1.5 }, ["limit range", "queue range"]],
    [{ limit: 1, queueTimeoutMs: 2 ** 31 }, ["queueTimeoutMs range"]],
    [{ limit: 1, key: "clients", name: 5 }, ["key key", "name length"]],
    [{ limit: 1, store: {} }, ["store unknown"]],
  ])("cannot be %j", (options, issues) => {
    expect(issuesOf(() => concurrency(options as never))).toEqual(issues);
  });

  it("are described", () => {
    expect(
      messageOf(() => concurrency({ limit: 1, queueTimeout: 5 } as never)),
    ).toBe(
      "concurrency: queueTimeout is not an option of concurrency; did you mean queueTimeoutMs?",
    );
  });
});
