import type { InvokeFunctionResponse } from "../../domain";
import {
  isDeclared,
  loadTransformer,
  loadValidator,
} from "../../domain/decorators";
import { ResponseError, type Issue } from "../errors";
import { refuse, toIssues } from "./parse";

/** A side of a function's contract. */
export interface Contract<Entity> {
  readonly contract: new () => Entity;
  readonly functionName: string;
}

const OPERATION = "InvokeFunction";

/**
 * Checks what a function is to be given. The value itself is left as it is.
 *
 * @throws `ERR_INVALID_INPUT` naming every broken rule.
 */
export async function checkRequest<Entity>(
  value: unknown,
  { contract }: Contract<Entity>,
): Promise<void> {
  const { issues } = await check(value, contract);
  refuse(issues, { operation: OPERATION, execution: "did-not-run" });
}

/**
 * Reads what a function answered as an instance of its contract's class.
 *
 * @throws `ERR_RESPONSE` naming every broken rule.
 */
export async function checkAnswer<Entity>(
  answer: InvokeFunctionResponse,
  { contract, functionName }: Contract<Entity>,
): Promise<Entity> {
  const { issues, instance } = await check(answer.payload, contract);
  if (instance && issues.length === 0) return instance;
  const told = issues.map(({ message }) => message).join("; ");
  throw new ResponseError({
    operation: OPERATION,
    message: `${OPERATION}: the function ${functionName} ran, but its answer breaks the contract ${contract.name}: ${told}. Correct the function or the contract.`,
    retryable: false,
    execution: "ran",
    issues,
    requestId: answer.requestId,
  });
}

interface Checked<Entity> {
  readonly issues: readonly Issue[];
  readonly instance?: Entity;
}

/** The class's own rules, and no others: what it does not name is let through. */
async function check<Entity>(
  value: unknown,
  contract: new () => Entity,
): Promise<Checked<Entity>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { issues: [broken("object", "an object is expected")] };
  try {
    const instance =
      value instanceof contract ? value : toInstance(value, contract);
    const errors = await loadValidator().validate(instance as object, {
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
    return { instance, issues: errors.flatMap((error) => toIssues(error)) };
  } catch {
    const message = "the contract's own rules could not be applied to it";
    return { issues: [broken("contract", message)] };
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
