import type { Statement, TrustStatement } from "./Statement";

/** What reading a policy gave: its statements, or each mistake as a sentence. */
export type PolicyReading<S> =
  | { readonly statements: readonly S[] }
  | { readonly problems: readonly string[] };

/** Reads a permission or session policy. */
export function readPolicy(document: unknown): PolicyReading<Statement> {
  return readStatements(document, {
    known: ["Sid", "Effect", "Action", "Resource"],
    read: (statement, complain) => ({
      effect: readEffect(statement, complain),
      actions: readActions(statement, complain),
      resources: readTexts({ Resource: statement["Resource"] }, complain),
    }),
  });
}

/** Reads the trust policy of a role. */
export function readTrustPolicy(
  document: unknown,
): PolicyReading<TrustStatement> {
  return readStatements(document, {
    known: ["Sid", "Effect", "Action", "Principal", "Condition"],
    read: (statement, complain) => {
      const externalIds = readCondition(statement["Condition"], complain);
      return {
        effect: readEffect(statement, complain),
        actions: readActions(statement, complain),
        principals: readPrincipals(statement["Principal"], complain),
        services: readServices(statement["Principal"], complain),
        ...(externalIds && { externalIds }),
      };
    },
  });
}

type Complain = (sentence: string) => void;
type Members = Readonly<Record<string, unknown>>;

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
      if (!kind.known.includes(key))
        complain(`has ${key}, which this embedded AWS does not evaluate here`);
    return [kind.read(statement, complain)];
  });
  return problems.length > 0 ? { problems } : { statements };
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

function readEffect(statement: Members, complain: Complain): "Allow" | "Deny" {
  const effect = statement["Effect"];
  if (effect === "Allow" || effect === "Deny") return effect;
  complain("Effect must be Allow or Deny");
  return "Deny";
}

function readActions(statement: Members, complain: Complain): string[] {
  const actions = readTexts({ Action: statement["Action"] }, complain);
  for (const action of actions)
    if (!/^(?:\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(action))
      complain(`Action ${action} is not of the form service:Action`);
  return actions;
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

function readCondition(
  given: unknown,
  complain: Complain,
): string[] | undefined {
  if (given === undefined) return undefined;
  const operators = isMembers(given) ? Object.keys(given) : [];
  const equals = isMembers(given) ? given["StringEquals"] : undefined;
  const keys = isMembers(equals) ? Object.keys(equals) : [];
  const [key = ""] = keys;
  if (
    operators.length === 1 &&
    keys.length === 1 &&
    key.toLowerCase() === "sts:externalid" &&
    isMembers(equals)
  )
    return readTexts({ Condition: equals[key] }, complain);
  complain(
    "Condition is not { StringEquals: { 'sts:ExternalId': … } }, the only one this embedded AWS evaluates",
  );
  return undefined;
}

/** Reads one named element that is a text or a list of texts. */
function readTexts(element: Members, complain: Complain): string[] {
  const [name, given] = Object.entries(element)[0] ?? [];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const texts = list.filter(
    (text): text is string => typeof text === "string" && text !== "",
  );
  if (texts.length === list.length && texts.length > 0) return texts;
  complain(`${String(name)} must be a text or a list of texts`);
  return [];
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
