import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { CacheStore } from "../../../../gateway/steps/cache/CacheStore";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

describe("CacheStore", () => {
  it("remembers keys of responses that cannot be cached without their length", () => {
    const store = new CacheStore(1);
    const keyOf = (at: number): string =>
      Buffer.alloc(20_000, `${at} `).toString("latin1");
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let at = 0; at < 2_000; at++) store.markUncacheable(keyOf(at));
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
    expect(store.isUncacheable(keyOf(1_999))).toBe(true);
    store.unmarkUncacheable(keyOf(1_999));
    expect(store.isUncacheable(keyOf(1_999))).toBe(false);
    expect(store.isUncacheable(keyOf(0))).toBe(true);
  });
});
