import { createCommonError } from "../protocol/createCommonError";
import { parseQuery } from "../http/parseQuery";
import { Violations } from "../protocol/Violations";
import type { HttpRequest } from "../http/HttpRequest";

/** A valid `CreateSession` request. */
export interface CreateSessionRequest {
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  readonly durationSeconds?: number;
  readonly roleSessionName?: string;
}

const ARNS = ["profileArn", "roleArn", "trustAnchorArn"] as const;

/** Reads the body, and the ARNs from the query, where AWS's credential helper puts them. */
export function readCreateSession(request: HttpRequest): CreateSessionRequest {
  const query = Object.fromEntries(parseQuery(request.rawQuery));
  const body = { ...query, ...parse(request.body) };
  const violations = new Violations("rolesanywhere");
  const readString = (member: string): string | undefined => {
    const value = body[member] ?? undefined;
    if (value === undefined || typeof value === "string") return value;
    violations.add(member, {
      value: JSON.stringify(value),
      constraint: "be a string",
    });
    return undefined;
  };
  for (const member of ARNS)
    if (body[member] == null)
      violations.add(member, { value: null, constraint: "not be null" });
  const roleSessionName = readString("roleSessionName");
  violations.checkString("roleSessionName", {
    value: roleSessionName,
    min: 2,
    max: 64,
    pattern: "[\\w+=,.@-]*",
  });
  const durationSeconds = readDuration(body["durationSeconds"], violations);
  const [profileArn = "", roleArn = "", trustAnchorArn = ""] =
    ARNS.map(readString);
  violations.throwIfAny();
  return {
    trustAnchorArn,
    profileArn,
    roleArn,
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(roleSessionName !== undefined && { roleSessionName }),
  };
}

function readDuration(
  input: unknown,
  violations: Violations,
): number | undefined {
  if (input == null) return undefined;
  const value = JSON.stringify(input);
  const add = (constraint: string): void => {
    violations.add("durationSeconds", { value, constraint });
  };
  if (!Number.isInteger(input)) add("be a number");
  else if ((input as number) < 900)
    add("have value greater than or equal to 900");
  else if ((input as number) > 43_200)
    add("have value less than or equal to 43200");
  return input as number;
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Reported below, like a body that is not an object.
  }
  throw createCommonError("rolesanywhere", {
    kind: "invalid-request",
    message: "The request body is not a JSON object",
  });
}
