import * as fc from "fast-check";
import { Meter } from "../../../../gateway/gravitee/expression/metering/Meter";
import {
  indexIn,
  lastIndexIn,
} from "../../../../gateway/gravitee/expression/metering/search";

const frozen = { timeoutMs: 1000, clock: () => 0 };

/** Strings of few letters, so that parts occur often, and long enough for both algorithms. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom("ab", "a", "aab"),
      fc.integer({ max: 20_000, min: 1 }),
    )
    .map(([part, times]) => part.repeat(times)),
);
const part = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 6 }),
  fc
    .tuple(fc.constantFrom("ab", "a", "aab"), fc.integer({ max: 400, min: 1 }))
    .map(([each, times]) => each.repeat(times)),
);
const from = fc.integer({ min: -3, max: 60_000 });

describe("indexIn", () => {
  it("finds what String.indexOf finds", () => {
    fc.assert(
      fc.property(text, part, from, (of, wanted, at) => {
        expect(indexIn(of, { part: wanted, from: at }, new Meter(frozen))).toBe(
          of.indexOf(wanted, at),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["at the end", `${"a".repeat(299_999)}b`],
    ["at the start", `b${"a".repeat(299_999)}`],
  ])(
    "counts steps in proportion to the length if the difference is %s",
    (_, wanted) => {
      const meter = new Meter(frozen);

      expect(
        indexIn("a".repeat(600_000), { part: wanted, from: 0 }, meter),
      ).toBe(-1);
      expect(meter.steps).toBeGreaterThan(900_000);
      expect(meter.steps).toBeLessThan(20_000_000);
    },
  );
});

describe("lastIndexIn", () => {
  it("finds what String.lastIndexOf finds", () => {
    fc.assert(
      fc.property(text, part, fc.nat(60_000), (of, wanted, at) => {
        expect(
          lastIndexIn(of, { part: wanted, from: at }, new Meter(frozen)),
        ).toBe(of.lastIndexOf(wanted, at));
      }),
      { numRuns: 500 },
    );
  });
});
