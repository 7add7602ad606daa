import type { Clock } from "../../../src";
import { systemClock } from "../../../src/internal";
import {
  findOptionIssues,
  integerRule,
  millisecondsRule,
  nameRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import { throwIssues } from "../../route/throwIssues";
import type { Step } from "../../route/Step";
import type { Verdict } from "../../route/verdict/Verdict";
import { createKeyReader } from "./createKeyReader";
import type { Admission } from "./Gate";
import { Gates } from "./Gates";
import type { LimitKey } from "./LimitKey";
import { keyRule } from "./limitRules";
import { refuseRequest } from "./refuseRequest";

const DEFAULT_QUEUE_TIMEOUT_MS = 10_000;

/**
 * Options of {@link concurrency}.
 *
 * @category Gateway
 */
export interface ConcurrencyOptions {
  /** Most requests at once for each key, an integer from 1 to 1,000,000. */
  readonly limit: number;

  /** Most requests that wait for each key, an integer from 0 to 1,000,000. Defaults to 0: none waits. */
  readonly queue?: number | undefined;

  /** Most milliseconds that a request waits, 1 to 2,147,483,647. Defaults to 10,000. */
  readonly queueTimeoutMs?: number | undefined;

  /** What has a limit and a queue of its own. Defaults to `"route"`: all requests that reach the step. */
  readonly key?: LimitKey | undefined;

  /** Name of the step, 1 to 100 characters. Defaults to `concurrency`. */
  readonly name?: string | undefined;
}

/**
 * Creates a step that limits how many requests are in progress at once: from this step until the last byte of the response was sent, the
 * exchange failed, or the client left. Up to `queue` further requests wait in the order of their arrival, up to `queueTimeoutMs`. A client that
 * leaves while it waits gives up its place.
 *
 * Other requests are refused with `Retry-After: 1` and status 503 if the limit is for all requests, or 429 if it is for each client or another
 * key. The counts are in the memory of this process.
 *
 * @param options - The limit.
 * @param hooks - Clock for tests. Defaults to the machine's clock.
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const step = concurrency({ limit: 50, queue: 200, queueTimeoutMs: 2_000 });
 *
 * @category Gateway
 */
export function concurrency(
  options: ConcurrencyOptions,
  { clock = systemClock }: { readonly clock?: Clock | undefined } = {},
): Step {
  throwIssues(
    "concurrency",
    findOptionIssues(options, RULES, { operation: "concurrency" }),
  );
  const { name = "concurrency", key = "route", limit, queue = 0 } = options;
  const { queueTimeoutMs = DEFAULT_QUEUE_TIMEOUT_MS } = options;
  const gates = new Gates({ limit, queue, queueTimeoutMs }, clock);
  const readKey = createKeyReader(key);
  const status = key === "route" ? 503 : 429;
  const toVerdict = (admission: Admission): Verdict =>
    admission === "admitted"
      ? undefined
      : refuseRequest({ status, reason: REASONS[admission] });
  return {
    name,
    request: (exchange) => {
      const admission = gates.enter(readKey(exchange), exchange);
      return typeof admission === "string"
        ? toVerdict(admission)
        : admission.then(toVerdict);
    },
    done: (exchange) => {
      gates.release(exchange);
    },
    close: () => {
      gates.close();
    },
  };
}

const REASONS: Readonly<Record<Exclude<Admission, "admitted">, string>> = {
  full: "too many requests at once",
  timeout: "too many requests at once, also after waiting",
  left: "the client left while it waited",
};

const RULES: OptionRules<ConcurrencyOptions> = {
  limit: { ...integerRule(1, 1_000_000), isRequired: true },
  queue: integerRule(0, 1_000_000),
  queueTimeoutMs: millisecondsRule,
  key: keyRule,
  name: nameRule,
};
