import {
  PeriodClock,
  type Period,
} from "../../../../gateway/steps/limits/PeriodClock";

const windowAt = (
  period: Period,
  timeZone: string,
  time: string,
): [string, string] => {
  const { startsAt, endsAt } = new PeriodClock(period, timeZone).windowAt(
    Date.parse(time),
  );
  return [startsAt, endsAt].map((at) => new Date(at).toISOString()) as [
    string,
    string,
  ];
};

describe("PeriodClock", () => {
  it.each<[string, Period, string, string, string, string]>([
    [
      "an hour",
      "hour",
      "UTC",
      "2026-11-20T12:34:56.789Z",
      "2026-11-20T12:00:00",
      "2026-11-20T13:00:00",
    ],
    [
      "the first moment of an hour",
      "hour",
      "UTC",
      "2026-11-20T12:00:00Z",
      "2026-11-20T12:00:00",
      "2026-11-20T13:00:00",
    ],
    [
      "the last moment of an hour",
      "hour",
      "UTC",
      "2026-11-20T12:59:59.999Z",
      "2026-11-20T12:00:00",
      "2026-11-20T13:00:00",
    ],
    [
      "an hour at an offset of 45 minutes",
      "hour",
      "Asia/Kathmandu",
      "2026-11-20T12:34:00Z",
      "2026-11-20T12:15:00",
      "2026-11-20T13:15:00",
    ],
    [
      "an hour before clocks are set back",
      "hour",
      "Europe/Berlin",
      "2026-10-25T00:30:00Z",
      "2026-10-25T00:00:00",
      "2026-10-25T01:00:00",
    ],
    [
      "the same hour after clocks are set back",
      "hour",
      "Europe/Berlin",
      "2026-10-25T01:30:00Z",
      "2026-10-25T01:00:00",
      "2026-10-25T02:00:00",
    ],
    [
      "half an hour after clocks are set back by that",
      "hour",
      "Australia/Lord_Howe",
      "2026-04-04T15:10:00Z",
      "2026-04-04T15:00:00",
      "2026-04-04T15:30:00",
    ],
    [
      "a day",
      "day",
      "UTC",
      "2026-11-20T12:34:56Z",
      "2026-11-20T00:00:00",
      "2026-11-21T00:00:00",
    ],
    [
      "a day west of Greenwich",
      "day",
      "America/New_York",
      "2026-11-20T03:00:00Z",
      "2026-11-19T05:00:00",
      "2026-11-20T05:00:00",
    ],
    [
      "a day of 23 hours",
      "day",
      "Europe/Berlin",
      "2026-03-29T12:00:00Z",
      "2026-03-28T23:00:00",
      "2026-03-29T22:00:00",
    ],
    [
      "a day of 25 hours",
      "day",
      "Europe/Berlin",
      "2026-10-25T12:00:00Z",
      "2026-10-24T22:00:00",
      "2026-10-25T23:00:00",
    ],
    [
      "a day of 23 hours in America",
      "day",
      "America/New_York",
      "2026-03-08T12:00:00Z",
      "2026-03-08T05:00:00",
      "2026-03-09T04:00:00",
    ],
    [
      "a day that begins at one o'clock",
      "day",
      "America/Sao_Paulo",
      "2018-11-04T12:00:00Z",
      "2018-11-04T03:00:00",
      "2018-11-05T02:00:00",
    ],
    [
      "a day that is set back at its end",
      "day",
      "America/Sao_Paulo",
      "2018-02-17T12:00:00Z",
      "2018-02-17T02:00:00",
      "2018-02-18T03:00:00",
    ],
    [
      "the day before one that is left out",
      "day",
      "Pacific/Apia",
      "2011-12-30T09:00:00Z",
      "2011-12-29T10:00:00",
      "2011-12-30T10:00:00",
    ],
    [
      "the day after one that is left out",
      "day",
      "Pacific/Apia",
      "2011-12-30T11:00:00Z",
      "2011-12-30T10:00:00",
      "2011-12-31T10:00:00",
    ],
    [
      "a week from Monday",
      "week",
      "UTC",
      "2026-11-20T12:00:00Z",
      "2026-11-16T00:00:00",
      "2026-11-23T00:00:00",
    ],
    [
      "a week on its Monday",
      "week",
      "UTC",
      "2026-11-16T00:00:00Z",
      "2026-11-16T00:00:00",
      "2026-11-23T00:00:00",
    ],
    [
      "a week on its Sunday",
      "week",
      "UTC",
      "2026-11-22T23:59:59.999Z",
      "2026-11-16T00:00:00",
      "2026-11-23T00:00:00",
    ],
    [
      "a week across years",
      "week",
      "Asia/Tokyo",
      "2026-12-31T12:00:00Z",
      "2026-12-27T15:00:00",
      "2027-01-03T15:00:00",
    ],
    [
      "a week in which clocks are set back",
      "week",
      "Europe/Berlin",
      "2026-10-21T12:00:00Z",
      "2026-10-18T22:00:00",
      "2026-10-25T23:00:00",
    ],
    [
      "a month",
      "month",
      "UTC",
      "2026-11-20T12:00:00Z",
      "2026-11-01T00:00:00",
      "2026-12-01T00:00:00",
    ],
    [
      "a December",
      "month",
      "Asia/Tokyo",
      "2026-12-31T14:59:59Z",
      "2026-11-30T15:00:00",
      "2026-12-31T15:00:00",
    ],
    [
      "a February of a leap year",
      "month",
      "UTC",
      "2028-02-29T12:00:00Z",
      "2028-02-01T00:00:00",
      "2028-03-01T00:00:00",
    ],
    [
      "a month in which clocks are set forward",
      "month",
      "Europe/Berlin",
      "2026-03-10T12:00:00Z",
      "2026-02-28T23:00:00",
      "2026-03-31T22:00:00",
    ],
  ])("finds %s", (...[, period, timeZone, time, startsAt, endsAt]) => {
    expect(windowAt(period, timeZone, time)).toEqual([
      `${startsAt}.000Z`,
      `${endsAt}.000Z`,
    ]);
  });

  it.each<[Period, string]>([
    ["hour", "Europe/Berlin"],
    ["hour", "Australia/Lord_Howe"],
    ["day", "America/Sao_Paulo"],
    ["day", "Africa/Cairo"],
    ["week", "America/New_York"],
    ["month", "Pacific/Apia"],
  ])("finds each %s of %s without a gap or an overlap", (period, timeZone) => {
    const clock = new PeriodClock(period, timeZone);
    let { endsAt } = clock.windowAt(Date.UTC(2026, 2, 27));
    for (let count = 0; count < 200; count++) {
      const next = clock.windowAt(endsAt);
      expect(next.startsAt).toBe(endsAt);
      expect(next.endsAt).toBeGreaterThan(endsAt);
      expect(clock.windowAt(next.endsAt - 1)).toEqual(next);
      endsAt = next.endsAt;
    }
  });

  it("refuses a time zone that does not exist", () => {
    expect(() => new PeriodClock("day", "Mars/Olympus")).toThrow(RangeError);
  });
});
