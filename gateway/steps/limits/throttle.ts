import type { Clock, Issue } from "../../../src";
import { systemClock } from "../../../src/internal";
import type { Exchange } from "../../http/Exchange";
import {
  findOptionIssues,
  integerRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import { throwIssues } from "../../route/throwIssues";
import type { Step, StepHandler } from "../../route/Step";
import { createKeyReader, type KeyReader } from "./createKeyReader";
import { LimitCharger } from "./LimitCharger";
import type { LimitKey } from "./LimitKey";
import type { LimitOptions } from "./LimitOptions";
import { findStoreIssues, keyRule, STORE_RULES } from "./limitRules";
import type { LimitCharge, TokenBucket } from "./LimitStore";
import { MemoryLimitStore } from "./MemoryLimitStore";
import { toTokenBucket } from "./toTokenBucket";

const MAX_LIMITS = 10;

/**
 * One limit of {@link throttle}.
 *
 * @category Gateway
 */
export interface ThrottleLimit {
  /**
   * Tokens that are added per second, 0.000001 to 1,000,000. Can be a fraction: `100 / 3600` is 100 per hour. It is calculated with as a
   * fraction whose denominator is at most 1,000,000.
   */
  readonly rate: number;

  /** Most tokens of a bucket, and so most requests at once, an integer from 1 to 1,000,000. */
  readonly burst: number;

  /** What has a bucket of its own. Defaults to `"client"`. */
  readonly key?: LimitKey | undefined;
}

/**
 * Options of {@link throttle}: one limit, or several in `limits`, which are charged all or none.
 *
 * @category Gateway
 */
export type ThrottleOptions =
  | (ThrottleLimit &
      LimitOptions & {
        /** Not allowed together with `rate`. */
        readonly limits?: undefined;
      })
  | (LimitOptions & {
      /** 1 to 10 limits. */
      readonly limits: readonly ThrottleLimit[];

      /** Not allowed together with `limits`. */
      readonly rate?: undefined;

      /** Not allowed together with `limits`. */
      readonly burst?: undefined;

      /** Not allowed together with `limits`. */
      readonly key?: undefined;
    })
  | readonly ThrottleLimit[];

/**
 * Creates a step that limits how many requests pass per second, with token buckets: each request takes a token from its bucket, which holds
 * `burst` tokens and receives `rate` per second. Without a token, the request is refused with 429 and `Retry-After`, in whole seconds. With
 * several limits, a request takes a token of each, or none of any.
 *
 * Without a `store`, the buckets are in the memory of this process, at most 100,000 in a step: they are full again when the process starts,
 * and each process has buckets of its own. See `MemoryLimitStore`.
 *
 * @param options - The limits. An array is the same as `{ limits: [...] }`.
 * @param hooks - Clock for tests. Defaults to the machine's clocks.
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const route = createRoute({
 *   steps: [
 *     throttle([
 *       { rate: 10, burst: 20 },
 *       { rate: 1_000, burst: 2_000, key: "route" },
 *     ]),
 *   ],
 *   origin: "http://127.0.0.1:3000",
 * });
 *
 * @category Gateway
 */
export function throttle(
  options: ThrottleOptions,
  { clock }: { readonly clock?: Clock | undefined } = {},
): Step {
  const given = isList(options) ? { limits: options } : options;
  throwIssues("throttle", findIssues(given));
  const { name = "throttle", store = new MemoryLimitStore({}, { clock }) } =
    given;
  const charger = new LimitCharger({
    options: { ...given, name, store },
    reason: "too many requests",
    clock: clock ?? systemClock,
  });
  const limits = given.limits ?? [given];
  const scoped = limits.map(({ key = "client", ...limit }, index) => ({
    scope: `throttle ${JSON.stringify(name)} ${index} `,
    readKey: createKeyReader(key),
    limit: toTokenBucket(limit),
  }));
  const { done } = charger;
  return {
    name,
    request: createHandler(charger, scoped),
    ...(done && { done }),
  };
}

/** A bucket, and how its keys are made. */
interface ScopedBucket {
  readonly scope: string;
  readonly readKey: KeyReader;
  readonly limit: TokenBucket;
}

function createHandler(
  charger: LimitCharger,
  limits: readonly ScopedBucket[],
): StepHandler {
  const toCharge = (
    { scope, readKey, limit }: ScopedBucket,
    exchange: Exchange,
  ): LimitCharge => ({ key: scope + readKey(exchange), limit });
  const [first, ...others] = limits;
  return first && others.length === 0
    ? (exchange) => charger.charge(exchange, [toCharge(first, exchange)])
    : (exchange) =>
        charger.charge(
          exchange,
          limits.map((limit) => toCharge(limit, exchange)),
        );
}

const LIMIT_RULES: OptionRules<ThrottleLimit> = {
  rate: {
    rule: "range",
    expected: "a number from 0.000001 to 1,000,000",
    accepts: (rate) =>
      typeof rate === "number" && rate >= 0.000_001 && rate <= 1_000_000,
    isRequired: true,
  },
  burst: { ...integerRule(1, 1_000_000), isRequired: true },
  key: keyRule,
};

const LIMITS_RULES: OptionRules<LimitOptions & { limits: unknown }> = {
  limits: {
    rule: "array",
    expected: `an array of 1 to ${MAX_LIMITS} limits`,
    accepts: (limits) =>
      Array.isArray(limits) &&
      limits.length >= 1 &&
      limits.length <= MAX_LIMITS,
  },
  ...STORE_RULES,
};

function findIssues(
  options: Exclude<ThrottleOptions, readonly unknown[]>,
): Issue[] {
  const operation = "throttle";
  const { limits } = (options as typeof options | null) ?? {};
  if (limits === undefined)
    return [
      ...findOptionIssues<ThrottleLimit & LimitOptions>(
        options,
        { ...LIMIT_RULES, ...STORE_RULES },
        { operation },
      ),
      ...findStoreIssues(options),
    ];
  const each: readonly unknown[] = Array.isArray(limits) ? limits : [];
  return [
    ...findOptionIssues(options, LIMITS_RULES, { operation }),
    ...each.flatMap((limit, index) =>
      findOptionIssues(limit, LIMIT_RULES, {
        operation,
        path: `limits[${index}]`,
      }),
    ),
    ...findStoreIssues(options),
  ];
}

const isList = (
  options: ThrottleOptions,
): options is readonly ThrottleLimit[] => Array.isArray(options);
