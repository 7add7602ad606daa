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
import { throwIfInvalid, toIssues } from "./parse";
import { Secrets } from "../text/Secrets";
import { toSentence, describeIssues } from "../text/toSentence";

/** A side of a function's contract. */
export interface Contract<Entity> {
  readonly contract: new () => Entity;
  readonly functionName: string;
}

const OPERATION = "InvokeFunction";

/** What becomes of a contract that breaks its own rules, for {@link throwIfInvalid}. */
export const CONTRACT_ERROR_CONTEXT = {
  operation: "function",
  outcome: "the contract cannot be used",
};

/** The fields of a contract; whether one is a class that can be made. */
const CONTRACT_FIELDS = ["request", "response", "qualifier", "idempotent"];
const CLASSES = ["request", "response"] as const;

/**
 * Reads a contract, once: its fields by name, its classes as classes. `null` is absent.
 *
 * @throws `ERR_INVALID_INPUT` naming every broken rule.
 */
export function readContract<Wanted extends object>(
  given: Wanted | null | undefined,
): Partial<Wanted> {
  const issues: Issue[] = [];
  const known = copyOptionalFields(given, {
    what: "contract",
    fields: CONTRACT_FIELDS,
    issues,
  });
  for (const path of CLASSES)
    if (known[path] !== undefined && !isClass(known[path]))
      issues.push({
        path,
        rule: "class",
        message: `${path} takes a class with class-validator's rules, by its name and without new, not ${describeType(known[path])}`,
      });
  throwIfInvalid(issues, CONTRACT_ERROR_CONTEXT);
  return known as Partial<Wanted>;
}

/** Whether something can be made with `new`; it is not made for that. */
function isClass(value: unknown): boolean {
  try {
    Reflect.construct(Object, [], value as new () => object);
    return true;
  } catch {
    return false;
  }
}

/**
 * Checks what a function is to be given. The value itself is left as it is.
 *
 * @throws `ERR_INVALID_INPUT` naming every broken rule.
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
 * Reads what a function answered as an instance of its contract's class.
 *
 * @throws `ERR_RESPONSE` naming every broken rule.
 */
export async function checkResponse<Entity>(
  answer: InvokeFunctionResponse,
  { contract, functionName }: Contract<Entity>,
): Promise<Entity> {
  const { issues, instance, cause } = await check(answer.payload, contract);
  if (instance && issues.length === 0) return instance;
  const broken = toSentence(
    `its answer breaks the contract ${contract.name}: ${describeIssues(issues)}`,
  );
  throw new ResponseError({
    operation: OPERATION,
    message: `${OPERATION}: the function ${functionName} ran, but ${broken} Correct the function or the contract.`,
    retryable: false,
    execution: "ran",
    cause,
    issues,
    requestId: answer.requestId,
  });
}

interface Checked<Entity> {
  readonly issues: readonly Issue[];
  readonly instance?: Entity;
  readonly cause?: Error | undefined;
}

/** The class's own rules, and no others: what it does not name is let through. */
async function check<Entity>(
  value: unknown,
  contract: new () => Entity,
): Promise<Checked<Entity>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return {
      issues: [
        broken("object", `an object is expected, not ${describeType(value)}`),
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
    const message = `the rules of ${contract.name} could not be applied: its constructor, a type or a rule of its own threw; see cause, and correct the class`;
    return {
      issues: [broken("contract", message)],
      cause: isError(error) ? new Secrets().toCause(error) : undefined,
    };
  }
}

/** What the contract declares is made as it says; whatever else there is goes along untouched. */
function toInstance<Entity>(value: object, contract: new () => Entity): Entity {
  const declared: Record<string, unknown> = {};
  const rest: PropertyDescriptorMap = {};
  for (const [name, member] of Object.entries(value as Record<string, unknown>))
    if (isDeclared(contract as new () => object, name)) declared[name] = member;
    else
      rest[name] = {
        value: member,
        configurable: true,
        enumerable: true,
        writable: true,
      };
  const instance = loadTransformer().plainToInstance(contract, declared);
  return Object.defineProperties(instance as object, rest) as Entity;
}

function broken(rule: string, message: string): Issue {
  return { path: "", rule, message };
}
