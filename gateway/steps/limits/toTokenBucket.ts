import type { TokenBucket } from "./LimitStore";

/** Largest denominator of a rate. `burst` × `refillMs`, at most 10^6 × 10^3 × 10^6, is less than 2^53. */
const MAX_DENOMINATOR = 1_000_000;

/** Relative error of a number that a decimal fraction or a division was rounded to. */
const ROUNDING = 2 ** -52;

/** Creates a token bucket whose rate is a fraction of integers: 0.1 tokens per second are one in 10,000 ms, and not 0.1000000000000000055. */
export function toTokenBucket({
  rate,
  burst,
}: {
  readonly rate: number;
  readonly burst: number;
}): TokenBucket {
  const [tokens, seconds] = toFraction(rate);
  const refillMs = 1_000 * seconds;
  const divisor = greatestDivisor(tokens, refillMs);
  return {
    type: "bucket",
    burst,
    refillTokens: tokens / divisor,
    refillMs: refillMs / divisor,
  };
}

/** The simplest fraction that is rounded to this number, or the closest that is not too long: a convergent of its continued fraction. */
function toFraction(value: number): [number, number] {
  let [lastNumerator, lastDenominator] = [1, 0];
  let [numerator, denominator] = [Math.floor(value), 1];
  let rest = value - numerator;
  while (Math.abs(numerator / denominator - value) > value * ROUNDING) {
    const inverse = 1 / rest;
    const whole = Math.floor(inverse);
    const next = whole * denominator + lastDenominator;
    if (next > MAX_DENOMINATOR) break;
    [lastNumerator, numerator] = [numerator, whole * numerator + lastNumerator];
    [lastDenominator, denominator] = [denominator, next];
    rest = inverse - whole;
  }
  // A rate below the smallest fraction.
  return numerator === 0 ? [1, MAX_DENOMINATOR] : [numerator, denominator];
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
