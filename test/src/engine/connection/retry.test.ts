import * as fc from "fast-check";
import {
  retryDelayMs,
  RetryBudget,
} from "../../../../src/engine/connection/retry";

function mockRandom(random: number): void {
  jest.spyOn(Math, "random").mockReturnValue(random);
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe("retryDelayMs", () => {
  it.each([
    [2, "transient", 50],
    [3, "transient", 100],
    [2, "throttled", 1_000],
    [3, "throttled", 2_000],
    [9, "throttled", 20_000],
    [30, "transient", 20_000],
  ] as const)(
    "returns a random delay before attempt %i after a %s failure, from 0 to %i ms",
    (nextAttempt, reason, bound) => {
      mockRandom(0);
      expect(retryDelayMs(nextAttempt, reason)).toBe(0);
      mockRandom(0.5);
      expect(retryDelayMs(nextAttempt, reason)).toBe(bound / 2);
      mockRandom(1);
      expect(retryDelayMs(nextAttempt, reason)).toBe(bound);
    },
  );

  it("spreads delays evenly between 0 and the bound", () => {
    const delays = Array.from(
      { length: 2_000 },
      () => retryDelayMs(2, "throttled") ?? NaN,
    );

    const inTenth = (tenth: number) =>
      delays.filter((ms) => Math.floor(ms / 100) === tenth).length;
    for (let tenth = 0; tenth < 10; tenth++)
      expect(inTenth(tenth)).toBeGreaterThan(100);
  });

  it("returns the longer of its own delay and the one that AWS asks for", () => {
    mockRandom(0.5);

    expect(retryDelayMs(2, "throttled", 3_000)).toBe(3_000);
    expect(retryDelayMs(2, "throttled", 100)).toBe(500);
    expect(retryDelayMs(2, "throttled", 20_000)).toBe(20_000);
  });

  it("returns no delay when AWS asks for more than 20 seconds", () => {
    expect(retryDelayMs(2, "throttled", 20_001)).toBeUndefined();
  });
});

describe("RetryBudget", () => {
  it.each([
    ["transient", 35],
    ["throttled", 100],
  ] as const)("pays for %s retries %i times", (reason, times) => {
    const budget = new RetryBudget();

    for (let paid = 0; paid < times; paid++)
      expect(budget.spend(reason)).toBe(true);

    expect(budget.spend(reason)).toBe(false);
  });

  it("still pays for throttled retries when transient ones are too expensive", () => {
    const budget = new RetryBudget();
    while (budget.spend("transient"));

    expect(budget.spend("throttled")).toBe(true);
  });

  it("is refunded the cost of a retry that got a response, and one token for a first attempt", () => {
    const budget = new RetryBudget();
    while (budget.spend("transient"));

    budget.refund("transient");
    expect(budget.spend("transient")).toBe(true);
    // 10 of 500 tokens are left; 4 more pay for another retry.
    for (let first = 0; first < 3; first++) budget.refund(undefined);
    expect(budget.spend("transient")).toBe(false);
    budget.refund(undefined);
    expect(budget.spend("transient")).toBe(true);
  });

  it("holds between 0 and 500 tokens after any sequence of steps", () => {
    const step = fc.constantFrom(
      "spend transient",
      "spend throttled",
      "refund transient",
      "refund throttled",
      "refund",
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const budget = new RetryBudget();
        for (const each of steps) {
          const [method, reason] = each.split(" ") as [string, "transient"];
          if (method === "refund") budget.refund(reason);
          else budget.spend(reason);
        }
        let left = 0;
        while (budget.spend("throttled")) left++;
        expect(left).toBeLessThanOrEqual(100);
      }),
      { numRuns: 300 },
    );
  });
});
