import { fail } from "../errors/Fault";
import { ownValue } from "../values/admit";

/** The name of a property, or the index of a list item. A negative index counts from the end. */
export type Step = string | number;

/** Follows a path that selects one value. A property that is missing at its end is null; any other is an error. */
export function follow(document: unknown, steps: readonly Step[]): unknown {
  let value = document;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? "";
    value =
      typeof step === "number"
        ? item(value, step)
        : member(value, { name: step, isLast: index === steps.length - 1 });
  }
  return value;
}

function item(value: unknown, at: number): unknown {
  if (!Array.isArray(value))
    return fail(`the path selects item ${at}, but the value is not a list`);
  const index = at < 0 ? value.length + at : at;
  return index >= 0 && index < value.length
    ? ownValue(value, index)
    : fail(
        `the path selects item ${at}, but the list has length ${value.length}`,
      );
}

function member(
  value: unknown,
  { name, isLast }: { name: string; isLast: boolean },
): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return fail(
      `the path selects the property ${name}, but the value is not an object`,
    );
  const found = ownValue(value, name);
  if (found !== undefined) return found;
  return isLast
    ? null
    : fail(`the path selects the property ${name}, which does not exist`);
}
