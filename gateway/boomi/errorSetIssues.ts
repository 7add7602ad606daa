import { isFinalStatus, isValue } from "../http/headerRules";
import type { SidecarIssue } from "./configuration/readPoint";
import type { ErrorEntry } from "./ErrorSet";

/** The vendor's names of errors, and what stands for all others. */
const NAMES = [
  "InvalidPreInputConfiguration",
  "RequiredHeaderConditionFailure",
  "RequiredApplicationEAVConditionFailure",
  "RequiredPackageKeyEAVConditionFailure",
  "MaxPayloadConditionFailure",
  "InvalidJSONInputForAWSLambda",
  "InvalidResponseFromAWSLambdaInPreProcess",
  "InvalidResponseFromAWSLambdaInPostProcess",
  "Gateway Timeout",
  "FunctionError",
  "default",
];

const LINE = "takes a text that a header may hold, without line breaks";

const RULES: Readonly<
  Record<keyof ErrorEntry, readonly [(value: unknown) => boolean, string]>
> = {
  status: [isFinalStatus, "takes a status, 200 to 599"],
  statusText: [isValue, LINE],
  detail: [isValue, LINE],
  body: [(body) => typeof body === "string", "takes a text"],
};

/** What is wrong with an error set: all of it is to be sent one day. */
export function errorSetIssues(errorSet: unknown): SidecarIssue[] {
  if (errorSet === undefined) return [];
  const { contentType, errors, ...rest } = objectOf(errorSet) ?? {};
  const issues: SidecarIssue[] = [];
  const say = (path: string, says: string): void => {
    issues.push({ path, rule: "errorSet", message: `${path} ${says}` });
  };
  for (const name of Object.keys(rest))
    say(`errorSet.${name}`, "is none of contentType and errors");
  if (contentType !== undefined && !isValue(contentType))
    say("errorSet.contentType", LINE);
  const entries = objectOf(errors);
  if (!entries) say("errorSet.errors", "takes an object of errors by name");
  for (const [name, entry] of Object.entries(entries ?? {})) {
    const path = `errorSet.errors.${name}`;
    if (!NAMES.includes(name)) say(path, `is none of ${NAMES.join(", ")}`);
    const members = objectOf(entry);
    if (!members)
      say(path, `takes an object with ${Object.keys(RULES).join(", ")}`);
    for (const [member, value] of Object.entries(members ?? {})) {
      const [isFine, says] = Object.hasOwn(RULES, member)
        ? RULES[member as keyof ErrorEntry]
        : [() => false, `is none of ${Object.keys(RULES).join(", ")}`];
      if (value !== undefined && !isFine(value)) say(`${path}.${member}`, says);
    }
  }
  return issues;
}

const objectOf = (given: unknown): Record<string, unknown> | undefined =>
  typeof given === "object" && given !== null && !Array.isArray(given)
    ? (given as Record<string, unknown>)
    : undefined;
