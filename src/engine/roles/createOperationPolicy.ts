import { toParameterName } from "../arn/toParameterName";
import {
  allow,
  toFunctionArn,
  toPolicy,
  type AllowStatement,
} from "./createSessionPolicy";

/** The fields of a request that name what its operation uses. Every operation has some of them, or none. */
export interface ScopeFields {
  readonly functionName?: string | undefined;
  readonly qualifier?: string | undefined;
  readonly externalIdKey?: string | undefined;
  readonly roleArn?: string | undefined;
}

/** An operation with its request, and the session in which it runs. */
export interface OperationScope {
  /** IAM actions of the operation. */
  readonly permissions: readonly string[];
  readonly request: ScopeFields;
  /** The role whose session the policy narrows. */
  readonly roleArn: string;
  /** The connection's region. */
  readonly region: string;
}

/** Applies to every action: AWS accepts no policy without a statement. */
const DENY_ALL = { Effect: "Deny", Action: "*", Resource: "*" };

/**
 * Creates a session policy that allows only the operation's own actions, on the function, the parameter and the role that
 * its request names. An action whose resource the request does not name is allowed on all resources.
 */
export function createOperationPolicy(scope: OperationScope): string {
  const statements = scope.permissions.flatMap((action) =>
    toStatements(action, scope),
  );
  return toPolicy(statements.length > 0 ? statements : [DENY_ALL]);
}

/** Creates a session policy that allows only assuming one role. */
export function createAssumePolicy(roleArn: string): string {
  return toPolicy([allow(ASSUME_ROLE_ACTIONS, roleArn)]);
}

/** A session passes on its source identity and its transitive tags when it assumes a role. It needs permission for that. */
const ASSUME_ROLE_ACTIONS = [
  "sts:AssumeRole",
  "sts:SetSourceIdentity",
  "sts:TagSession",
];

function toStatements(action: string, scope: OperationScope): AllowStatement[] {
  const { functionName, externalIdKey, roleArn } = scope.request;
  if (action === "sts:AssumeRole")
    return [allow(ASSUME_ROLE_ACTIONS, roleArn ?? "*")];
  if (action.startsWith("lambda:")) {
    // The function is used with the session of the request's role.
    if (roleArn !== undefined) return [];
    if (functionName === undefined) return [allow(action, "*")];
    const named = { ...scope.request, functionName };
    const { roleArn: sessionRole, region } = scope;
    return [
      allow(action, toFunctionArn({ ...named, roleArn: sessionRole, region })),
    ];
  }
  if (action.startsWith("ssm:")) {
    if (externalIdKey !== undefined)
      return toParameterStatements(action, externalIdKey, scope);
    // Only an external ID is read for a role.
    return roleArn === undefined ? [allow(action, "*")] : [];
  }
  return [allow(action, "*")];
}

/** What Parameter Store needs of KMS in the caller's name, for parameters that are encrypted with a customer managed key. */
const KMS_ACTIONS: Readonly<Record<string, string>> = {
  "ssm:GetParameter": "kms:Decrypt",
  "ssm:PutParameter": "kms:Encrypt",
};

function toParameterStatements(
  action: string,
  key: string,
  { roleArn, region }: OperationScope,
): AllowStatement[] {
  const statement = allow(action, toParameterArn(key, { roleArn, region }));
  const kmsAction = KMS_ACTIONS[action];
  if (kmsAction === undefined) return [statement];
  const viaParameterStore = {
    StringLike: { "kms:ViaService": `ssm.${region}.*` },
  };
  return [
    statement,
    { ...allow(kmsAction, "*"), Condition: viaParameterStore },
  ];
}

/** Returns the ARN of a parameter in the account of the role, without version or label. */
function toParameterArn(
  key: string,
  { roleArn, region }: { readonly roleArn: string; readonly region: string },
): string {
  const given = /^arn:[^:]*:ssm:[^:]*:[^:]*:[^:]*/.exec(key)?.[0];
  if (given !== undefined) return given;
  const [, partition, , , account] = roleArn.split(":");
  const [name = ""] = toParameterName(key).replace(/^\//, "").split(":");
  return `arn:${partition}:ssm:${region}:${account}:parameter/${name}`;
}
