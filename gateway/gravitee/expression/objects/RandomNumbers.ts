import { fail } from "../errors/Fault";
import { method, type Method, type Methods } from "../members/Method";
import { JavaObject } from "../values/JavaObject";
import { Real, toInteger, truncate, type Numeric } from "../values/numbers";

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/** Java's `Random`. The same seed gives the same numbers as in Java. */
export class RandomNumbers extends JavaObject {
  readonly className = "Random";
  #seed: bigint;

  constructor(seed: Numeric | undefined) {
    super();
    const start =
      seed === undefined
        ? BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER))
        : BigInt(truncate(seed));
    this.#seed = (start ^ MULTIPLIER) & MASK;
  }

  toString(): string {
    return this.className;
  }

  /** Generates an integer of the given number of bits. */
  next(bits: number): number {
    this.#seed = (this.#seed * MULTIPLIER + 0xbn) & MASK;
    return Number(BigInt.asIntN(32, this.#seed >> BigInt(48 - bits)));
  }

  /** Generates an integer from the origin (inclusive) to the bound (exclusive). */
  between(origin: number, bound: number): number {
    const size = bound - origin;
    if (size <= 2_147_483_647) return origin + this.below(size);
    // Java does the same: at least every second number is in the range.
    for (;;) {
      const number = this.next(32);
      if (number >= origin && number < bound) return number;
    }
  }

  /** Generates an integer from 0 (inclusive) to the bound (exclusive). */
  below(bound: number): number {
    if (bound <= 0)
      return fail("the bound of a random number must be positive");
    if ((bound & -bound) === bound)
      return Number((BigInt(bound) * BigInt(this.next(31))) >> 31n);
    for (;;) {
      const bits = this.next(31);
      const value = bits % bound;
      if (bits - value + (bound - 1) <= 2_147_483_647) return value;
    }
  }
}

/** The methods of Java's `Random`. */
export const RANDOM_METHODS: Methods<RandomNumbers> = new Map<
  string,
  Method<RandomNumbers>
>([
  [
    "nextInt",
    method(["int?", "int?"], (random, [first, second]) => {
      if (first === undefined) return random.next(32);
      return second === undefined
        ? random.below(first)
        : random.between(first, second);
    }),
  ],
  [
    "nextLong",
    method([], (random) =>
      toInteger(
        BigInt.asIntN(
          64,
          (BigInt(random.next(32)) << 32n) + BigInt(random.next(32)),
        ),
      ),
    ),
  ],
  [
    "nextDouble",
    method([], (random) =>
      Real.of((random.next(26) * 2 ** 27 + random.next(27)) / 2 ** 53),
    ),
  ],
  ["nextBoolean", method([], (random) => random.next(1) !== 0)],
]);
