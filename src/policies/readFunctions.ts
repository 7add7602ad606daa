import { Function as LambdaFunction } from "../../domain";
import { isValid } from "../../domain/decorators";
import { describeType } from "../engine/text/describeType";
import type { Issue } from "../errors";

/** A function name from a request, with its path for issues. */
export interface NamedFunction {
  readonly name: string;
  readonly path: string;
}

/** Reads the field `functionName`: one function or an array of them. Adds an issue for each that is not one. */
export function readFunctions(
  { functionName: given }: { readonly functionName: unknown },
  issues: Issue[],
): NamedFunction[] {
  const field = "functionName";
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0 || given === undefined)
    issues.push({
      path: field,
      rule: "required",
      message: `${field} must be a function or a non-empty array of functions`,
    });
  return list.flatMap((name, index) => {
    const path = Array.isArray(given) ? `${field}[${index}]` : field;
    if (typeof name === "string" && isFunctionName(name))
      return [{ name, path }];
    const found = typeof name === "string" ? "" : `, not ${describeType(name)}`;
    if (given !== undefined)
      issues.push({
        path,
        rule: "matches",
        message: `${path} must be the name or ARN of a function, without wildcards, for example price or price:live${found}`,
      });
    return [];
  });
}

function isFunctionName(functionName: string): boolean {
  const named = Object.assign(new LambdaFunction(), { functionName });
  return isValid(named, LambdaFunction);
}
