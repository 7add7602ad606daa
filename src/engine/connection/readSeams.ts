import type { Issue } from "../../errors";
import { copyGiven } from "../validation/copyKnown";
import { refuse } from "../validation/parse";
import type { Seams } from "./Pool";

/** The methods that make a seam; the list is what makes a field known. */
const SEAMS: Readonly<Record<keyof Seams, readonly string[]>> = {
  clock: ["now", "after"],
  transport: ["send"],
};

/**
 * Reads the seams, once: a slip in a name would speak to the real AWS. `null` is absent.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule, and every unknown one.
 */
export function readSeams(
  given: Seams | null | undefined,
  operation: string,
): Seams {
  const issues: Issue[] = [];
  const known = copyGiven(given, {
    what: "pair of seams",
    fields: Object.keys(SEAMS),
    issues,
  });
  for (const [path, methods] of Object.entries(SEAMS)) {
    const seam = known[path];
    if (seam !== undefined && !hasMethods(seam, methods))
      issues.push({
        path,
        rule: "seam",
        message: `${path} takes an object with ${methods.join(" and ")}`,
      });
  }
  refuse(issues, { operation, outcome: "the seams cannot be used" });
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
