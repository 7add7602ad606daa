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

/** Keys that are evaluated here, in lower case; a slash at the end stands before the key of a tag. */
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
  "lambda:functionarn",
  "sts:externalid",
  "sts:rolesessionname",
  "sts:sourceidentity",
];

/** The one key of these that has several values. */
const MULTIVALUED = "aws:tagkeys";

/** Reads the conditions of a statement, and complains of each that could not be evaluated. Absent: there are none. */
export function readCondition(
  input: unknown,
  report: ReportProblem,
): Condition[] {
  if (input === undefined) return [];
  if (!isJsonObject(input)) {
    report("Condition must be an object of operators");
    return [];
  }
  return Object.entries(input).flatMap(([name, asked]) => {
    const test = readConditionTest(name);
    if (!test) {
      report(
        `Condition has ${name}, which this embedded AWS does not evaluate`,
      );
      return [];
    }
    if (!isJsonObject(asked)) {
      report(`Condition.${name} must be an object of condition keys`);
      return [];
    }
    return Object.entries(asked).map(([written, values]) => {
      const key = written.toLowerCase();
      const at = `Condition.${name}.${written}`;
      const objection = findKeyProblem(key, test);
      if (objection !== undefined) report(`${at} ${objection}`);
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
  // AWS does not take these either: Null asks just that, and about no single value.
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
  if (!isKnown) return "is a key that this embedded AWS does not evaluate";
  const needsQuantifier = key === MULTIVALUED && operator !== "Null";
  return needsQuantifier && quantifier === undefined
    ? "is about a key with several values; write ForAnyValue: or ForAllValues: before the operator"
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
  const isLogical = LOGICAL.includes(test.operator);
  const values = list
    .filter((value) => typeof value === "string" || typeof value === "boolean")
    .map(String);
  const isInOrder =
    list.length > 0 &&
    values.length === list.length &&
    (isLogical
      ? values.every((value) => /^(?:true|false)$/i.test(value))
      : list.every((value) => typeof value === "string"));
  if (!isInOrder)
    report(
      `${at} must be ${isLogical ? "true or false" : "a text or a list of texts"}`,
    );
  reportPolicyVariables(values, of);
  return isLogical ? values.map((value) => value.toLowerCase()) : values;
}

const LOGICAL: readonly ConditionOperator[] = ["Bool", "Null"];
