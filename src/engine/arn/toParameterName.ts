import type { Issue } from "../../errors";
import { partitionOf } from "./partitions";

/** Longest name that the Parameter Store writes, with the ARN in front of it. */
const LONGEST_ARN = 1_011;

/** Stands for whichever account: all ids have 12 digits. */
const ACCOUNT = "0".repeat(12);

/** The name of the parameter that a key leads to: the Parameter Store wants a slash before a name with levels. */
export function toParameterName(key: string): string {
  return key.includes("/") && !/^(\/|arn:)/.test(key) ? `/${key}` : key;
}

/** What is wrong with the length of a new parameter's name, which counts with its ARN. Absent: it is in order. */
export function parameterNameIssue(
  name: string,
  region: string,
): Issue | undefined {
  const before = `arn:${partitionOf(region).name}:ssm:${region}:${ACCOUNT}:parameter/`;
  const longest = LONGEST_ARN - before.length;
  const { length } = name.replace(/^\//, "");
  if (length <= longest) return undefined;
  return {
    path: "externalIdKey",
    rule: "size",
    message: `externalIdKey takes at most ${longest} characters in ${region}, without the leading slash; this has ${length}`,
  };
}
