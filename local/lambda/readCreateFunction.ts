import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ApiCall } from "../state/ApiCall";
import { createNotAvailableError } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import { Violations } from "../protocol/Violations";
import { OptionReader } from "../validation/OptionReader";
import { readFunction } from "../options/readFunction";
import { createLambdaError } from "../protocol/createLambdaError";
import type { FunctionDefinition } from "../state/FunctionDefinition";

const KNOWN = [
  "FunctionName",
  "Runtime",
  "Role",
  "Handler",
  "Code",
  "Description",
  "Timeout",
  "MemorySize",
  "Environment",
  "PackageType",
  "Publish",
  "TenancyConfig",
];

/** Reads a `CreateFunction` request. Throws for anything that AWS or this embedded AWS rejects. */
export function readCreateFunction(call: ApiCall): FunctionDefinition {
  const body = parse(call.request.body);
  for (const [name, value] of Object.entries(body))
    if (value !== null && !KNOWN.includes(name))
      throw createNotAvailableError("lambda", `CreateFunction with ${name}`);
  if (body["PackageType"] === "Image")
    throw createNotAvailableError("lambda", "CreateFunction with an image");
  const name = checkMembers(body);
  const code = locateModule(body["Code"], toOptionalString(body["Handler"]));
  const tenancy = toJsonObject(body["TenancyConfig"])["TenantIsolationMode"];
  const option = new OptionReader({
    path: "CreateFunction",
    problems: [],
    value: withoutNull({
      ...code,
      description: body["Description"],
      timeout: body["Timeout"],
      memorySize: body["MemorySize"],
      runtime: body["Runtime"],
      environment: toJsonObject(body["Environment"])["Variables"],
      tenantIsolation:
        tenancy === undefined ? undefined : tenancy === "PER_TENANT",
      ...(body["Publish"] === true && { versions: { 1: code } }),
    }),
  });
  const read = readFunction(option, { name, region: call.region });
  if (!read || option.problems.length > 0)
    throw createLambdaError(
      "InvalidParameterValueException",
      option.problems.join("; "),
    );
  return {
    ...read,
    handler: toOptionalString(body["Handler"]) ?? read.handler,
    ...(typeof body["Role"] === "string" && { role: body["Role"] }),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parse(body: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value as JsonObject;
  } catch {
    // Reported below, like a body that is not an object.
  }
  throw new ServiceError({
    status: 400,
    code: "SerializationException",
    message: "Could not parse request body into json.",
  });
}

function checkMembers(body: JsonObject): string {
  const name = toOptionalString(body["FunctionName"]);
  const role = toOptionalString(body["Role"]);
  const violations = new Violations("lambda");
  for (const [member, value] of Object.entries({ functionName: name, role }))
    if (value === undefined)
      violations.add(member, { value: null, constraint: "not be null" });
  violations.checkString("functionName", {
    value: name,
    min: 1,
    max: 64,
    pattern: "[a-zA-Z0-9-_]+",
  });
  violations.checkString("role", {
    value: role,
    pattern: "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
  });
  violations.checkString("handler", {
    value: toOptionalString(body["Handler"]),
    max: 128,
    pattern: "[^\\s]+",
  });
  violations.throwIfAny();
  return name ?? "";
}

/** Finds the file and export to which `Code` and `Handler` refer. */
function locateModule(
  code: unknown,
  handler = "index.handler",
): { readonly file: string; readonly exportName: string } {
  const { S3Bucket: bucket, S3Key: key, ...others } = toJsonObject(code);
  if (
    bucket !== "local" ||
    typeof key !== "string" ||
    Object.values(others).some((value) => value !== null)
  )
    throw createNotAvailableError(
      "lambda",
      'CreateFunction with code other than { S3Bucket: "local", S3Key: <path of a folder or module on this machine> } (alternatively, pass the function to startLocalAws or createFunction)',
    );
  const dot = handler.lastIndexOf(".");
  const exportName = handler.slice(dot + 1);
  const path = resolve(key);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return { file: path, exportName };
  const module = join(path, dot < 0 ? "index" : handler.slice(0, dot));
  const found = [".js", ".mjs", ".cjs"]
    .map((extension) => module + extension)
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  return { file: found ?? `${module}.js`, exportName };
}

function toJsonObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null
    ? (value as JsonObject)
    : {};
}

function toOptionalString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function withoutNull(members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
}
