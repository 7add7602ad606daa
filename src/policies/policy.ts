import { refuse, parse } from "../engine/validation/parse";
import type { Issue } from "../errors";
import type { EntityClass } from "../../domain/decorators";

/** A policy that says what may be done; `JSON.stringify(policy, null, 2)` is its text for IAM. */
export interface PermissionPolicy {
  /** Version of IAM's policy language. */
  readonly Version: "2012-10-17";

  /** The one statement. */
  readonly Statement: readonly [
    {
      /** That it allows. */
      readonly Effect: "Allow";

      /** What is allowed. */
      readonly Action: string | readonly string[];

      /** ARNs of what it is allowed on. */
      readonly Resource: readonly string[];
    },
  ];
}

/** What came of it where a request breaks a rule. */
const OUTCOME = "the policy was not written";

/** Reads the request of a policy, strictly. */
export function read<Request extends object>(
  given: unknown,
  of: { readonly operation: string; readonly request: EntityClass<Request> },
): Request {
  return parse(given, { ...of, outcome: OUTCOME });
}

/** Refuses to write a policy for what only the whole can tell; nothing happens where there are no issues. */
export function refusePolicy(
  operation: string,
  issues: readonly Issue[],
): void {
  refuse(issues, { operation, outcome: OUTCOME });
}

/** Actions that go with assuming a role, where a session is to carry more than a name. */
export function assumeActions(carried: {
  readonly sourceIdentity?: boolean;
  readonly tags?: boolean;
}): string | readonly string[] {
  const further = [
    ...(carried.tags === true ? ["sts:TagSession"] : []),
    ...(carried.sourceIdentity === true ? ["sts:SetSourceIdentity"] : []),
  ];
  const action = "sts:AssumeRole";
  return further.length === 0 ? action : [action, ...further];
}

/** A permission policy of one statement, frozen. */
export function permit(
  actions: string | readonly string[],
  resources: readonly string[],
): PermissionPolicy {
  return frozen({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
  });
}

/** The same object, frozen through and through. */
export function frozen<Value extends object>(value: Value): Value {
  for (const each of Object.values(value) as unknown[])
    if (typeof each === "object" && each !== null) frozen(each);
  return Object.freeze(value);
}
