import { MemoryLimitStore, throttle } from "../../../../gateway";
import { FakeClock } from "../../../FakeClock";
import { exchangeOf, issuesOf, messageOf, passes, send } from "./scenario";

const refused = (seconds: number): string =>
  `429, ${seconds} s: too many requests`;

describe("throttle", () => {
  it("lets burst requests pass at once, and then one for each token", () => {
    const clock = new FakeClock();
    const step = throttle({ rate: 2, burst: 3 }, { clock });
    const address = "192.0.2.1";
    const sendAll = () => [1, 2, 3, 4].map(() => send(step, { address }));
    expect(sendAll()).toEqual(["passes", "passes", "passes", refused(1)]);
    clock.pass(500);
    expect(sendAll()).toEqual(["passes", refused(1), refused(1), refused(1)]);
  });

  it.each([
    [10, 1],
    [1, 1],
    [0.999, 2],
    [0.1, 10],
    [1 / 3_600, 3_600],
  ])(
    "rounds Retry-After up to whole seconds, at a rate of %d: %d",
    (rate, seconds) => {
      const clock = new FakeClock();
      const step = throttle({ rate, burst: 1 }, { clock });
      send(step);
      expect(send(step)).toBe(refused(seconds));
      clock.pass(seconds * 1_000);
      expect(send(step)).toBe("passes");
    },
  );

  it("decides without a promise", () => {
    const step = throttle({ rate: 1, burst: 1 });
    expect(step.request?.(exchangeOf())).toBeUndefined();
    expect(step.request?.(exchangeOf())).not.toBeInstanceOf(Promise);
    expect(step.done).toBeUndefined();
  });

  it("takes a token of every limit, or of none", () => {
    const clock = new FakeClock();
    const step = throttle(
      [
        { rate: 1, burst: 2 },
        { rate: 1, burst: 3, key: "route" },
      ],
      { clock },
    );
    const [a, b] = [{ address: "192.0.2.1" }, { address: "192.0.2.2" }];
    expect([a, a, a, a].map((client) => passes(step, client))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    // The refused requests have taken nothing from the limit of all clients.
    expect([b, b].map((client) => passes(step, client))).toEqual([true, false]);
    clock.pass(1_000);
    // The refused request has taken nothing from the limit of the second client.
    expect([a, b].map((client) => passes(step, client))).toEqual([true, false]);
    clock.pass(1_000);
    expect([b].map((client) => passes(step, client))).toEqual([true]);
  });

  it("counts together with a step that has the same name and store", () => {
    const store = new MemoryLimitStore();
    const create = (name: string) =>
      throttle({ rate: 1, burst: 1, store, name });
    expect(passes(create("api"))).toBe(true);
    expect(passes(create("api"))).toBe(false);
    expect(passes(create("other"))).toBe(true);
    expect(store.size).toBe(2);
  });

  it.each([
    ["a", 'a" 0 *'],
    ["a b", "a"],
    ["0", "0 0"],
  ])("counts the names %j and %j separately", (one, other) => {
    const store = new MemoryLimitStore();
    for (const name of [one, other]) {
      const step = throttle({ rate: 1, burst: 1, store, name, key: "route" });
      expect([passes(step), passes(step)]).toEqual([true, false]);
    }
  });

  it("counts separately from a step with a store of its own", () => {
    const create = () => throttle({ rate: 1, burst: 1, key: "route" });
    expect([passes(create()), passes(create())]).toEqual([true, true]);
  });

  it("is named throttle, or as the option name says", () => {
    expect(throttle({ rate: 1, burst: 1 }).name).toBe("throttle");
    expect(throttle({ rate: 1, burst: 1, name: "api" }).name).toBe("api");
  });
});

describe("the options of throttle", () => {
  const valid = { rate: 1, burst: 1 };
  const store = new MemoryLimitStore();

  it.each([
    [valid],
    [{ rate: 0.000_001, burst: 1_000_000 }],
    [{ rate: 1_000_000, burst: 1, key: undefined, name: undefined }],
    [{ ...valid, key: { header: "X-Tenant" } }],
    [{ ...valid, key: { attribute: "tenant" } }],
    [{ ...valid, key: () => "a" }],
    [[valid, { ...valid, key: "route" }]],
    [{ limits: [valid], name: "a" }],
    [
      {
        limits: [valid],
        name: "a",
        store,
        onStoreFailure: "refuse",
        storeTimeoutMs: 5,
      },
    ],
  ])("can be %j", (options) => {
    expect(issuesOf(() => throttle(options as never))).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [undefined, [" object"]],
    [null, [" object"]],
    [5, [" object"]],
    [{}, ["rate required", "burst required"]],
    [[], ["limits array"]],
    [{ limits: {} }, ["limits array"]],
    [Array(11).fill(valid), ["limits array"]],
    [[valid, null], ["limits[1] object"]],
    [
      [valid, { rate: 0, burst: 1 }, { burst: 1 }],
      ["limits[1].rate range", "limits[2].rate required"],
    ],
    [[{ ...valid, store }], ["limits[0].store unknown"]],
    [
      { limits: [valid], rate: 1, key: "client" },
      ["rate unknown", "key unknown"],
    ],
    [{ rate: 0, burst: 0 }, ["rate range", "burst range"]],
    [{ rate: -1, burst: 1.5 }, ["rate range", "burst range"]],
    [{ rate: "5", burst: "5" }, ["rate range", "burst range"]],
    [{ rate: NaN, burst: Infinity }, ["rate range", "burst range"]],
    [{ rate: 1_000_001, burst: 1_000_001 }, ["rate range", "burst range"]],
    [{ ...valid, brst: 5 }, ["brst unknown"]],
    [{ ...valid, key: "ip" }, ["key key"]],
    [{ ...valid, key: null }, ["key key"]],
    [{ ...valid, key: {} }, ["key key"]],
    [{ ...valid, key: { header: "" } }, ["key key"]],
    [{ ...valid, key: { header: "a b" } }, ["key key"]],
    [{ ...valid, key: { header: ["a"] } }, ["key key"]],
    [{ ...valid, key: { attribute: "" } }, ["key key"]],
    [{ ...valid, key: { header: "a", attribute: "b" } }, ["key key"]],
    [{ ...valid, name: "" }, ["name length"]],
    [{ ...valid, name: "a".repeat(101) }, ["name length"]],
    [{ ...valid, store }, ["name required"]],
    [{ ...valid, store: {}, name: "a" }, ["store store"]],
    [{ ...valid, store: null, name: "a" }, ["store store"]],
    [
      { ...valid, onStoreFailure: "allow", storeTimeoutMs: 5 },
      ["onStoreFailure store", "storeTimeoutMs store"],
    ],
    [
      { ...valid, store, name: "a", onStoreFailure: "pass", storeTimeoutMs: 0 },
      ["onStoreFailure choice", "storeTimeoutMs range"],
    ],
  ])("cannot be %j", (options, issues) => {
    expect(issuesOf(() => throttle(options as never))).toEqual(issues);
  });

  it("are described, with a similar name for a misspelled one", () => {
    expect(
      messageOf(() => throttle({ rate: 1, brust: 5, key: "ip" } as never)),
    ).toBe(
      'throttle: brust is not an option of throttle; did you mean burst? burst must be an integer from 1 to 1,000,000; key must be "client", "route", "apiKey", { header: name }, { attribute: name } or a function.',
    );
  });

  it("are described by their place in the array", () => {
    expect(messageOf(() => throttle([{ rate: 1, window: 5 } as never]))).toBe(
      "throttle: window is not an option of limits[0]; its options are rate, burst, key; limits[0].burst must be an integer from 1 to 1,000,000.",
    );
  });
});
