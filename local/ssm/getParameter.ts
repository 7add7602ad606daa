import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { Violations } from "../protocol/Violations";
import { authorize } from "../iam/authorize";
import { encrypt } from "./encrypt";
import {
  createParameterError,
  createVersionNotFoundError,
} from "./createParameterError";
import { JsonBody } from "./JsonBody";
import {
  createParameterArn,
  parseParameterName,
  type ParameterName,
} from "./ParameterName";
import type { ParameterVersion } from "../state/ParameterStore";

/**
 * Reads a parameter. A `SecureString` without `WithDecryption` is returned as ciphertext. KMS
 * permissions are not checked.
 */
export function getParameter(call: ApiCall): HttpResponse {
  const body = new JsonBody(call.request);
  body.allowOnly("GetParameter", ["Name", "WithDecryption"]);
  const text = readName(body);
  const name = parseParameterName(text);
  const accountId = name.arn?.accountId ?? call.caller.accountId;
  const region = name.arn?.region ?? call.region;
  const arn = createParameterArn({ region, accountId, name: name.name });
  authorize(call, {
    service: "ssm",
    action: "ssm:GetParameter",
    resource: arn,
    ownerId: accountId,
  });
  const { plainName, found } = find(call, { name, region, accountId });
  const isSealed =
    found.type === "SecureString" && !body.boolean("WithDecryption");
  return {
    status: 200,
    headers: { "Content-Type": "application/x-amz-json-1.1" },
    body: JSON.stringify({
      Parameter: {
        ARN: arn,
        DataType: "text",
        LastModifiedDate: found.modifiedAt / 1000,
        Name: plainName,
        ...(name.selector !== undefined && { Selector: `:${name.selector}` }),
        Type: found.type,
        Value: isSealed ? encrypt(found.value) : found.value,
        Version: found.version,
      },
    }),
  };
}

function readName(body: JsonBody): string {
  const name = body.string("Name");
  const violations = new Violations("ssm");
  if (name === undefined)
    violations.add("name", { value: null, constraint: "not be null" });
  violations.checkString("name", { value: name, min: 1, max: 2048 });
  violations.throwIfAny();
  return name ?? "";
}

function find(
  call: ApiCall,
  where: {
    readonly name: ParameterName;
    readonly region: string;
    readonly accountId: string;
  },
): { readonly plainName: string; readonly found: ParameterVersion } {
  const { name, region, accountId } = where;
  const store = call.cloud.accounts.get(accountId)?.parameters;
  // An ARN does not show whether the name has a leading slash.
  const plainName = [name.name, ...(name.arn ? [name.name.slice(1)] : [])].find(
    (candidate) => store?.find({ region, name: candidate }),
  );
  if (plainName === undefined || !store || region !== call.region)
    throw createParameterError("ParameterNotFound", "");
  const found = store.find({ region, name: plainName }, name.selector);
  if (found) return { plainName, found };
  throw createVersionNotFoundError(String(name.selector), plainName);
}
