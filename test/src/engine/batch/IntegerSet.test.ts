import * as fc from "fast-check";
import { IntegerSet } from "../../../../src/engine/batch/IntegerSet";

describe("IntegerSet", () => {
  it("contains exactly the integers that were added", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (numbers) => {
        const set = new IntegerSet();
        for (const number of numbers) set.add(number);

        for (let number = 0; number <= 31; number++)
          expect(set.has(number)).toBe(numbers.includes(number));
      }),
    );
  });

  it("stores consecutive integers as one range", () => {
    const set = new IntegerSet();

    for (let number = 0; number < 10_000; number += 2) set.add(number);
    for (let number = 1; number < 10_000; number += 2) set.add(number);

    expect(set.rangeCount).toBe(1);
  });
});
