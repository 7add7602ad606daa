import type { Issue } from "../../errors";
import { copyOptionalFields } from "../validation/copyKnownFields";
import { throwIfInvalid } from "../validation/parse";
import type { TestHooks } from "./TestHooks";

/** The methods that make a seam; the list is what makes a field known. */
const HOOK_METHODS: Readonly<Record<keyof TestHooks, readonly string[]>> = {
  clock: ["now", "after"],
  transport: ["send"],
};

/**
 * Reads the seams, once: a slip in a name would speak to the real AWS. `null` is absent.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule, and every unknown one.
 */
export function readTestHooks(
  given: TestHooks | null | undefined,
  operation: string,
): TestHooks {
  const issues: Issue[] = [];
  const known = copyOptionalFields(given, {
    what: "pair of seams",
    fields: Object.keys(HOOK_METHODS),
    issues,
  });
  for (const [path, methods] of Object.entries(HOOK_METHODS)) {
    const seam = known[path];
    if (seam !== undefined && !hasMethods(seam, methods))
      issues.push({
        path,
        rule: "seam",
        message: `${path} takes an object with ${methods.join(" and ")}`,
      });
  }
  throwIfInvalid(issues, { operation, outcome: "the seams cannot be used" });
  return known;
}

function hasMethods(seam: unknown, methods: readonly string[]): boolean {
  if (typeof seam !== "object" || seam === null) return false;
  try {
    return methods.every(
      (name) => typeof (seam as Record<string, unknown>)[name] === "function",
    );
  } catch {
    return false;
  }
}
