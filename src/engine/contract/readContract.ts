import type { Issue } from "../../errors";
import { describeType } from "../text/describeType";
import { copyOptionalFields } from "../validation/copyKnownFields";
import { NOT_IN_CONTRACT } from "../validation/misplacedFields";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import { createClassContract, createPrimitiveContract } from "./classContract";
import { findProblems } from "./ClassShape";
import type { Contract } from "./Contract";
import { MAX_ISSUES } from "./IssueList";
import { isCustomClass } from "./PropertyFacts";
import { createSchemaContract, isSchema } from "./schemaContract";

/** Error context for invalid names of functions. */
export const FUNCTION_ERROR_CONTEXT = { operation: "function", outcome: "" };

/** Returns the error context for an invalid contract of a function. */
export function contractErrorContext(functionName: string): InputErrorContext {
  const subject = `the contract of the function ${functionName} is not valid`;
  return { ...FUNCTION_ERROR_CONTEXT, subject };
}

const FIELDS = ["request", "response", "qualifier", "idempotent"];

/** A contract that has been read: its checks, and the fields of the request that it sets. */
export interface CheckedContract {
  readonly request: Contract | undefined;
  readonly response: Contract | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Reads a contract once. `null` means no contract.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each invalid or unknown field, and for each property of a class whose values
 * could not be checked.
 */
export function readContract(
  input: unknown,
  context: InputErrorContext,
): CheckedContract {
  const issues: Issue[] = [];
  const { request, response, ...settings } = copyOptionalFields(input, {
    what: "contract",
    fields: FIELDS,
    issues,
    elsewhere: () => NOT_IN_CONTRACT,
  });
  const contract = {
    request: readSide("request", request, issues),
    response: readSide("response", response, issues),
    settings,
  };
  throwIfInvalid(issues, context);
  return contract;
}

function readSide(
  path: "request" | "response",
  type: unknown,
  issues: Issue[],
): Contract | undefined {
  if (type === undefined) return undefined;
  if (isSchema(type)) {
    const contract = createSchemaContract(type as object);
    if (typeof contract !== "string") return contract;
    issues.push({ path, rule: "schema", message: `${path} ${contract}` });
    return undefined;
  }
  const primitive = createPrimitiveContract(type);
  if (primitive) return primitive;
  if (!isClass(type) || !isCustomClass(type)) {
    const message = `${path} must be a class with class-validator decorators, or a schema of Zod or another library with Standard Schema, not ${describe(type)}`;
    issues.push({ path, rule: "class", message });
    return undefined;
  }
  const problems = findProblems(type, { isSent: path === "request" });
  for (const problem of problems.slice(0, MAX_ISSUES)) {
    const message = `${path} cannot be checked because ${problem}`;
    issues.push({ path, rule: "contract", message });
  }
  return createClassContract(type);
}

function describe(type: unknown): string {
  if (typeof type === "object" && type !== null && !Array.isArray(type))
    return "an instance";
  return isClass(type)
    ? (type as { readonly name: string }).name
    : describeType(type);
}

/** Whether a value can be called with `new`. Does not call its constructor. */
function isClass(value: unknown): boolean {
  try {
    Reflect.construct(Object, [], value as new () => object);
    return true;
  } catch {
    return false;
  }
}
