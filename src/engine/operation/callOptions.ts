import { types } from "node:util";
import type { Issue } from "../../errors";
import { timeoutRule } from "../connection/connectionRules";
import { copyKnownFields } from "../validation/copyKnownFields";
import type { Input } from "../validation/Input";
import { isPlainObject } from "../text/isPlainObject";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";

/** What is wrong with an option, in words; `undefined`: nothing. */
type Rule = (value: unknown) => string | undefined;

/** The options of every execution. */
export const CALL_RULES = {
  signal: (value: unknown) =>
    isSignal(value)
      ? undefined
      : "signal takes an AbortSignal, for example that of an AbortController",
  timeoutMs: timeoutRule("timeoutMs"),
};

/** What options there are, and for whom they are read. */
export interface OptionsSchema {
  readonly rules: Readonly<Record<string, Rule>>;
  /** What they are, for messages. */
  readonly what: string;
  readonly refusal: InputErrorContext;
}

/**
 * Reads what goes with one execution, once.
 *
 * @throws `ERR_INVALID_INPUT` naming each option that breaks a rule, and every unknown one.
 */
export function readOptions<Options extends object>(
  options: Input<Options> | undefined,
  { rules, what, refusal }: OptionsSchema,
): Partial<Options> {
  if (options === undefined) return {};
  const issues: Issue[] = [];
  const fields = Object.keys(rules);
  if (!isPlainObject(options))
    issues.push({
      path: "options",
      rule: "object",
      message: `the options take an object with ${fields.join(", ")}, for example { signal }`,
    });
  const known = copyKnownFields(Object(options) as object, {
    what,
    fields,
    issues,
  });
  for (const [path, rule] of Object.entries(rules)) {
    const value = known[path];
    const message = value === undefined ? undefined : rule(value);
    if (message !== undefined) issues.push({ path, rule: "option", message });
  }
  throwIfInvalid(issues, refusal);
  return known as Partial<Options>;
}

/** An `AbortSignal` of whichever realm. */
function isSignal(value: unknown): boolean {
  if (typeof value !== "object" || value === null || types.isProxy(value))
    return false;
  try {
    const { aborted, addEventListener, removeEventListener } =
      value as Partial<AbortSignal>;
    return (
      typeof aborted === "boolean" &&
      typeof addEventListener === "function" &&
      typeof removeEventListener === "function"
    );
  } catch {
    return false;
  }
}
