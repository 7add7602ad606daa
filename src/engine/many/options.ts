import type { Issue } from "../../errors";
import type { CallOptions } from "../Call";
import { timeRule } from "../connectionRules";
import { copyKnown } from "../copyKnown";
import type { Given } from "../Given";
import { isPlainObject } from "../isPlainObject";
import { refuse, type Refusal } from "../parse";
import type { ManyProgress } from "./Progress";

/**
 * What may go with the execution of many.
 *
 * @example
 * await connector.invokeMany(
 *   { requests: [{ functionName: "price", payload: { sku: "A-17" } }] },
 *   { timeoutMs: 60_000, onProgress: ({ done, failed }) => console.log(done, failed) },
 * );
 */
export interface ManyOptions extends CallOptions {
  /**
   * Stops the run when it fires: nothing new is sent, and what is in flight ends with `ERR_DEADLINE`; a running function runs
   * on. Absent: nothing stops it but its reader.
   */
  readonly signal?: AbortSignal;

  /** Longest time of each invocation, in ms; 1 to 2,147,483,647. Absent: the connection's `timeoutMs`. */
  readonly timeoutMs?: number;

  /** Called with how far it has come, at most every 100 ms and once at the end. Absent: nobody is told. */
  readonly onProgress?: (progress: ManyProgress) => void;
}

const RULES = {
  signal: (value: unknown) =>
    isSignal(value)
      ? undefined
      : "signal takes an AbortSignal, for example that of an AbortController",
  timeoutMs: timeRule("timeoutMs"),
  onProgress: (value: unknown) =>
    typeof value === "function" ? undefined : "onProgress takes a function",
};

/**
 * Reads the options of one run, once.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function readManyOptions(
  options: Given<ManyOptions> | undefined,
  refusal: Refusal,
): ManyOptions {
  const issues: Issue[] = [];
  if (options !== undefined && !isPlainObject(options))
    issues.push({
      path: "options",
      rule: "object",
      message:
        "the options take an object with signal, timeoutMs and onProgress, for example { signal }",
    });
  const known = copyKnown(Object(options ?? {}) as object, {
    what: "run's options",
    fields: Object.keys(RULES),
    issues,
  });
  for (const [path, rule] of Object.entries(RULES)) {
    const value = known[path];
    const message = value === undefined ? undefined : rule(value);
    if (message !== undefined) issues.push({ path, rule: "option", message });
  }
  refuse(issues, refusal);
  return known;
}

/** An `AbortSignal` of whichever realm. */
function isSignal(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { aborted, addEventListener, removeEventListener } =
    value as Partial<AbortSignal>;
  return (
    typeof aborted === "boolean" &&
    typeof addEventListener === "function" &&
    typeof removeEventListener === "function"
  );
}
