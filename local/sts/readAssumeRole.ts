import {
  createNotAvailableError,
  createCommonError,
} from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import { Violations } from "../protocol/Violations";
import type { HttpRequest } from "../http/HttpRequest";
import type { SessionTag } from "../iam/Caller";
import { readPolicy } from "../iam/readPolicy";
import type { Statement } from "../iam/Statement";
import { Form } from "./Form";

/** A valid `AssumeRole` request. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
  readonly policy?: readonly Statement[];

  /** Size of policy and tags in percent of the maximum. Undefined if there are neither. */
  readonly packedPolicySize?: number;
  readonly sourceIdentity?: string;

  readonly tags: readonly SessionTag[];

  /** Lower-case keys of the tags that further sessions inherit. */
  readonly transitiveTagKeys: readonly string[];
}

const NAME_PATTERN = "[\\w+=,.@-]*";
const TAG_PATTERN = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
const POLICY_LIMIT = 2048;

/** Reads the form. Throws for anything that AWS rejects before it looks at the role. */
export function readAssumeRole(request: HttpRequest): AssumeRoleRequest {
  const form = new Form(request.body);
  for (const name of [
    "PolicyArns",
    "SerialNumber",
    "TokenCode",
    "ProvidedContexts",
  ])
    if (form.has(name))
      throw createNotAvailableError("sts", `AssumeRole with ${name}`);
  checkConstraints(form);
  const roleArn = form.get("RoleArn") ?? "";
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn))
    throw createCommonError("sts", {
      kind: "invalid-request",
      message: `${roleArn} is invalid`,
    });
  const policy = form.get("Policy");
  const tags = readTags(form);
  const externalId = form.get("ExternalId");
  const duration = form.get("DurationSeconds");
  const sourceIdentity = form.get("SourceIdentity");
  const packedLength = (policy ?? "").length + tags.size;
  return {
    roleArn,
    sessionName: form.get("RoleSessionName") ?? "",
    ...(externalId !== undefined && { externalId }),
    ...(duration !== undefined && { durationSeconds: Number(duration) }),
    ...(policy !== undefined && { policy: readSessionPolicy(policy) }),
    ...(packedLength > 0 && {
      packedPolicySize: Math.ceil((packedLength * 100) / POLICY_LIMIT),
    }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    tags: tags.tags,
    transitiveTagKeys: tags.transitive,
  };
}

function checkConstraints(form: Form): void {
  const violations = new Violations("sts");
  const text = (
    member: string,
    rule: { min: number; max: number; pattern?: string },
  ) => {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    violations.checkString(name, { value: form.get(member), ...rule });
  };
  for (const member of ["roleArn", "roleSessionName"])
    if (form.get(member.replace("role", "Role")) === undefined)
      violations.add(member, { value: null, constraint: "not be null" });
  text("RoleArn", { min: 20, max: 2048 });
  text("RoleSessionName", { min: 2, max: 64, pattern: NAME_PATTERN });
  text("ExternalId", { min: 2, max: 1224, pattern: "[\\w+=,.@:\\/-]*" });
  text("Policy", {
    min: 1,
    max: POLICY_LIMIT,
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
  });
  text("SourceIdentity", { min: 2, max: 64, pattern: NAME_PATTERN });
  checkDuration(form.get("DurationSeconds"), violations);
  violations.throwIfAny();
  if (form.get("SourceIdentity")?.startsWith("aws:"))
    throw createCommonError("sts", {
      kind: "invalid-request",
      message: "Source identity must not begin with aws:",
    });
}

function checkDuration(
  value: string | undefined,
  violations: Violations,
): void {
  if (value === undefined) return;
  const member = "durationSeconds";
  if (!/^\d+$/.test(value))
    violations.add(member, { value, constraint: "be a number" });
  else if (Number(value) < 900)
    violations.add(member, {
      value,
      constraint: "have value greater than or equal to 900",
    });
  else if (Number(value) > 43_200)
    violations.add(member, {
      value,
      constraint: "have value less than or equal to 43200",
    });
}

function readSessionPolicy(text: string): readonly Statement[] {
  const parsed = readPolicy(parse(text));
  if ("statements" in parsed) return parsed.statements;
  const sentence = `The session policy ${parsed.problems.join("; ")}`;
  throw new ServiceError({
    status: 400,
    code: "MalformedPolicyDocument",
    message: `${sentence}.`,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError({
      status: 400,
      code: "MalformedPolicyDocument",
      message: "This policy contains invalid Json",
    });
  }
}

function readTags(form: Form): {
  readonly tags: readonly SessionTag[];
  readonly transitive: readonly string[];
  readonly size: number;
} {
  const tags = form.records("Tags").map((tag) => ({
    key: tag.get("Key") ?? "",
    value: tag.get("Value") ?? "",
  }));
  const transitive = form.list("TransitiveTagKeys");
  checkTags(tags, transitive);
  const keys = tags.map(({ key }) => key.toLowerCase());
  const transitiveKeys = transitive.map((key) => key.toLowerCase());
  const problem =
    new Set(keys).size < keys.length
      ? "Duplicate tag keys found. Please note that Tag keys are case insensitive."
      : transitiveKeys.some((key) => !keys.includes(key))
        ? "The specified transitive tag key must be included in the requested tags."
        : undefined;
  if (problem !== undefined)
    throw new ServiceError({
      status: 400,
      code: "InvalidParameterValue",
      message: problem,
    });
  const size = tags.reduce(
    (sum, { key, value }) => sum + key.length + value.length,
    0,
  );
  return { tags, transitive: transitiveKeys, size };
}

function checkTags(
  tags: readonly SessionTag[],
  transitive: readonly string[],
): void {
  const violations = new Violations("sts");
  for (const [member, { length }] of Object.entries({
    tags,
    transitiveTagKeys: transitive,
  }))
    if (length > 50)
      violations.add(member, {
        value: `${length} members`,
        constraint: "have length less than or equal to 50",
      });
  for (const [index, { key, value }] of tags.entries()) {
    const at = `tags.${index + 1}.member`;
    violations.checkString(`${at}.key`, {
      value: key,
      min: 1,
      max: 128,
      pattern: `${TAG_PATTERN}+`,
    });
    violations.checkString(`${at}.value`, {
      value,
      max: 256,
      pattern: `${TAG_PATTERN}*`,
    });
  }
  violations.throwIfAny();
}
