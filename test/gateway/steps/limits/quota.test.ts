import { quota, type QuotaOptions } from "../../../../gateway";
import { FakeClock } from "../../../FakeClock";
import { issuesOf, messageOf, passes, send } from "./scenario";

const create = (startsAt: string, options: Partial<QuotaOptions> = {}) => {
  const clock = new FakeClock({ startsAt: Date.parse(startsAt) });
  const step = quota(
    { limit: 2, period: "day", key: "route", ...options },
    { clock },
  );
  return { clock, send: () => send(step), passes: () => passes(step), step };
};

describe("quota", () => {
  it("lets limit requests pass in a period, and refuses others until it ends", () => {
    const { clock, send } = create("2026-11-20T22:00:00Z");
    const refused = (seconds: number) =>
      `429, ${seconds} s: the quota of this day is used up`;
    expect([send(), send(), send()]).toEqual([
      "passes",
      "passes",
      refused(7200),
    ]);
    clock.pass(7_199_001);
    expect(send()).toBe(refused(1));
    clock.pass(999);
    expect([send(), send(), send()]).toEqual([
      "passes",
      "passes",
      refused(86_400),
    ]);
  });

  it.each<[QuotaOptions["period"], string, number]>([
    ["hour", "UTC", 1_800],
    ["hour", "Asia/Kathmandu", 2_700],
    ["day", "UTC", 41_400],
    ["day", "Europe/Berlin", 37_800],
    ["week", "UTC", 41_400 + 2 * 86_400],
    ["month", "UTC", 41_400 + 10 * 86_400],
  ])("refuses until the next %s in %s", (period, timeZone, seconds) => {
    // A Friday.
    const { send } = create("2026-11-20T12:30:00Z", {
      period,
      timeZone,
      limit: 1,
    });
    send();
    expect(send()).toBe(
      `429, ${seconds} s: the quota of this ${period} is used up`,
    );
  });

  it("counts each client separately by default", () => {
    const { step } = create("2026-11-20T12:00:00Z", {
      key: undefined,
      limit: 1,
    });
    const [a, b] = [{ address: "192.0.2.1" }, { address: "192.0.2.2" }];
    expect([a, b, a].map((client) => passes(step, client))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("subtracts offset in the period in which it was created, and only there", () => {
    const { clock, passes } = create("2026-11-20T23:00:00Z", {
      limit: 3,
      offset: 2,
    });
    expect([passes(), passes()]).toEqual([true, false]);
    clock.pass(3_600_000);
    expect([1, 2, 3, 4].map(passes)).toEqual([true, true, true, false]);
  });

  it("refuses all requests of the first period if offset is limit", () => {
    const { passes } = create("2026-11-20T23:00:00Z", { offset: 2 });
    expect(passes()).toBe(false);
  });

  it("does not begin a period again when the clock is set back", () => {
    let time = Date.parse("2026-11-20T23:59:59Z");
    const clock = { now: () => time, after: () => () => undefined };
    const step = quota({ limit: 2, period: "day", key: "route" }, { clock });
    const passesAt = (at: string): boolean => {
      time = Date.parse(at);
      return passes(step);
    };
    expect(passesAt("2026-11-21T00:00:00Z")).toBe(true);
    expect(passesAt("2026-11-20T23:59:59Z")).toBe(true);
    expect(passesAt("2026-11-20T23:59:59Z")).toBe(false);
    expect(passesAt("2026-11-21T00:00:01Z")).toBe(false);
    expect(passesAt("2026-11-22T00:00:00Z")).toBe(true);
  });
});

describe("the options of quota", () => {
  const valid = { limit: 1, period: "day" };

  it.each([
    [valid],
    [{ ...valid, timeZone: "Europe/Berlin", offset: 1, name: "a" }],
    [{ limit: 1e12, period: "month", key: "apiKey" }],
  ])("can be %j", (options) => {
    expect(issuesOf(() => quota(options as never))).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [null, [" object"]],
    [[], [" object"]],
    [{}, ["limit required", "period required"]],
    [{ limit: 0, period: "year" }, ["limit range", "period choice"]],
    [{ limit: 1.5, period: 5 }, ["limit range", "period choice"]],
    [{ ...valid, timeZone: "Europe/Berln" }, ["timeZone timeZone"]],
    [{ ...valid, timeZone: "" }, ["timeZone timeZone"]],
    [{ ...valid, timeZone: null }, ["timeZone timeZone"]],
    [{ ...valid, offset: 2 }, ["offset range"]],
    [{ ...valid, offset: -1 }, ["offset range"]],
    [{ ...valid, timezone: "UTC" }, ["timezone unknown"]],
    [{ ...valid, onStoreFailure: "allow" }, ["onStoreFailure store"]],
    [{ ...valid, store: { charge: () => undefined } }, ["name required"]],
  ])("cannot be %j", (options, issues) => {
    expect(issuesOf(() => quota(options as never))).toEqual(issues);
  });

  it("are described", () => {
    expect(
      messageOf(() =>
        quota({ limit: 1, period: "year", timezone: "UTC" } as never),
      ),
    ).toBe(
      'quota: timezone is not an option of quota; did you mean timeZone? period must be "hour" or "day" or "week" or "month".',
    );
  });
});
