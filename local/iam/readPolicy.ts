import { readCondition } from "./readCondition";
import {
  isJsonObject,
  readStrings,
  type ReportProblem,
  type JsonObject,
} from "./readStrings";
import type { Statement, TrustStatement } from "./Statement";

/** Result of reading a policy: its statements, or its problems. */
export type ParsedPolicy<S> =
  | { readonly statements: readonly S[] }
  | { readonly problems: readonly string[] };

/** Reads a permission or session policy. */
export function readPolicy(document: unknown): ParsedPolicy<Statement> {
  return readStatements(document, {
    known: [...KNOWN, "Resource", "NotResource"],
    read: (statement, report) => {
      const action = readEither("Action", statement, report);
      const resource = readEither("Resource", statement, report);
      return {
        ...readCommon(statement, report),
        actions: readActions(action, report),
        resources: resource.values,
        inverted: [
          ...(action.isInverted ? (["actions"] as const) : []),
          ...(resource.isInverted ? (["resources"] as const) : []),
        ],
      };
    },
  });
}

/** Reads the trust policy of a role. */
export function readTrustPolicy(
  document: unknown,
): ParsedPolicy<TrustStatement> {
  return readStatements(document, {
    known: [...KNOWN, "Principal"],
    read: (statement, report) => {
      const action = readEither("Action", statement, report);
      return {
        ...readCommon(statement, report),
        actions: readActions(action, report),
        principals: readPrincipals(statement["Principal"], report),
        inverted: action.isInverted ? ["actions"] : [],
        services: readServices(statement["Principal"], report),
      };
    },
  });
}

const KNOWN = ["Sid", "Effect", "Action", "NotAction", "Condition"];

interface StatementKind<S> {
  /** Supported elements; others are rejected. */
  readonly known: readonly string[];
  readonly read: (statement: JsonObject, report: ReportProblem) => S;
}

function readStatements<S>(
  document: unknown,
  kind: StatementKind<S>,
): ParsedPolicy<S> {
  if (!isJsonObject(document))
    return {
      problems: ["must be a policy object with Version and Statement"],
    };
  const problems = findDocumentProblems(document);
  const input = document["Statement"];
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (list.length === 0) problems.push("Statement must not be empty");
  const statements = list.flatMap((statement, index) => {
    const report: ReportProblem = (sentence) =>
      problems.push(`Statement[${index}] ${sentence}`);
    if (!isJsonObject(statement)) {
      report("must be an object");
      return [];
    }
    for (const key of Object.keys(statement))
      if (statement[key] !== undefined && !kind.known.includes(key))
        report(`has ${key}, ${explainUnsupported(key)}`);
    return [kind.read(statement, report)];
  });
  return problems.length > 0 ? { problems } : { statements };
}

function explainUnsupported(key: string): string {
  return key === "NotPrincipal"
    ? "which AWS does not allow here; use Deny with a Condition on aws:PrincipalArn instead"
    : "which the embedded AWS does not support here";
}

function findDocumentProblems(document: JsonObject): string[] {
  const problems = Object.keys(document)
    .filter((key) => !["Version", "Id", "Statement"].includes(key))
    .map((key) => `has ${key}, which is not a policy element`);
  const version = document["Version"] ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17")
    problems.push("Version must be 2012-10-17 or 2008-10-17");
  return problems;
}

function readCommon(
  statement: JsonObject,
  report: ReportProblem,
): Pick<Statement, "effect" | "conditions"> {
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny")
    report("Effect must be Allow or Deny");
  return {
    effect: effect === "Allow" ? "Allow" : "Deny",
    conditions: readCondition(statement["Condition"], report),
  };
}

/** Strings of an element, and whether it was the `Not…` form. */
interface ElementSelection {
  readonly values: readonly string[];
  readonly isInverted: boolean;
}

/** Reads an element or its `Not…` form; a statement has one of them. */
function readEither(
  name: string,
  statement: JsonObject,
  report: ReportProblem,
): ElementSelection {
  const isInverted = statement[`Not${name}`] !== undefined;
  if (isInverted && statement[name] !== undefined)
    report(`must not have both ${name} and Not${name}`);
  const written = isInverted ? `Not${name}` : name;
  const values = readStrings({ [written]: statement[written] }, report);
  return { values: values, isInverted };
}

function readActions(
  { values: values }: ElementSelection,
  report: ReportProblem,
): readonly string[] {
  for (const action of values)
    if (!/^(?:\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(action))
      report(`Action ${action} must have the form service:Action`);
  return values;
}

function readPrincipals(input: unknown, report: ReportProblem): string[] {
  if (input === "*") return ["*"];
  if (!isJsonObject(input)) {
    report('Principal must be "*" or an object such as { AWS: … }');
    return [];
  }
  for (const key of Object.keys(input))
    if (key !== "AWS" && key !== "Service")
      report(`Principal has ${key}, which the embedded AWS does not support`);
  if (input["AWS"] === undefined) return [];
  const principals = readStrings({ "Principal.AWS": input["AWS"] }, report);
  for (const principal of principals)
    if (
      !/^(?:\*|\d{12}|arn:[a-z-]+:iam::\d{12}:(?:root|(?:user|role)\/[^*?]+)|arn:[a-z-]+:sts::\d{12}:assumed-role\/[^*?/]+\/[^*?/]+)$/.test(
        principal,
      )
    )
      report(
        `Principal ${principal} must be an account ID or the ARN of a root, user, role or session`,
      );
  return principals;
}

function readServices(input: unknown, report: ReportProblem): string[] {
  const services = isJsonObject(input) ? input["Service"] : undefined;
  return services === undefined
    ? []
    : readStrings({ "Principal.Service": services }, report);
}
