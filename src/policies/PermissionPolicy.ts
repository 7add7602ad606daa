import type { Issue } from "../errors";
import { formatNumber } from "../engine/text/formatNumber";
import { deepFreeze } from "./deepFreeze";

/** A permission policy with one statement. `JSON.stringify(policy, null, 2)` is the JSON to paste into IAM. */
export interface PermissionPolicy {
  /** Version of IAM's policy language. */
  readonly Version: "2012-10-17";

  /** The only statement. */
  readonly Statement: readonly [
    {
      /** The statement allows the actions. */
      readonly Effect: "Allow";

      /** One or more allowed actions. */
      readonly Action: string | readonly string[];

      /** ARNs of the resources that the actions are allowed on. */
      readonly Resource: readonly string[];
    },
  ];
}

/** IAM's limit for all inline policies of a role together, in characters without whitespace. */
const MAX_POLICY_CHARACTERS = 10_240;

/** Finds out whether a policy for functions is too long. `several` says what to create instead. */
export function findSizeIssues(policy: object, several: string): Issue[] {
  if (JSON.stringify(policy).length <= MAX_POLICY_CHARACTERS) return [];
  const message = `functionName names too many functions for a policy of at most ${formatNumber(MAX_POLICY_CHARACTERS)} characters; create several ${several}`;
  return [{ path: "functionName", rule: "size", message }];
}

/** Creates a frozen permission policy with one statement. */
export function createPermissionPolicy(
  actions: string | readonly string[],
  resources: readonly string[],
): PermissionPolicy {
  return deepFreeze({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
  });
}
