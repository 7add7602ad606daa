import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { Violations } from "../protocol/Violations";
import { authorize } from "../iam/authorize";
import { createParameterError } from "./createParameterError";
import { JsonBody } from "./JsonBody";
import { findNameProblem, createParameterArn } from "./ParameterName";
import type { ParameterType, ParameterVersion } from "../state/ParameterStore";

const VALUE_LIMIT = 4096;
const NAME_LIMIT = 1011;
const TYPES: readonly ParameterType[] = [
  "String",
  "StringList",
  "SecureString",
];

const KNOWN = ["Name", "Value", "Type", "Overwrite", "Description", "KeyId"];

/**
 * Writes a parameter, or a new version of it with `Overwrite`. Only the format of a KMS key is
 * checked; KMS permissions are not.
 */
export function putParameter(call: ApiCall): HttpResponse {
  const body = new JsonBody(call.request);
  body.allowOnly("PutParameter", KNOWN);
  const { name, value } = readMembers(body);
  const accountId = call.caller.accountId;
  const parameter = { region: call.region, name };
  const arn = createParameterArn({ ...parameter, accountId });
  authorize(call, {
    service: "ssm",
    action: "ssm:PutParameter",
    resource: arn,
    ownerId: accountId,
  });
  checkName(name, arn);
  const store = call.cloud.account(accountId).parameters;
  const existing = store.find(parameter);
  if (existing && !body.boolean("Overwrite"))
    throw createParameterError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  const type = readType(body) ?? existing?.type;
  if (type === undefined)
    throw createParameterError(
      "ValidationException",
      "A parameter type is required when you create a parameter.",
    );
  checkKey(body, type);
  checkHistory(store.oldestIfFull(parameter), name);
  const { version } = store.put(parameter, { type, value });
  return {
    status: 200,
    headers: { "Content-Type": "application/x-amz-json-1.1" },
    body: JSON.stringify({ Tier: "Standard", Version: version }),
  };
}

function checkHistory(
  oldest: ParameterVersion | undefined,
  name: string,
): void {
  if (oldest && oldest.labels.length > 0)
    throw createParameterError(
      "ParameterMaxVersionLimitExceeded",
      `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
    );
}

function readType(body: JsonBody): ParameterType | undefined {
  return TYPES.find((type) => type === body.string("Type"));
}

function checkKey(body: JsonBody, type: ParameterType): void {
  const key = body.string("KeyId");
  if (key === undefined) return;
  if (type !== "SecureString")
    throw createParameterError(
      "ValidationException",
      "KeyId is required for SecureString type parameter only.",
    );
  if (!KEY.test(key))
    throw createParameterError("InvalidKeyId", `Invalid keyId ${key}`);
}

/** A KMS key ID, an alias, or the ARN of either. */
const KEY =
  /^(?:arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(?:key\/[a-zA-Z0-9-]+|alias\/[\w/-]+)|alias\/[\w/-]+|(?:mrk-)?[0-9a-f-]{32,36})$/;

function readMembers(body: JsonBody): { name: string; value: string } {
  const name = body.string("Name")?.trim();
  const value = body.string("Value");
  const violations = new Violations("ssm");
  for (const [member, memberValue] of Object.entries({ name, value }))
    if (memberValue === undefined)
      violations.add(member, { value: null, constraint: "not be null" });
  violations.checkString("name", { value: name, min: 1, max: 2048 });
  violations.checkEnum("type", { value: body.string("Type"), known: TYPES });
  violations.throwIfAny();
  if ((value?.length ?? 0) > VALUE_LIMIT)
    throw createParameterError(
      "ValidationException",
      `Standard tier parameters support a maximum parameter value of ${VALUE_LIMIT} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
    );
  return { name: name ?? "", value: value ?? "" };
}

function checkName(name: string, arn: string): void {
  const problem =
    findNameProblem(name) ??
    (/^\/?aws/i.test(name)
      ? `No access to reserved parameter name: ${name}.`
      : undefined) ??
    (arn.length > NAME_LIMIT
      ? `Parameter name must be at most ${NAME_LIMIT} characters with its ARN.`
      : undefined);
  if (problem !== undefined)
    throw createParameterError("ValidationException", problem);
}
