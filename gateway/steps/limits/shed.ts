import { sharedBodyMemory } from "../../http/bodyMemory";
import { countExchanges } from "../../route/enterRoute";
import {
  findOptionIssues,
  integerRule,
  nameRule,
  type OptionRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import { throwIssues } from "../../route/throwIssues";
import type { Step } from "../../route/Step";
import type { Issue } from "../../../src";
import { sharedEventLoopDelay, type EventLoopDelay } from "./EventLoopDelay";
import { refuseRequest } from "./refuseRequest";

/**
 * Options of {@link shed}. At least one of the three limits must be set.
 *
 * @category Gateway
 */
export interface ShedOptions {
  /**
   * Most milliseconds by which the event loop is late, on average over one second of time; a number from 1 to 60,000. Blocks count by how
   * long they last: one of 400 ms in a second is a mean of 160 ms. A process that handles requests at its own pace is late by less than
   * 10 ms.
   */
  readonly eventLoopDelayMs?: number | undefined;

  /** Most requests in progress in all routes of this process together, an integer from 1 to 1,000,000. */
  readonly inFlight?: number | undefined;

  /** Share of the memory for bodies (`bodyMemory`) from which requests are refused, more than 0 and at most 1. */
  readonly bodyMemory?: number | undefined;

  /** Name of the step, 1 to 100 characters. Defaults to `shed`. */
  readonly name?: string | undefined;
}

/**
 * Creates a step that refuses requests with 503 and `Retry-After: 1` while this process is overloaded, so that the others are still handled
 * in time. Put it before all steps that do work, after those for logs and `cors`. The steps of a process measure the event loop together, from their first request until their routes are closed.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const step = shed({
 *   eventLoopDelayMs: 100,
 *   inFlight: 2_000,
 *   bodyMemory: 0.9,
 * });
 *
 * @category Gateway
 */
export function shed(options: ShedOptions): Step {
  return createShed(options, sharedEventLoopDelay);
}

/** Creates the step with a measurement of the event loop. */
export function createShed(options: ShedOptions, delay: EventLoopDelay): Step {
  throwIssues("shed", findIssues(options));
  const { eventLoopDelayMs, inFlight, bodyMemory, name = "shed" } = options;
  const user = {};
  const findOverload = (): string | undefined => {
    if (inFlight !== undefined && countExchanges() > inFlight)
      return "too many requests in progress";
    if (bodyMemory !== undefined && shareOfBodyMemory() >= bodyMemory)
      return "the memory for bodies is used up";
    return eventLoopDelayMs !== undefined && delay.read(user) > eventLoopDelayMs
      ? "the event loop is late"
      : undefined;
  };
  return {
    name,
    request: () => {
      const overload = findOverload();
      return overload === undefined
        ? undefined
        : refuseRequest({
            status: 503,
            reason: `the server is overloaded: ${overload}`,
          });
    },
    close: () => {
      delay.release(user);
    },
  };
}

function shareOfBodyMemory(): number {
  const { bytes, maxBytes } = sharedBodyMemory.inspect();
  return bytes / maxBytes;
}

const numberRule = (
  expected: string,
  accepts: (value: number) => boolean,
): OptionRule => ({
  rule: "range",
  expected,
  accepts: (value) => typeof value === "number" && accepts(value),
});

const RULES: OptionRules<ShedOptions> = {
  eventLoopDelayMs: numberRule(
    "a number from 1 to 60,000",
    (ms) => ms >= 1 && ms <= 60_000,
  ),
  inFlight: integerRule(1, 1_000_000),
  bodyMemory: numberRule(
    "a number greater than 0 and at most 1",
    (share) => share > 0 && share <= 1,
  ),
  name: nameRule,
};

function findIssues(options: ShedOptions): Issue[] {
  const issues = findOptionIssues(options, RULES, { operation: "shed" });
  if (issues.length > 0) return issues;
  const { eventLoopDelayMs, inFlight, bodyMemory } = options;
  return (eventLoopDelayMs ?? inFlight ?? bodyMemory) === undefined
    ? [
        {
          path: "",
          rule: "required",
          message:
            "at least one of eventLoopDelayMs, inFlight and bodyMemory must be set",
        },
      ]
    : [];
}
