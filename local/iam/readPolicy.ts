import { readCondition } from "./readCondition";
import {
  isJsonObject,
  readStrings,
  type ReportProblem,
  type JsonObject,
} from "./readStrings";
import type { Statement, TrustStatement } from "./Statement";

/** What reading a policy gave: its statements, or each mistake as a sentence. */
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
  /** Elements that are evaluated; every other is refused. */
  readonly known: readonly string[];
  readonly read: (statement: JsonObject, report: ReportProblem) => S;
}

function readStatements<S>(
  document: unknown,
  kind: StatementKind<S>,
): ParsedPolicy<S> {
  if (!isJsonObject(document))
    return {
      problems: [
        "is not a policy: an object with Version and Statement is expected",
      ],
    };
  const problems = findDocumentProblems(document);
  const input = document["Statement"];
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (list.length === 0) problems.push("Statement is empty");
  const statements = list.flatMap((statement, index) => {
    const report: ReportProblem = (sentence) =>
      problems.push(`Statement[${index}] ${sentence}`);
    if (!isJsonObject(statement)) {
      report("is not an object");
      return [];
    }
    for (const key of Object.keys(statement))
      if (!kind.known.includes(key))
        report(`has ${key}, ${explainUnsupported(key)}`);
    return [kind.read(statement, report)];
  });
  return problems.length > 0 ? { problems } : { statements };
}

function explainUnsupported(key: string): string {
  return key === "NotPrincipal"
    ? "which AWS does not take here; deny with a Condition on aws:PrincipalArn instead"
    : "which this embedded AWS does not evaluate here";
}

function findDocumentProblems(document: JsonObject): string[] {
  const problems = Object.keys(document)
    .filter((key) => !["Version", "Id", "Statement"].includes(key))
    .map((key) => `has ${key}, which is no element of a policy`);
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

/** A list of texts, and whether the statement names what it is not about. */
interface ElementSelection {
  readonly values: readonly string[];
  readonly isInverted: boolean;
}

/** Reads an element or its opposite, of which a statement has one. */
function readEither(
  name: string,
  statement: JsonObject,
  report: ReportProblem,
): ElementSelection {
  const isInverted = statement[`Not${name}`] !== undefined;
  if (isInverted && statement[name] !== undefined)
    report(`has ${name} and Not${name}, which exclude each other`);
  const written = isInverted ? `Not${name}` : name;
  const texts = readStrings({ [written]: statement[written] }, report);
  return { values: texts, isInverted };
}

function readActions(
  { values: texts }: ElementSelection,
  report: ReportProblem,
): readonly string[] {
  for (const action of texts)
    if (!/^(?:\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(action))
      report(`Action ${action} is not of the form service:Action`);
  return texts;
}

function readPrincipals(input: unknown, report: ReportProblem): string[] {
  if (input === "*") return ["*"];
  if (!isJsonObject(input)) {
    report('Principal must be "*" or an object such as { AWS: … }');
    return [];
  }
  for (const key of Object.keys(input))
    if (key !== "AWS" && key !== "Service")
      report(`Principal has ${key}, which this embedded AWS does not evaluate`);
  if (input["AWS"] === undefined) return [];
  const principals = readStrings({ "Principal.AWS": input["AWS"] }, report);
  for (const principal of principals)
    if (
      !/^(?:\*|\d{12}|arn:[a-z-]+:iam::\d{12}:(?:root|(?:user|role)\/[^*?]+)|arn:[a-z-]+:sts::\d{12}:assumed-role\/[^*?/]+\/[^*?/]+)$/.test(
        principal,
      )
    )
      report(
        `Principal ${principal} is no account id and no ARN of a root, user, role or session`,
      );
  return principals;
}

function readServices(input: unknown, report: ReportProblem): string[] {
  const services = isJsonObject(input) ? input["Service"] : undefined;
  return services === undefined
    ? []
    : readStrings({ "Principal.Service": services }, report);
}
