import * as fc from "fast-check";
import {
  retryDelayMs,
  RetryBudget,
} from "../../../../src/engine/connection/retry";

function drawn(random: number): void {
  jest.spyOn(Math, "random").mockReturnValue(random);
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe("pauseBefore", () => {
  it.each([
    [2, "transient", 50],
    [3, "transient", 100],
    [2, "throttled", 1_000],
    [3, "throttled", 2_000],
    [9, "throttled", 20_000],
    [30, "transient", 20_000],
  ] as const)(
    "waits before attempt %i, where the reason is %s, anything from nothing to %i ms",
    (next, hope, bound) => {
      drawn(0);
      expect(retryDelayMs(next, hope)).toBe(0);
      drawn(0.5);
      expect(retryDelayMs(next, hope)).toBe(bound / 2);
      drawn(1);
      expect(retryDelayMs(next, hope)).toBe(bound);
    },
  );

  it("spreads what many wait over all of the time", () => {
    const pauses = Array.from(
      { length: 2_000 },
      () => retryDelayMs(2, "throttled") ?? NaN,
    );

    const inTenth = (tenth: number) =>
      pauses.filter((ms) => Math.floor(ms / 100) === tenth).length;
    for (let tenth = 0; tenth < 10; tenth++)
      expect(inTenth(tenth)).toBeGreaterThan(100);
  });

  it("waits no shorter than AWS asks, and no shorter than it would have waited", () => {
    drawn(0.5);

    expect(retryDelayMs(2, "throttled", 3_000)).toBe(3_000);
    expect(retryDelayMs(2, "throttled", 100)).toBe(500);
    expect(retryDelayMs(2, "throttled", 20_000)).toBe(20_000);
  });

  it("does not wait where AWS asks for more than 20 seconds", () => {
    expect(retryDelayMs(2, "throttled", 20_001)).toBeUndefined();
  });
});

describe("RetryBudget", () => {
  it.each([
    ["transient", 35],
    ["throttled", 100],
  ] as const)(
    "pays for further attempts that are %s %i times",
    (hope, times) => {
      const budget = new RetryBudget();

      for (let paid = 0; paid < times; paid++)
        expect(budget.spend(hope)).toBe(true);

      expect(budget.spend(hope)).toBe(false);
    },
  );

  it("still pays for the cheaper kind where the dearer is too dear", () => {
    const budget = new RetryBudget();
    while (budget.spend("transient"));

    expect(budget.spend("throttled")).toBe(true);
  });

  it("is given back what a further attempt cost when an answer comes, and one token when the first is answered", () => {
    const budget = new RetryBudget();
    while (budget.spend("transient"));

    budget.refund("transient");
    expect(budget.spend("transient")).toBe(true);
    // 10 are left of 500; 4 more make another.
    for (let first = 0; first < 3; first++) budget.refund(undefined);
    expect(budget.spend("transient")).toBe(false);
    budget.refund(undefined);
    expect(budget.spend("transient")).toBe(true);
  });

  it("never holds more than 500 tokens, whatever is earned, and never less than none", () => {
    const step = fc.constantFrom(
      "pay transient",
      "pay throttled",
      "earn transient",
      "earn throttled",
      "earn",
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const budget = new RetryBudget();
        for (const each of steps) {
          const [verb, hope] = each.split(" ") as ["pay", "transient"];
          if ((verb as string) === "earn") budget.refund(hope);
          else budget.spend(hope);
        }
        let left = 0;
        while (budget.spend("throttled")) left++;
        expect(left).toBeLessThanOrEqual(100);
      }),
      { numRuns: 300 },
    );
  });
});
