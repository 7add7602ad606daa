import { toTokenBucket } from "../../../../gateway/steps/limits/toTokenBucket";

describe("toTokenBucket", () => {
  it.each([
    [1, 1, 1_000],
    [10, 1, 100],
    [0.1, 1, 10_000],
    [0.3, 3, 10_000],
    [2.5, 1, 400],
    [1 / 3, 1, 3_000],
    [100 / 3_600, 1, 36_000],
    [5 / 86_400, 1, 17_280_000],
    [1_000_000, 1_000, 1],
    [0.000_001, 1, 1_000_000_000],
    [123.456, 1_929, 15_625],
  ])(
    "turns %d tokens per second into %d in %d ms",
    (rate, refillTokens, refillMs) => {
      expect(toTokenBucket({ rate, burst: 7 })).toEqual({
        type: "bucket",
        burst: 7,
        refillTokens,
        refillMs,
      });
    },
  );

  it.each([
    Math.PI,
    Math.SQRT2 / 10,
    999_999.999_999,
    0.000_001_000_1,
    0.000_002_7,
    Number.EPSILON + 1,
  ])("approximates %d with integers that can be multiplied", (rate) => {
    const { refillTokens, refillMs } = toTokenBucket({ rate, burst: 1e6 });
    expect(Number.isSafeInteger(1e6 * refillMs + refillTokens)).toBe(true);
    const error = (1_000 * refillTokens) / refillMs - rate;
    expect(Math.abs(error)).toBeLessThan(1e-11);
  });
});
