import type { EntityClass } from "../../../domain/decorators";
import { describeType } from "../text/describeType";
import { isError } from "../text/isError";
import { Secrets } from "../text/Secrets";
import { checkInstance } from "./checkInstance";
import { failure, type CheckResult, type Contract } from "./Contract";
import { IssueList } from "./IssueList";
import { toInstance } from "./toInstance";

/** Checks values by the rules of a class with decorators of class-validator. */
export function createClassContract(entity: EntityClass): Contract {
  return {
    name: entity.name,
    sendsInput: true,
    async check(value): Promise<CheckResult> {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return failure(
          "object",
          `the payload must be an object, not ${describeType(value)}`,
        );
      try {
        const instance =
          value instanceof entity ? value : toInstance(value, entity);
        const issues = new IssueList();
        await checkInstance({
          instance,
          path: undefined,
          isValidated: false,
          issues,
        });
        return { issues: issues.all, output: instance };
      } catch (error) {
        return failure(
          "contract",
          `the validation rules of ${entity.name} could not be applied because its constructor, a type function or a validator threw; see cause and correct the class`,
          isError(error) ? new Secrets().toCause(error) : undefined,
        );
      }
    },
  };
}

const PRIMITIVES = new Map<unknown, string>([
  [String, "string"],
  [Number, "number"],
  [Boolean, "boolean"],
]);

/** Checks the type of a value that is no object, for the contracts `String`, `Number` and `Boolean`. `undefined`: it is another class. */
export function createPrimitiveContract(type: unknown): Contract | undefined {
  const primitive = PRIMITIVES.get(type);
  if (primitive === undefined) return undefined;
  return {
    name: (type as { readonly name: string }).name,
    sendsInput: true,
    check: (value) =>
      typeof value === primitive
        ? { issues: [], output: value }
        : failure(
            "type",
            `the payload must be a ${primitive}, not ${describeType(value)}`,
          ),
  };
}
