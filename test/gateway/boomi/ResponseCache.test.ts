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
const reusable = (bytes = 10) => ({
  response: { unchangedUntil: new Date(Date.now() + 60_000).toISOString() },
  bytes,
});

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
    expect(cache.get("a")).toMatchObject(response);
    jest.setSystemTime(NOW + 60_000);
    expect(cache.get("a")).toBeUndefined();
  });

  it("keeps no response that names no time or a past time", () => {
    const cache = new ResponseCache();

    cache.set("a", { response: {}, bytes: 2 });
    cache.set("b", { response: { unchangedUntil: NOW }, bytes: 10 });

    expect([cache.get("a"), cache.get("b")]).toEqual([undefined, undefined]);
  });

  it("keeps at most 16 MB", () => {
    const cache = new ResponseCache();
    const names = ["a", "b", "c"];

    for (const name of names) cache.set(name, reusable(6_000_000));
    cache.set("larger than all", reusable(17_000_000));

    expect(names.filter((name) => cache.get(name))).toEqual(["b", "c"]);
    expect(cache.get("larger than all")).toBeUndefined();
  });
});
