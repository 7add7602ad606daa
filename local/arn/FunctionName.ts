import type { Violations } from "../protocol/Violations";

/** Pattern of a function's name in every form, as Lambda writes it in its messages. */
const NAME_PATTERN =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

const QUALIFIER_PATTERN = "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";

const PARTS = new RegExp(`^${NAME_PATTERN}$`);

/** A function's name, taken apart. */
export interface FunctionName {
  /** Bare name. */
  readonly name: string;

  /** Region of the ARN. Absent: the name does not say. */
  readonly region?: string;

  /** Account of the ARN. Absent: the name does not say. */
  readonly accountId?: string;

  /** Version or alias. Absent: the name does not say. */
  readonly qualifier?: string;
}

/** Takes a name apart in any of its forms. Absent: it has none of them. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const parts = PARTS.exec(text);
  if (!parts) return undefined;
  const name = parts[11];
  const region = parts[3]?.slice(0, -1);
  const accountId = parts[9]?.slice(0, -1);
  const qualifier = parts[13];
  if (name === undefined) return undefined;
  return {
    name,
    ...(region !== undefined && { region }),
    ...(accountId !== undefined && { accountId }),
    ...(qualifier !== undefined && { qualifier }),
  };
}

/** Notes what Lambda would say of a function's name. */
export function checkFunctionName(text: string, violations: Violations): void {
  violations.checkString("functionName", {
    value: text,
    min: 1,
    max: 256,
    pattern: NAME_PATTERN,
  });
}

/** Notes what Lambda would say of a qualifier. */
export function checkQualifier(
  text: string | undefined,
  violations: Violations,
): void {
  violations.checkString("qualifier", {
    value: text,
    min: 1,
    max: 128,
    pattern: QUALIFIER_PATTERN,
  });
}
