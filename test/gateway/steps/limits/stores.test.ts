import {
  createRoute,
  LimitStoreError,
  quota,
  throttle,
  toFetch,
  type LimitCharge,
  type LimitOptions,
  type LimitResult,
  type LimitStore,
  type RouteFailure,
} from "../../../../gateway";
import { FakeClock } from "../../../FakeClock";

/** A store that returns a value or calls a function. */
function storeOf(charge: () => unknown) {
  const received: (readonly LimitCharge[])[] = [];
  const store: LimitStore = {
    charge: (charges) => {
      received.push(charges);
      return charge() as LimitResult;
    },
  };
  return { store, received };
}

const allow = { allowed: true, retryAfterMs: 0 };
const refuse = { allowed: false, retryAfterMs: 2_500 };

/** Sends a request through a route with the store. */
async function request(
  charge: () => unknown,
  options: LimitOptions = {},
  clock = new FakeClock(),
) {
  const faults: RouteFailure[] = [];
  const { store, received } = storeOf(charge);
  const limit = throttle(
    { rate: 1, burst: 1, key: "route", store, name: "api", ...options },
    { clock },
  );
  const route = createRoute({
    steps: [limit],
    onFault: (fault) => faults.push(fault),
  });
  const responded = toFetch(
    route,
    () => new Response("origin"),
  )(new Request("http://a.test/"));
  await new Promise(setImmediate);
  clock.pass(options.storeTimeoutMs ?? 1_000);
  const response = await responded;
  // The exchange ends with its body.
  await response.text();
  const { status, headers } = response;
  await new Promise(setImmediate);
  return {
    decision: [status, headers.get("retry-after")],
    faults,
    received,
    clock,
  };
}

/** Ways in which a store fails, and the message of the error. */
const FAILURES: [string, () => unknown, string][] = [
  [
    "throws",
    () => {
      throw new Error("no connection");
    },
    'the store of "api" failed',
  ],
  [
    "rejects",
    () => Promise.reject(new Error("no connection")),
    'the store of "api" failed',
  ],
  [
    "does not respond in time",
    () => new Promise(() => undefined),
    'the store of "api" did not respond within 1,000 ms',
  ],
  ...[undefined, null, true, {}, { allowed: "yes" }, []].map(
    (value): [string, () => unknown, string] => [
      `returns ${JSON.stringify(value)}`,
      () => value,
      'the store of "api" returned something that is not a LimitResult',
    ],
  ),
  [
    "resolves with undefined",
    () => Promise.resolve(),
    'the store of "api" returned something that is not a LimitResult',
  ],
];

describe("a limit with a custom store", () => {
  it("charges all limits in one call", async () => {
    const { store, received } = storeOf(() => allow);
    const limits = [
      { rate: 2, burst: 3 },
      { rate: 0.5, burst: 9, key: "route" as const },
    ];
    await toFetch(
      createRoute({ steps: [throttle({ limits, store, name: "api" })] }),
      () => new Response("origin"),
    )(new Request("http://a.test/"));
    expect(received).toEqual([
      [
        {
          key: 'throttle "api" 0 -',
          limit: { type: "bucket", burst: 3, refillTokens: 1, refillMs: 500 },
        },
        {
          key: 'throttle "api" 1 *',
          limit: { type: "bucket", burst: 9, refillTokens: 1, refillMs: 2_000 },
        },
      ],
    ]);
  });

  it("charges the current window of a quota", () => {
    const { store, received } = storeOf(() => allow);
    const clock = new FakeClock({ startsAt: Date.UTC(2026, 10, 20, 12, 30) });
    const step = quota(
      { limit: 5, period: "hour", store, name: "api", key: "route" },
      { clock },
    );
    void step.request?.({} as never);
    expect(received).toEqual([
      [
        {
          key: 'quota "api" hour *',
          limit: {
            type: "window",
            limit: 5,
            startsAt: Date.UTC(2026, 10, 20, 12),
            endsAt: Date.UTC(2026, 10, 20, 13),
          },
        },
      ],
    ]);
  });

  it.each([
    ["returns", (result: LimitResult) => result],
    ["resolves with", (result: LimitResult) => Promise.resolve(result)],
  ])("decides as the store %s", async (_, give) => {
    expect((await request(() => give(allow))).decision).toEqual([200, null]);
    const refused = await request(() => give(refuse));
    expect(refused.decision).toEqual([429, "3"]);
    expect(refused.faults).toEqual([]);
  });

  it.each([undefined, -5, NaN, Infinity, 0])(
    "refuses with Retry-After: 1 if the store returns %j as the time",
    async (retryAfterMs) => {
      const { decision } = await request(() => ({
        allowed: false,
        retryAfterMs,
      }));
      expect(decision).toEqual([429, "1"]);
    },
  );

  it.each(FAILURES)(
    "lets requests pass if the store %s, and reports it",
    async (_, charge, message) => {
      const { decision, faults } = await request(charge);
      expect(decision).toEqual([200, null]);
      expect(faults).toMatchObject([{ where: "api", error: { message } }]);
      expect(faults[0]?.error).toBeInstanceOf(LimitStoreError);
    },
  );

  it.each(FAILURES)(
    "refuses requests with 503 if the store %s and onStoreFailure is refuse",
    async (_, charge, message) => {
      const { decision, faults } = await request(charge, {
        onStoreFailure: "refuse",
      });
      expect(decision).toEqual([503, "1"]);
      expect(faults).toMatchObject([{ where: "api", error: { message } }]);
    },
  );

  it("reports the error of the store as the cause", async () => {
    const cause = new Error("no connection");
    const { faults } = await request(() => Promise.reject(cause));
    expect(faults).toMatchObject([{ error: { cause } }]);
  });

  it("waits for the store as long as storeTimeoutMs says", async () => {
    const { faults } = await request(() => new Promise(() => undefined), {
      storeTimeoutMs: 20_000,
    });
    expect(faults).toMatchObject([
      {
        error: {
          message: 'the store of "api" did not respond within 20,000 ms',
        },
      },
    ]);
  });

  it("leaves no timer behind when the store has responded", async () => {
    const clock = new FakeClock();
    const pass = jest.spyOn(clock, "after");
    await request(() => Promise.resolve(allow), {}, clock);
    expect(pass).toHaveBeenCalledTimes(1);
    expect(clock.waiting).toBe(0);
  });

  it("ignores a failure after the time is over", async () => {
    let fail: (error: Error) => void = () => undefined;
    const { faults } = await request(
      () => new Promise((_, reject) => (fail = reject)),
    );
    fail(new Error("too late"));
    await new Promise(setImmediate);
    expect(faults).toHaveLength(1);
  });
});
