import { readCondition } from "./readCondition";
import {
  isMembers,
  readTexts,
  type Complain,
  type Members,
} from "./readStrings";
import type { Statement, TrustStatement } from "./Statement";

/** What reading a policy gave: its statements, or each mistake as a sentence. */
export type PolicyReading<S> =
  | { readonly statements: readonly S[] }
  | { readonly problems: readonly string[] };

/** Reads a permission or session policy. */
export function readPolicy(document: unknown): PolicyReading<Statement> {
  return readStatements(document, {
    known: [...KNOWN, "Resource", "NotResource"],
    read: (statement, complain) => {
      const action = readEither("Action", statement, complain);
      const resource = readEither("Resource", statement, complain);
      return {
        ...readCommon(statement, complain),
        actions: readActions(action, complain),
        resources: resource.texts,
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
): PolicyReading<TrustStatement> {
  return readStatements(document, {
    known: [...KNOWN, "Principal"],
    read: (statement, complain) => {
      const action = readEither("Action", statement, complain);
      return {
        ...readCommon(statement, complain),
        actions: readActions(action, complain),
        principals: readPrincipals(statement["Principal"], complain),
        inverted: action.isInverted ? ["actions"] : [],
        services: readServices(statement["Principal"], complain),
      };
    },
  });
}

const KNOWN = ["Sid", "Effect", "Action", "NotAction", "Condition"];

interface StatementKind<S> {
  /** Elements that are evaluated; every other is refused. */
  readonly known: readonly string[];
  readonly read: (statement: Members, complain: Complain) => S;
}

function readStatements<S>(
  document: unknown,
  kind: StatementKind<S>,
): PolicyReading<S> {
  if (!isMembers(document))
    return {
      problems: [
        "is not a policy: an object with Version and Statement is expected",
      ],
    };
  const problems = complainOfDocument(document);
  const given = document["Statement"];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) problems.push("Statement is empty");
  const statements = list.flatMap((statement, index) => {
    const complain: Complain = (sentence) =>
      problems.push(`Statement[${index}] ${sentence}`);
    if (!isMembers(statement)) {
      complain("is not an object");
      return [];
    }
    for (const key of Object.keys(statement))
      if (!kind.known.includes(key)) complain(`has ${key}, ${whyNot(key)}`);
    return [kind.read(statement, complain)];
  });
  return problems.length > 0 ? { problems } : { statements };
}

function whyNot(key: string): string {
  return key === "NotPrincipal"
    ? "which AWS does not take here; deny with a Condition on aws:PrincipalArn instead"
    : "which this embedded AWS does not evaluate here";
}

function complainOfDocument(document: Members): string[] {
  const problems = Object.keys(document)
    .filter((key) => !["Version", "Id", "Statement"].includes(key))
    .map((key) => `has ${key}, which is no element of a policy`);
  const version = document["Version"] ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17")
    problems.push("Version must be 2012-10-17 or 2008-10-17");
  return problems;
}

function readCommon(
  statement: Members,
  complain: Complain,
): Pick<Statement, "effect" | "conditions"> {
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny")
    complain("Effect must be Allow or Deny");
  return {
    effect: effect === "Allow" ? "Allow" : "Deny",
    conditions: readCondition(statement["Condition"], complain),
  };
}

/** A list of texts, and whether the statement names what it is not about. */
interface Selection {
  readonly texts: readonly string[];
  readonly isInverted: boolean;
}

/** Reads an element or its opposite, of which a statement has one. */
function readEither(
  name: string,
  statement: Members,
  complain: Complain,
): Selection {
  const isInverted = statement[`Not${name}`] !== undefined;
  if (isInverted && statement[name] !== undefined)
    complain(`has ${name} and Not${name}, which exclude each other`);
  const written = isInverted ? `Not${name}` : name;
  const texts = readTexts({ [written]: statement[written] }, complain);
  return { texts, isInverted };
}

function readActions(
  { texts }: Selection,
  complain: Complain,
): readonly string[] {
  for (const action of texts)
    if (!/^(?:\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(action))
      complain(`Action ${action} is not of the form service:Action`);
  return texts;
}

function readPrincipals(given: unknown, complain: Complain): string[] {
  if (given === "*") return ["*"];
  if (!isMembers(given)) {
    complain('Principal must be "*" or an object such as { AWS: … }');
    return [];
  }
  for (const key of Object.keys(given))
    if (key !== "AWS" && key !== "Service")
      complain(
        `Principal has ${key}, which this embedded AWS does not evaluate`,
      );
  if (given["AWS"] === undefined) return [];
  const principals = readTexts({ "Principal.AWS": given["AWS"] }, complain);
  for (const principal of principals)
    if (
      !/^(?:\*|\d{12}|arn:[a-z-]+:iam::\d{12}:(?:root|(?:user|role)\/[^*?]+)|arn:[a-z-]+:sts::\d{12}:assumed-role\/[^*?/]+\/[^*?/]+)$/.test(
        principal,
      )
    )
      complain(
        `Principal ${principal} is no account id and no ARN of a root, user, role or session`,
      );
  return principals;
}

function readServices(given: unknown, complain: Complain): string[] {
  const services = isMembers(given) ? given["Service"] : undefined;
  return services === undefined
    ? []
    : readTexts({ "Principal.Service": services }, complain);
}
