import type { Issue } from "../../../src";
import { findClosestName, formatNumber } from "../../../src/internal";

/** A rule of an option. */
export interface OptionRule {
  /** Name of the rule in the issue. */
  readonly rule: string;

  /** What the value must be, after "must be". */
  readonly expected: string;

  readonly accepts: (value: unknown) => boolean;

  readonly isRequired?: boolean;
}

/** The rule of each option. */
export type OptionRules<Options> = Readonly<
  Record<keyof Options & string, OptionRule>
>;

/** Where options were given. */
export interface OptionPlace {
  /** The function that received them, for example `throttle`. */
  readonly operation: string;

  /** Path of the object with the options, for example `limits[1]`. Defaults to none: the options of the function. */
  readonly path?: string;
}

/** Checks an object with options, and returns each rule that is broken. `undefined` is the same as a missing option. */
export function findOptionIssues<Options>(
  options: unknown,
  rules: OptionRules<Options>,
  { operation, path = "" }: OptionPlace,
): Issue[] {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    return [
      {
        path,
        rule: "object",
        message: `${path === "" ? "the options" : path} must be an object`,
      },
    ];
  const known = Object.keys(rules);
  const toPath = (name: string): string =>
    path === "" ? name : `${path}.${name}`;
  const unknown = Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: toPath(name),
      rule: "unknown",
      message: describeUnknown(name, { known, operation, path }),
    }));
  const broken = known.flatMap((name) => {
    const rule = rules[name as keyof Options & string];
    const value: unknown = Reflect.get(options, name);
    const isValid =
      value === undefined ? !rule.isRequired : rule.accepts(value);
    return isValid
      ? []
      : {
          path: toPath(name),
          rule: value === undefined ? "required" : rule.rule,
          message: `${toPath(name)} must be ${rule.expected}`,
        };
  });
  return [...unknown, ...broken];
}

function describeUnknown(
  name: string,
  {
    known,
    operation,
    path,
  }: Required<OptionPlace> & { readonly known: readonly string[] },
): string {
  const suggestion = findClosestName(name, known);
  const advice =
    suggestion === undefined
      ? `; its options are ${known.join(", ")}`
      : `; did you mean ${suggestion}?`;
  return `${name} is not an option of ${path === "" ? operation : path}${advice}`;
}

/** A rule for integers within bounds. */
export const integerRule = (min: number, max: number): OptionRule => ({
  rule: "range",
  expected: `an integer from ${formatNumber(min)} to ${formatNumber(max)}`,
  accepts: (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
});

/** Longest delay of a Node timer, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A rule for durations in milliseconds. */
export const millisecondsRule = integerRule(1, MAX_TIMER_MS);

/** A rule for functions. */
export const functionRule: OptionRule = {
  rule: "function",
  expected: "a function",
  accepts: (value) => typeof value === "function",
};

/** A rule for one of several strings. */
export const choiceRule = (choices: readonly string[]): OptionRule => ({
  rule: "choice",
  expected: choices.map((choice) => JSON.stringify(choice)).join(" or "),
  accepts: (value) => choices.includes(value as string),
});

/** A rule for booleans. */
export const booleanRule: OptionRule = {
  rule: "boolean",
  expected: "true or false",
  accepts: (value) => typeof value === "boolean",
};

/** The rule of the name of a step. */
export const nameRule: OptionRule = {
  rule: "length",
  expected: "a string of 1 to 100 characters",
  accepts: (name) =>
    typeof name === "string" && name.length >= 1 && name.length <= 100,
};
