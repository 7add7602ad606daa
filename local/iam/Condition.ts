import { matchesPattern } from "./matchesPattern";

/** What a request tells of itself: condition keys in lower case, each with its values. A key that is not there is absent. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** One key that a statement asks about, ready to be evaluated. */
export interface Condition {
  readonly operator: ConditionOperator;

  /** How the values of a key that has several are taken together. Absent: the key has one. */
  readonly quantifier?: "ForAnyValue" | "ForAllValues";

  /** Whether a key that is absent is as good as one that fits (`…IfExists`). */
  readonly isOptional: boolean;

  /** In lower case. */
  readonly key: string;

  /** Of which one must fit; for operators with `Not`, none may. */
  readonly values: readonly string[];
}

type ValueMatcher = (wanted: string, value: string) => boolean;

const isEqual: ValueMatcher = (wanted, value) => wanted === value;

const isEqualIgnoringCase: ValueMatcher = (wanted, value) =>
  wanted.toLowerCase() === value.toLowerCase();

/** Wildcards of an ARN reach as far as the colon; only in its last part over colons, too. */
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

/** Any operator that is evaluated here; `Null` asks whether the key is absent. */
export type ConditionOperator = ComparingOperator | "Null";

/** Whether an operator of this name is evaluated here. */
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
