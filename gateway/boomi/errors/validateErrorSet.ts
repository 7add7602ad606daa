import { isHeaderValue } from "../../../src/internal";
import { isFinalStatus } from "../../http/headerRules";
import type { SidecarIssue } from "../configuration/SidecarIssue";
import { TIMEOUT_ALIAS, type ErrorSetEntry } from "./ErrorSet";

/** Boomi's error names, and `default` for all others. */
const ERROR_NAMES: readonly string[] = [
  "InvalidPreInputConfiguration",
  "RequiredHeaderConditionFailure",
  "RequiredApplicationEAVConditionFailure",
  "RequiredPackageKeyEAVConditionFailure",
  "MaxPayloadConditionFailure",
  "InvalidJSONInputForAWSLambda",
  "InvalidResponseFromAWSLambdaInPreProcess",
  "InvalidResponseFromAWSLambdaInPostProcess",
  "Gateway Timeout",
  TIMEOUT_ALIAS,
  "FunctionError",
  "default",
];

const HEADER_VALUE =
  "must be a string of Latin-1 characters without line breaks";

const RULES: Readonly<
  Record<keyof ErrorSetEntry, readonly [(value: unknown) => boolean, string]>
> = {
  status: [isFinalStatus, "must be an integer from 200 to 599"],
  statusText: [isHeaderValue, HEADER_VALUE],
  detail: [isHeaderValue, HEADER_VALUE],
  body: [(body) => typeof body === "string", "must be a string"],
};

/** Returns what is wrong with an error set. */
export function validateErrorSet(errorSet: unknown): SidecarIssue[] {
  if (errorSet === undefined) return [];
  const { contentType, errors, ...unknown } = toRecord(errorSet) ?? {};
  const issues = Object.keys(unknown).map((name) =>
    toIssue(
      `errorSet.${name}`,
      "is not a field of errorSet; its fields are contentType, errors",
    ),
  );
  if (contentType !== undefined && !isHeaderValue(contentType))
    issues.push(toIssue("errorSet.contentType", HEADER_VALUE));
  const entries = toRecord(errors);
  if (!entries)
    issues.push(
      toIssue(
        "errorSet.errors",
        "must be an object whose keys are error names",
      ),
    );
  return [
    ...issues,
    ...Object.entries(entries ?? {}).flatMap(([name, entry]) =>
      validateEntry(name, entry, "Gateway Timeout" in (entries ?? {})),
    ),
  ];
}

function validateEntry(
  name: string,
  entry: unknown,
  hasTimeout: boolean,
): SidecarIssue[] {
  const path = `errorSet.errors.${name}`;
  const known = Object.keys(RULES).join(", ");
  const issues: SidecarIssue[] = [];
  if (!ERROR_NAMES.includes(name))
    issues.push(
      toIssue(
        path,
        `is not an error name; the error names are ${ERROR_NAMES.join(", ")}`,
      ),
    );
  const members = toRecord(entry);
  if (name === TIMEOUT_ALIAS && hasTimeout)
    issues.push(toIssue(path, "is the same error as Gateway Timeout; set one"));
  if (!members) issues.push(toIssue(path, `must be an object with ${known}`));
  for (const [member, value] of Object.entries(members ?? {})) {
    const [isValid, expectation] = Object.hasOwn(RULES, member)
      ? RULES[member as keyof ErrorSetEntry]
      : [
          () => false,
          `is not a field of an error set entry; its fields are ${known}`,
        ];
    if (value !== undefined && !isValid(value))
      issues.push(toIssue(`${path}.${member}`, expectation));
  }
  return issues;
}

const toIssue = (path: string, expectation: string): SidecarIssue => ({
  path,
  rule: "errorSet",
  message: `${path} ${expectation}`,
});

const toRecord = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
