import { toPattern } from "../../../../gateway/gravitee/expression/text/Pattern";
import { loadLibraries } from "../../../../gateway/gravitee/expression/libraries/peers";

beforeAll(loadLibraries);

describe("toPattern", () => {
  it("reuses the last 100 regular expressions that were compiled", () => {
    const first = toPattern("a0+");
    for (let n = 1; n < 100; n++) toPattern(`a${n}+`);

    expect(toPattern("a0+")).toBe(first);
  });

  it("drops the least recently used regular expression when it compiles a 101st", () => {
    const [first, second] = [toPattern("b0+"), toPattern("b1+")];
    for (let n = 2; n < 100; n++) toPattern(`b${n}+`);
    toPattern("b0+");

    toPattern("b100+");

    expect(toPattern("b0+")).toBe(first);
    expect(toPattern("b1+")).not.toBe(second);
  });
});
