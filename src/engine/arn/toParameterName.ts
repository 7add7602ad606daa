import type { Issue } from "../../errors";
import { partitionOf } from "./partitions";

/** Maximum length of a parameter's ARN, which Parameter Store checks when it creates the parameter. */
const MAX_ARN_LENGTH = 1_011;

/** Placeholder with the length of an account ID. */
const ACCOUNT = "0".repeat(12);

/** Returns the parameter name for a key. In Parameter Store, hierarchical names start with a slash. */
export function toParameterName(key: string): string {
  return key.includes("/") && !/^(\/|arn:)/.test(key) ? `/${key}` : key;
}

/** Checks the length of a new parameter's name, which is limited by its ARN. Returns `undefined` if it is valid. */
export function checkParameterName(
  name: string,
  region: string,
): Issue | undefined {
  const prefix = `arn:${partitionOf(region).name}:ssm:${region}:${ACCOUNT}:parameter/`;
  const max = MAX_ARN_LENGTH - prefix.length;
  const { length } = name.replace(/^\//, "");
  if (length <= max) return undefined;
  return {
    path: "externalIdKey",
    rule: "size",
    message: `externalIdKey must have at most ${max} characters in ${region}, without the leading slash, but has ${length}`,
  };
}
