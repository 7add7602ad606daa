import * as fc from "fast-check";
import { IntegerSet } from "../../../../src/engine/batch/IntegerSet";

describe("a set of ranges", () => {
  it("has what was added, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (numbers) => {
        const ranges = new IntegerSet();
        for (const number of numbers) ranges.add(number);

        for (let number = 0; number <= 31; number++)
          expect(ranges.has(number)).toBe(numbers.includes(number));
      }),
    );
  });

  it("takes the room of its gaps", () => {
    const ranges = new IntegerSet();

    for (let number = 0; number < 10_000; number += 2) ranges.add(number);
    for (let number = 1; number < 10_000; number += 2) ranges.add(number);

    expect(ranges.rangeCount).toBe(1);
  });
});
