import type { Violations } from "../protocol/Violations";

/** Pattern of a function name in any form, as in Lambda's messages. */
const NAME_PATTERN =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

const QUALIFIER_PATTERN = "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";

const PARTS = new RegExp(`^${NAME_PATTERN}$`);

/** A parsed function name. */
export interface FunctionName {
  /** Name without account, region or qualifier. */
  readonly name: string;

  /** Region, if the name contains one. */
  readonly region?: string;

  /** Account ID, if the name contains one. */
  readonly accountId?: string;

  /** Version or alias, if the name contains one. */
  readonly qualifier?: string;
}

/** Parses a function name in any form. Returns undefined if it is not valid. */
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

/** Adds the constraints that a function name violates. */
export function checkFunctionName(text: string, violations: Violations): void {
  violations.checkString("functionName", {
    value: text,
    min: 1,
    max: 256,
    pattern: NAME_PATTERN,
  });
}

/** Adds the constraints that a qualifier violates. */
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
