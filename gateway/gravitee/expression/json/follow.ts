import { fail } from "../errors/Fault";
import { ownValue } from "../values/admit";

/** A name in an object, or a place in a list, counted from its end where it is negative. */
export type Step = string | number;

/** Follows a path that leads to one place: a name that is missing at its end is null, any other is an error. */
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
    return fail(`the path asks for item ${at} of what is no list`);
  const index = at < 0 ? value.length + at : at;
  return index >= 0 && index < value.length
    ? ownValue(value, index)
    : fail(`the path asks for item ${at} of a list of ${value.length}`);
}

function member(
  value: unknown,
  { name, isLast }: { name: string; isLast: boolean },
): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return fail(`the path asks for the property ${name} of what is no object`);
  const found = ownValue(value, name);
  if (found !== undefined) return found;
  return isLast ? null : fail(`the path is missing the property ${name}`);
}
