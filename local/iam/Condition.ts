import { matchesPattern } from "./matchesPattern";

/** Values of a request for condition keys, by lower-case key. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** A condition of a statement on one key. */
export interface Condition {
  readonly operator: ConditionOperator;

  /** How several values of a key are combined. Undefined for a key with a single value. */
  readonly quantifier?: "ForAnyValue" | "ForAllValues";

  /** Whether a missing key meets the condition (`…IfExists`). */
  readonly isOptional: boolean;

  /** Lower-case condition key. */
  readonly key: string;

  /** Values of which one must match. With a `Not…` operator, none may match. */
  readonly values: readonly string[];
}

type ValueMatcher = (wanted: string, value: string) => boolean;

const isEqual: ValueMatcher = (wanted, value) => wanted === value;

const isEqualIgnoringCase: ValueMatcher = (wanted, value) =>
  wanted.toLowerCase() === value.toLowerCase();

/** Wildcards match within one part of an ARN; only the last part may contain colons. */
const isArnLike: ValueMatcher = (wanted, value) => {
  const [patterns, parts] = [splitArn(wanted), splitArn(value)];
  return (
    patterns.length === parts.length &&
    patterns.every((pattern, index) =>
      matchesPattern(pattern, parts[index] ?? ""),
    )
  );
};

function splitArn(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

const OPERATORS = {
  StringEquals: { fits: isEqual, isNegated: false },
  StringNotEquals: { fits: isEqual, isNegated: true },
  StringEqualsIgnoreCase: { fits: isEqualIgnoringCase, isNegated: false },
  StringNotEqualsIgnoreCase: { fits: isEqualIgnoringCase, isNegated: true },
  StringLike: { fits: matchesPattern, isNegated: false },
  StringNotLike: { fits: matchesPattern, isNegated: true },
  ArnEquals: { fits: isArnLike, isNegated: false },
  ArnNotEquals: { fits: isArnLike, isNegated: true },
  ArnLike: { fits: isArnLike, isNegated: false },
  ArnNotLike: { fits: isArnLike, isNegated: true },
  Bool: { fits: isEqualIgnoringCase, isNegated: false },
} satisfies Record<
  string,
  { readonly fits: ValueMatcher; readonly isNegated: boolean }
>;

/** An operator that compares values. */
export type ComparingOperator = keyof typeof OPERATORS;

/** A supported operator. `Null` tests whether the key is missing. */
export type ConditionOperator = ComparingOperator | "Null";

/** Whether an operator is supported. */
export function isConditionOperator(name: string): name is ConditionOperator {
  return name === "Null" || Object.hasOwn(OPERATORS, name);
}

/** Whether a request meets every condition. */
export function meetsConditions(
  conditions: readonly Condition[],
  context: ConditionContext,
): boolean {
  return conditions.every((condition) => meetsCondition(condition, context));
}

function meetsCondition(
  condition: Condition,
  context: ConditionContext,
): boolean {
  const { operator, quantifier, key, values } = condition;
  const found = context.get(key) ?? [];
  const isAbsent = found.length === 0;
  if (operator === "Null") return values.includes(String(isAbsent));
  const { fits, isNegated } = OPERATORS[operator];
  if (isAbsent)
    return (
      condition.isOptional ||
      quantifier === "ForAllValues" ||
      (isNegated && quantifier === undefined)
    );
  const isFitting = (value: string) =>
    values.some((wanted) => fits(wanted, value)) !== isNegated;
  return quantifier === "ForAllValues"
    ? found.every(isFitting)
    : found.some(isFitting);
}
