import type { InvokeFunctionResponse } from "../../../domain";
import {
  isDeclared,
  loadTransformer,
  loadValidator,
} from "../../../domain/decorators";
import { ResponseError, type Issue } from "../../errors";
import { copyOptionalFields } from "./copyKnownFields";
import { isError } from "../text/isError";
import { describeType } from "../text/describeType";
import { throwIfInvalid } from "./parse";
import { toIssues } from "./toIssues";
import { Secrets } from "../text/Secrets";
import { toSentence, describeIssues } from "../text/toSentence";

/** The class of a typed function's request or response. */
export interface Contract<Entity> {
  readonly contract: new () => Entity;
  readonly functionName: string;
}

const OPERATION = "InvokeFunction";

/** Error context for invalid contracts. */
export const CONTRACT_ERROR_CONTEXT = {
  operation: "function",
  outcome: "",
};

const CONTRACT_FIELDS = ["request", "response", "qualifier", "idempotent"];
const CLASS_FIELDS = ["request", "response"] as const;

/**
 * Reads a contract once. `null` means no contract.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each invalid or unknown property.
 */
export function readContract<ContractFields extends object>(
  input: ContractFields | null | undefined,
): Partial<ContractFields> {
  const issues: Issue[] = [];
  const contract = copyOptionalFields(input, {
    what: "contract",
    fields: CONTRACT_FIELDS,
    issues,
  });
  for (const path of CLASS_FIELDS)
    if (contract[path] !== undefined && !isClass(contract[path]))
      issues.push({
        path,
        rule: "class",
        message: `${path} must be a class with class-validator decorators, not ${typeof contract[path] === "object" ? "an instance" : describeType(contract[path])}`,
      });
  throwIfInvalid(issues, CONTRACT_ERROR_CONTEXT);
  return contract as Partial<ContractFields>;
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

/**
 * Validates the payload of a typed function. Does not change it.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each broken rule.
 */
export async function checkRequest<Entity>(
  value: unknown,
  { contract }: Contract<Entity>,
): Promise<void> {
  const { issues, cause } = await check(value, contract);
  throwIfInvalid(issues, {
    operation: OPERATION,
    execution: "did-not-run",
    cause,
  });
}

/**
 * Validates the response of a typed function and returns it as an instance of the contract's class.
 *
 * @throws `ERR_RESPONSE` with one issue for each broken rule.
 */
export async function checkResponse<Entity>(
  response: InvokeFunctionResponse,
  { contract, functionName }: Contract<Entity>,
): Promise<Entity> {
  const { issues, instance, cause } = await check(response.payload, contract);
  if (instance && issues.length === 0) return instance;
  const violation = toSentence(
    `its response violates the contract ${contract.name}; ${describeIssues(issues)}`,
  );
  throw new ResponseError({
    operation: OPERATION,
    message: `${OPERATION}: the function ${functionName} ran, but ${violation} Correct the function or the contract.`,
    retryable: false,
    execution: "ran",
    cause,
    issues,
    requestId: response.requestId,
  });
}

interface CheckResult<Entity> {
  readonly issues: readonly Issue[];
  readonly instance?: Entity;
  readonly cause?: Error | undefined;
}

/** Applies the class's validation rules. Properties that it does not declare are not validated. */
async function check<Entity>(
  value: unknown,
  contract: new () => Entity,
): Promise<CheckResult<Entity>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return {
      issues: [
        toIssue(
          "object",
          `the payload must be an object, not ${describeType(value)}`,
        ),
      ],
    };
  try {
    const instance =
      value instanceof contract ? value : toInstance(value, contract);
    const errors = await loadValidator().validate(instance as object, {
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
    return { instance, issues: errors.flatMap((error) => toIssues(error)) };
  } catch (error) {
    const message = `the validation rules of ${contract.name} could not be applied because its constructor, a type function or a validator threw; see cause and correct the class`;
    return {
      issues: [toIssue("contract", message)],
      cause: isError(error) ? new Secrets().toCause(error) : undefined,
    };
  }
}

/** Transforms the properties that the contract declares and copies all others unchanged. */
function toInstance<Entity>(value: object, contract: new () => Entity): Entity {
  const declared: Record<string, unknown> = {};
  const undeclared: PropertyDescriptorMap = {};
  for (const [name, property] of Object.entries(
    value as Record<string, unknown>,
  ))
    if (isDeclared(contract as new () => object, name))
      declared[name] = property;
    else
      undeclared[name] = {
        value: property,
        configurable: true,
        enumerable: true,
        writable: true,
      };
  const instance = loadTransformer().plainToInstance(contract, declared);
  return Object.defineProperties(instance as object, undeclared) as Entity;
}

function toIssue(rule: string, message: string): Issue {
  return { path: "", rule, message };
}
