import type { Clock } from "../../../src";
import { systemClock } from "../../../src/internal";
import {
  choiceRule,
  findOptionIssues,
  integerRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import { throwIssues } from "../../route/throwIssues";
import type { Step } from "../../route/Step";
import { createKeyReader } from "./createKeyReader";
import { LimitCharger } from "./LimitCharger";
import type { LimitKey } from "./LimitKey";
import type { LimitOptions } from "./LimitOptions";
import { findStoreIssues, keyRule, STORE_RULES } from "./limitRules";
import type { FixedWindow } from "./LimitStore";
import { MemoryLimitStore } from "./MemoryLimitStore";
import { PeriodClock, type Period } from "./PeriodClock";

/** Most requests in a period. */
const MAX_LIMIT = 1_000_000_000_000;

/**
 * Options of {@link quota}.
 *
 * @category Gateway
 */
export interface QuotaOptions extends LimitOptions {
  /** Most requests in a period, an integer from 1 to 1,000,000,000,000. */
  readonly limit: number;

  /** The period: a calendar hour, day, week (from Monday) or month of the time zone. */
  readonly period: "hour" | "day" | "week" | "month";

  /**
   * Time zone in which periods begin, as an IANA name such as `Europe/Berlin`. Where clocks are changed, a day has 23 or 25 hours. Defaults to
   * `UTC`.
   */
  readonly timeZone?: string | undefined;

  /** What has a count of its own. Defaults to `"client"`. */
  readonly key?: LimitKey | undefined;

  /**
   * Requests to subtract from `limit` in the first period: the one in which the step is created. An integer from 0 to `limit`, as `offset`
   * of API Gateway's usage plans. Defaults to 0.
   */
  readonly offset?: number | undefined;
}

/**
 * Creates a step that limits how many requests pass in a calendar period. Further requests are refused with 429; `Retry-After` is the number of
 * seconds until the period ends. A request that a later step refuses has been counted.
 *
 * Without a `store`, the counts are in the memory of this process, at most 100,000 in a step: they begin at zero when the process starts, and
 * each process has counts of its own. For a quota that must survive that, implement `LimitStore` with a database.
 *
 * @param options - The quota.
 * @param hooks - Clock for tests. Defaults to the machine's clock.
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const step = quota({
 *   limit: 10_000,
 *   period: "day",
 *   timeZone: "Europe/Berlin",
 *   key: "apiKey",
 * });
 *
 * @category Gateway
 */
export function quota(
  options: QuotaOptions,
  { clock = systemClock }: { readonly clock?: Clock | undefined } = {},
): Step {
  throwIssues("quota", findIssues(options));
  const { name = "quota", period, timeZone = "UTC", key = "client" } = options;
  const store = options.store ?? new MemoryLimitStore({}, { clock });
  const charger = new LimitCharger({
    options: { ...options, name, store },
    reason: `the quota of this ${period} is used up`,
    clock,
  });
  const scope = `quota ${JSON.stringify(name)} ${period} `;
  const readKey = createKeyReader(key);
  const currentWindow = trackWindow(options, {
    periods: new PeriodClock(period, timeZone),
    clock,
  });
  const { done } = charger;
  return {
    name,
    request: (exchange) =>
      charger.charge(exchange, [
        { key: scope + readKey(exchange), limit: currentWindow() },
      ]),
    ...(done && { done }),
  };
}

/** Creates a function that returns the current window. It is calculated once in a period. */
function trackWindow(
  { limit, offset = 0 }: QuotaOptions,
  { periods, clock }: { readonly periods: PeriodClock; readonly clock: Clock },
): () => FixedWindow {
  const windowAt = (time: number, limit: number): FixedWindow => ({
    type: "window",
    limit,
    ...periods.windowAt(time),
  });
  let current = windowAt(clock.now(), limit - offset);
  return () => {
    const now = clock.now();
    if (now < current.startsAt || now >= current.endsAt)
      current = windowAt(now, limit);
    return current;
  };
}

const PERIODS: readonly Period[] = ["hour", "day", "week", "month"];

const RULES: OptionRules<QuotaOptions> = {
  limit: { ...integerRule(1, MAX_LIMIT), isRequired: true },
  period: { ...choiceRule(PERIODS), isRequired: true },
  timeZone: {
    rule: "timeZone",
    expected: "the IANA name of a time zone, such as Europe/Berlin",
    accepts: isTimeZone,
  },
  key: keyRule,
  offset: {
    rule: "range",
    expected: "an integer from 0 to limit",
    accepts: (offset) => Number.isInteger(offset) && Number(offset) >= 0,
  },
  ...STORE_RULES,
};

function findIssues(options: QuotaOptions) {
  const issues = findOptionIssues(options, RULES, { operation: "quota" });
  if (issues.length > 0) return issues;
  const { limit, offset = 0 } = options;
  return [
    ...findStoreIssues(options),
    ...(offset > limit
      ? [
          {
            path: "offset",
            rule: "range",
            message: "offset must be an integer from 0 to limit",
          },
        ]
      : []),
  ];
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return new PeriodClock("day", value) instanceof PeriodClock;
  } catch {
    return false;
  }
}
