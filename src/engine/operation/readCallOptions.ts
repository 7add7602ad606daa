import { types } from "node:util";
import type { Issue } from "../../errors";
import { timeoutRule } from "../settings/connectionRules";
import { copyKnownFields } from "../validation/copyKnownFields";
import type { Input } from "../validation/Input";
import { notInOptions } from "../validation/misplacedFields";
import { isPlainObject } from "../text/isPlainObject";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import type { Rule } from "../validation/Rule";

/** The rules of the options that every operation accepts. */
export const CALL_OPTION_RULES = {
  signal: (value: unknown) =>
    isSignal(value)
      ? undefined
      : {
          rule: "signal",
          message:
            "signal must be an AbortSignal, for example the signal of an AbortController",
        },
  timeoutMs: timeoutRule("timeoutMs"),
};

/** How options are read. */
export interface OptionsSchema {
  readonly rules: Readonly<Record<string, Rule>>;
  /** What the options belong to, for messages. */
  readonly what: string;
  readonly context: InputErrorContext;
  /** Fields of the request, which do not belong in the options. */
  readonly requestFields: readonly string[];
}

/**
 * Reads and validates the options of one execution.
 *
 * @throws `ERR_INVALID_INPUT` with every option that breaks a rule and every unknown option.
 */
export function readCallOptions<Options extends object>(
  options: Input<Options> | undefined,
  { rules, what, context, requestFields }: OptionsSchema,
): Partial<Options> {
  if (options === undefined) return {};
  const issues: Issue[] = [];
  const fields = Object.keys(rules);
  if (!isPlainObject(options))
    issues.push({
      path: "options",
      rule: "object",
      message: `the options must be an object with ${fields.join(", ")}, for example { signal }`,
    });
  const known = copyKnownFields(Object(options) as object, {
    what,
    fields,
    issues,
    elsewhere: () => notInOptions(requestFields),
  });
  for (const [path, rule] of Object.entries(rules)) {
    const value = known[path];
    const violation = value === undefined ? undefined : rule(value);
    if (violation) issues.push({ path, ...violation });
  }
  throwIfInvalid(issues, context);
  return known as Partial<Options>;
}

/** Whether a value is an `AbortSignal`, of this realm or another. */
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
