import { ReusedAnswers } from "../../../gateway/boomi/ReusedAnswers";

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
function full(): ReusedAnswers {
  const kept = new ReusedAnswers();
  for (let n = 0; n < LIMIT; n++) kept.keep(String(n), reusable());
  return kept;
}

describe("ReusedAnswers", () => {
  it("keeps 1,000 responses", () => {
    const kept = full();

    for (let n = 0; n < LIMIT; n++) expect(kept.get(String(n))).toBeDefined();
  });

  it("drops the least recently used response when it keeps a 1,001st", () => {
    const kept = full();
    kept.get("0");

    kept.keep("another", reusable());

    expect(kept.get("1")).toBeUndefined();
    for (const name of ["0", "2", "999", "another"])
      expect(kept.get(name)).toBeDefined();
  });

  it("returns a response until the time that it names, and not at that time", () => {
    const kept = new ReusedAnswers();
    const response = reusable();
    kept.keep("a", response);

    jest.setSystemTime(NOW + 59_999);
    expect(kept.get("a")).toBe(response);
    jest.setSystemTime(NOW + 60_000);
    expect(kept.get("a")).toBeUndefined();
  });

  it("keeps no response that names no time or a past time", () => {
    const kept = new ReusedAnswers();

    kept.keep("a", {});
    kept.keep("b", { unchangedUntil: NOW });

    expect([kept.get("a"), kept.get("b")]).toEqual([undefined, undefined]);
  });
});
