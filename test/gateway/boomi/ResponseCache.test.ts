import { ResponseCache } from "../../../gateway/boomi/response/ResponseCache";

const LIMIT = 1_000;
const NOW = Date.UTC(2026, 10, 20, 12);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});

afterEach(() => {
  jest.useRealTimers();
});

/** A response that may be reused for one minute. */
const reusable = () =>
  ({ unchangedUntil: new Date(Date.now() + 60_000).toISOString() }) as object;

/** Keeps 1,000 responses, named by their number. */
function full(): ResponseCache {
  const cache = new ResponseCache();
  for (let n = 0; n < LIMIT; n++) cache.set(String(n), reusable());
  return cache;
}

describe("ResponseCache", () => {
  it("keeps 1,000 responses", () => {
    const cache = full();

    for (let n = 0; n < LIMIT; n++) expect(cache.get(String(n))).toBeDefined();
  });

  it("drops the least recently used response when it keeps a 1,001st", () => {
    const cache = full();
    cache.get("0");

    cache.set("another", reusable());

    expect(cache.get("1")).toBeUndefined();
    for (const name of ["0", "2", "999", "another"])
      expect(cache.get(name)).toBeDefined();
  });

  it("returns a response until the time that it names, and not at that time", () => {
    const cache = new ResponseCache();
    const response = reusable();
    cache.set("a", response);

    jest.setSystemTime(NOW + 59_999);
    expect(cache.get("a")).toBe(response);
    jest.setSystemTime(NOW + 60_000);
    expect(cache.get("a")).toBeUndefined();
  });

  it("keeps no response that names no time or a past time", () => {
    const cache = new ResponseCache();

    cache.set("a", {});
    cache.set("b", { unchangedUntil: NOW });

    expect([cache.get("a"), cache.get("b")]).toEqual([undefined, undefined]);
  });
});
