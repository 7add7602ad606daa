import type { Issue } from "../../errors";
import { copyOptionalFields } from "../validation/copyKnownFields";
import { throwIfInvalid } from "../validation/parse";
import type { TestHooks } from "./TestHooks";

/** The required methods of each test hook. Hooks that are not listed here are rejected. */
const HOOK_METHODS: Readonly<Record<keyof TestHooks, readonly string[]>> = {
  clock: ["now", "after"],
  transport: ["send"],
};

/**
 * Reads the test hooks once. Unknown names are rejected, because a misspelled transport would send requests to AWS.
 * `null` means no hooks.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each invalid or unknown property.
 */
export function readTestHooks(
  input: TestHooks | null | undefined,
  operation: string,
): TestHooks {
  const issues: Issue[] = [];
  const hooks = copyOptionalFields(input, {
    what: "set of test hooks",
    fields: Object.keys(HOOK_METHODS),
    issues,
  });
  for (const [path, methods] of Object.entries(HOOK_METHODS)) {
    const hook = hooks[path];
    if (hook !== undefined && !hasMethods(hook, methods))
      issues.push({
        path,
        rule: "testHook",
        message: `${path} must be an object with the method${methods.length > 1 ? "s" : ""} ${methods.join(" and ")}`,
      });
  }
  throwIfInvalid(issues, { operation, outcome: "" });
  return hooks;
}

function hasMethods(hook: unknown, methods: readonly string[]): boolean {
  if (typeof hook !== "object" || hook === null) return false;
  try {
    return methods.every(
      (name) => typeof (hook as Record<string, unknown>)[name] === "function",
    );
  } catch {
    return false;
  }
}
