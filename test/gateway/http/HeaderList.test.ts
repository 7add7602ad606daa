import { assert, array, constantFrom, property, tuple } from "fast-check";
import { HeaderList } from "../../../gateway";

const name = constantFrom("A", "a", "B", "b-c", "Cookie", "Set-Cookie");
const value = constantFrom("", "1", "2, 3", "x");
const lists = array(tuple(name, value)).map(
  (pairs) => new HeaderList(pairs.flat()),
);

describe("HeaderList", () => {
  const list = new HeaderList([
    "A",
    "1",
    "B",
    "2",
    "a",
    "3",
    "cookie",
    "x",
    "Cookie",
    "y",
  ]);

  it("finds a name in any case, with each of its values", () => {
    expect([
      list.has("a"),
      list.has("C"),
      list.getAll("a"),
      list.get("b"),
    ]).toEqual([true, false, ["1", "3"], "2"]);
    expect([list.get("a"), list.get("COOKIE"), list.get("c")]).toEqual([
      "1, 3",
      "x; y",
      undefined,
    ]);
    expect(list.names()).toEqual(["a", "b", "cookie"]);
  });

  it("sets a value at the position of the first header of that name, otherwise at the end", () => {
    expect(list.with("a", "new").lines).toEqual([
      "a",
      "new",
      "B",
      "2",
      "cookie",
      "x",
      "Cookie",
      "y",
    ]);
    expect(list.with("C", ["1", "2"]).lines.slice(-4)).toEqual([
      "C",
      "1",
      "C",
      "2",
    ]);
  });

  it("does not mistake a value for a name", () => {
    const tricky = new HeaderList(["A", "B", "C", "A"]);

    expect([
      tricky.has("b"),
      tricky.getAll("a"),
      tricky.without(["a"]).lines,
    ]).toEqual([false, ["B"], ["C", "A"]]);
  });

  it("leaves the original list unchanged and all other lines in order", () => {
    assert(
      property(lists, name, array(value), (before, wanted, values) => {
        const lines = [...before.lines];
        const others = before.without([wanted]);

        const after = before.with(wanted, values);

        expect(before.lines).toEqual(lines);
        expect(after.getAll(wanted)).toEqual(values);
        expect(after.without([wanted]).lines).toEqual(others.lines);
        expect(others.has(wanted)).toBe(false);
      }),
    );
  });
});
