import {
  isConditionOperator,
  type Condition,
  type ConditionOperator,
} from "./Condition";
import {
  reportPolicyVariables,
  isJsonObject,
  type ReportProblem,
} from "./readStrings";

/** Supported condition keys in lower case. A trailing slash is followed by the key of a tag. */
const KEYS = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principaltag/",
  "aws:requestedregion",
  "aws:requesttag/",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceidentity",
  "aws:tagkeys",
  "kms:viaservice",
  "lambda:functionarn",
  "sts:externalid",
  "sts:rolesessionname",
  "sts:sourceidentity",
];

/** The only supported key with several values. */
const MULTIVALUED = "aws:tagkeys";

/** Reads the conditions of a statement and reports each that is not supported. */
export function readCondition(
  input: unknown,
  report: ReportProblem,
): Condition[] {
  if (input === undefined) return [];
  if (!isJsonObject(input)) {
    report("Condition must be an object of operators");
    return [];
  }
  return Object.entries(input).flatMap(([name, keys]) => {
    const test = readConditionTest(name);
    if (!test) {
      report(`Condition has ${name}, which the embedded AWS does not support`);
      return [];
    }
    if (!isJsonObject(keys)) {
      report(`Condition.${name} must be an object of condition keys`);
      return [];
    }
    return Object.entries(keys).map(([written, values]) => {
      const key = written.toLowerCase();
      const at = `Condition.${name}.${written}`;
      const problem = findKeyProblem(key, test);
      if (problem !== undefined) report(`${at} ${problem}`);
      return {
        ...test,
        key,
        values: readValues(values, { at, test, report }),
      };
    });
  });
}

type ConditionTest = Omit<Condition, "key" | "values">;

function readConditionTest(name: string): ConditionTest | undefined {
  const [, quantifier, operator = "", optional] =
    /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  if (!isConditionOperator(operator)) return undefined;
  // AWS rejects these too: Null has no modifiers.
  if (operator === "Null" && (quantifier ?? optional) !== undefined)
    return undefined;
  return {
    operator,
    isOptional: optional !== undefined,
    ...(quantifier !== undefined && {
      quantifier: quantifier as "ForAnyValue" | "ForAllValues",
    }),
  };
}

function findKeyProblem(
  key: string,
  { operator, quantifier }: ConditionTest,
): string | undefined {
  const isKnown = KEYS.some((known) =>
    known.endsWith("/")
      ? key.startsWith(known) && key.length > known.length
      : key === known,
  );
  if (!isKnown) return "is a key that the embedded AWS does not support";
  const needsQuantifier = key === MULTIVALUED && operator !== "Null";
  return needsQuantifier && quantifier === undefined
    ? "is a key with several values; prefix the operator with ForAnyValue: or ForAllValues:"
    : undefined;
}

function readValues(
  input: unknown,
  of: {
    readonly at: string;
    readonly test: ConditionTest;
    readonly report: ReportProblem;
  },
): string[] {
  const { at, test, report } = of;
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  const isBoolean = BOOLEAN_OPERATORS.includes(test.operator);
  const values = list
    .filter((value) => typeof value === "string" || typeof value === "boolean")
    .map(String);
  const isValid =
    list.length > 0 &&
    values.length === list.length &&
    (isBoolean
      ? values.every((value) => /^(?:true|false)$/i.test(value))
      : list.every((value) => typeof value === "string"));
  if (!isValid)
    report(
      `${at} must be ${isBoolean ? "true or false" : "a string or an array of strings"}`,
    );
  reportPolicyVariables(values, of);
  return isBoolean ? values.map((value) => value.toLowerCase()) : values;
}

const BOOLEAN_OPERATORS: readonly ConditionOperator[] = ["Bool", "Null"];
