import { InvalidInputError, type Issue } from "../../errors";
import type { Call } from "./Call";
import { toSentence } from "../text/toSentence";
import { REQUEST_NOT_SENT } from "../validation/parse";

/** Translates the AWS SDK's error about a missing or invalid region. */
export function toRegionError(error: Error, call: Call): InvalidInputError {
  return toSettingError(toRegionIssue(error.message), call);
}

/** Creates the error about a setting that could not be used for a request. */
export function toSettingError(issue: Issue, call: Call): InvalidInputError {
  const { operation, execution } = call;
  return new InvalidInputError({
    operation,
    message: `${operation}: ${toSentence(issue.message)} ${REQUEST_NOT_SENT}`,
    retryable: false,
    execution,
    issues: [issue],
  });
}

function toRegionIssue(sdkMessage: string): Issue {
  const path = "region";
  if (sdkMessage.startsWith("Region is missing")) {
    const message =
      "region is missing; set it on the connection, or set AWS_REGION";
    return { path, rule: "required", message };
  }
  // The AWS SDK uses an empty variable as the region and reads no other source.
  if (sdkMessage.includes('region=""')) {
    const message =
      "region is missing because AWS_REGION is empty; set or unset AWS_REGION, or set region on the connection";
    return { path, rule: "required", message };
  }
  const message =
    "region must be the name of an AWS region, for example eu-central-1; correct it in AWS's configuration files or in the function's ARN";
  return { path, rule: "environment", message };
}
