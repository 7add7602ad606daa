import { isError } from "../text/isError";
import { isObject } from "../text/isObject";
import { Secrets } from "../text/Secrets";
import { failure, type CheckResult, type Contract } from "./Contract";
import { toSchemaIssues } from "./schemaIssues";

/** The key under which a schema implements Standard Schema. */
const STANDARD = "~standard";

/** Whether a value claims to be a Standard Schema. */
export function isSchema(value: unknown): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || !value)
    return false;
  try {
    return STANDARD in value;
  } catch {
    return true;
  }
}

/**
 * Reads a Standard Schema once.
 *
 * @returns Why it cannot be used, as the rest of a sentence, if it cannot.
 */
export function createSchemaContract(schema: object): Contract | string {
  try {
    const standard = (schema as Record<string, unknown>)[STANDARD];
    if (!isObject(standard) && typeof standard !== "function")
      return "must be a Standard Schema, whose ~standard is an object";
    const { version, vendor, validate } = standard as Record<string, unknown>;
    if (version !== 1)
      return "must be a Standard Schema of version 1; update the library of the schema";
    if (typeof validate !== "function")
      return "must be a Standard Schema, whose ~standard.validate is a function";
    const name = typeof vendor === "string" ? vendor.slice(0, 50) : "schema";
    return {
      name: `(a schema of ${name})`,
      sendsInput: false,
      check: (value) =>
        check(value, (each) => validate.call(standard, each) as unknown),
    };
  } catch {
    return "must be a Standard Schema; reading its ~standard threw";
  }
}

type Validate = (value: unknown) => unknown;

/** Validates a value. A schema can return or throw anything. */
function check(
  value: unknown,
  validate: Validate,
): CheckResult | Promise<CheckResult> {
  try {
    const result = validate(value);
    return isThenable(result)
      ? checkAsynchronously(value, result)
      : toResult(result, value);
  } catch (error) {
    return toFailure(error);
  }
}

async function checkAsynchronously(
  value: unknown,
  promise: PromiseLike<unknown>,
): Promise<CheckResult> {
  try {
    return toResult(await promise, value);
  } catch (error) {
    return toFailure(error);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof value["then"] === "function";
}

function toResult(result: unknown, input: unknown): CheckResult {
  // ArkType returns an array with a property `issues`.
  if (typeof result === "object" && result !== null) {
    const { issues, value } = result as Record<string, unknown>;
    if (Array.isArray(issues)) return { issues: toSchemaIssues(issues, input) };
    if (issues === undefined && "value" in result)
      return { issues: [], output: value };
  }
  return failure(
    "contract",
    "the schema returned neither a value nor issues; correct it or update its library",
  );
}

function toFailure(error: unknown): CheckResult {
  return failure(
    "contract",
    "the schema threw; see cause and correct it",
    isError(error) ? new Secrets().toCause(error) : undefined,
  );
}
