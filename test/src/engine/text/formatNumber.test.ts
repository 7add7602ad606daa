import * as fc from "fast-check";
import { formatNumber } from "../../../../src/engine/text/formatNumber";

describe("formatNumber", () => {
  it("writes integers as Intl does in English", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(formatNumber(value)).toBe(
          new Intl.NumberFormat("en").format(value),
        );
      }),
    );
  });

  it("separates no decimals", () => {
    expect(formatNumber(1234.56789)).toBe("1,234.56789");
  });
});
