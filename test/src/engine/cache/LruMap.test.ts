import * as fc from "fast-check";
import { LRUCache } from "lru-cache";
import { LruMap } from "../../../../src/engine/cache/LruMap";

describe("LruMap", () => {
  it("evicts the least recently used entry", () => {
    const map = new LruMap<string, number>({ max: 2 });
    map.set("a", 1);
    map.set("b", 2);
    map.get("a");
    map.set("c", 3);

    expect([...map.keys()]).toEqual(["a", "c"]);
    expect(map.get("b")).toBeUndefined();
  });

  it("does not keep a value that is heavier than all values may be together", () => {
    const disposed: string[] = [];
    const map = new LruMap<string, string>({
      max: 10,
      maxWeight: 5,
      weigh: (value) => value.length,
      dispose: (value) => disposed.push(value),
    });
    map.set("a", "1234");
    map.set("b", "123456");

    expect([...map.values()]).toEqual(["1234"]);
    expect(disposed).toEqual(["123456"]);
  });

  it("behaves like lru-cache for arbitrary operations", () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e");
    const operation = fc.oneof(
      fc.tuple(fc.constant("get"), key),
      fc.tuple(fc.constant("peek"), key),
      fc.tuple(fc.constant("delete"), key),
      fc.tuple(fc.constant("set"), key, fc.integer({ min: 1, max: 6 })),
      fc.tuple(fc.constant("clear")),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const [ours, theirs] = [[], []] as number[][];
        const limits = { max: 3, weigh: (value: number) => value };
        const map = new LruMap<string, number>({
          ...limits,
          maxWeight: 10,
          dispose: (value) => ours?.push(value),
        });
        const reference = new LRUCache<string, number>({
          max: 3,
          maxSize: 10,
          sizeCalculation: (value) => value,
          dispose: (value) => theirs?.push(value),
        });
        for (const [name, key = "", value = 0] of operations) {
          if (name === "set") {
            map.set(key, value);
            reference.set(key, value);
          } else if (name === "get")
            expect(map.get(key)).toBe(reference.get(key));
          else if (name === "peek")
            expect(map.peek(key)).toBe(reference.peek(key));
          else if (name === "delete") {
            map.delete(key);
            reference.delete(key);
          } else {
            map.clear();
            reference.clear();
          }
          expect([...map.keys()]).toEqual([...reference.rkeys()]);
        }
        expect(ours?.toSorted()).toEqual(theirs?.toSorted());
      }),
    );
  });
});
