import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Call } from "../state/ApiCall";
import { notAvailable } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import { Violations } from "../protocol/Violations";
import { Given } from "../validation/OptionReader";
import { readFunction } from "../options/readFunction";
import { lambdaError } from "../protocol/createLambdaError";
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

/** Reads what `CreateFunction` asks for, and refuses what AWS or this embedded AWS refuses. */
export function readCreateFunction(call: Call): FunctionDefinition {
  const body = parse(call.request.body);
  for (const [name, value] of Object.entries(body))
    if (value !== null && !KNOWN.includes(name))
      throw notAvailable("lambda", `CreateFunction with ${name}`);
  if (body["PackageType"] === "Image")
    throw notAvailable("lambda", "CreateFunction with an image");
  const name = checkMembers(body);
  const code = locateModule(body["Code"], textOf(body["Handler"]));
  const tenancy = membersOf(body["TenancyConfig"])["TenantIsolationMode"];
  const given = new Given({
    path: "CreateFunction",
    problems: [],
    value: withoutNull({
      ...code,
      description: body["Description"],
      timeout: body["Timeout"],
      memorySize: body["MemorySize"],
      runtime: body["Runtime"],
      environment: membersOf(body["Environment"])["Variables"],
      tenantIsolation:
        tenancy === undefined ? undefined : tenancy === "PER_TENANT",
      ...(body["Publish"] === true && { versions: { 1: code } }),
    }),
  });
  const read = readFunction(given, { name, region: call.region });
  if (!read || given.problems.length > 0)
    throw lambdaError(
      "InvalidParameterValueException",
      given.problems.join("; "),
    );
  return {
    ...read,
    handler: textOf(body["Handler"]) ?? read.handler,
    ...(typeof body["Role"] === "string" && { role: body["Role"] }),
  };
}

type Members = Readonly<Record<string, unknown>>;

function parse(body: Buffer): Members {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Members;
  } catch {
    // Told below, as every other body that is no object.
  }
  throw new ServiceError({
    status: 400,
    code: "SerializationException",
    message: "Could not parse request body into json.",
  });
}

function checkMembers(body: Members): string {
  const name = textOf(body["FunctionName"]);
  const role = textOf(body["Role"]);
  const violations = new Violations("lambda");
  for (const [member, value] of Object.entries({ functionName: name, role }))
    if (value === undefined)
      violations.add(member, { value: null, constraint: "not be null" });
  violations.text("functionName", {
    value: name,
    min: 1,
    max: 64,
    pattern: "[a-zA-Z0-9-_]+",
  });
  violations.text("role", {
    value: role,
    pattern: "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
  });
  violations.text("handler", {
    value: textOf(body["Handler"]),
    max: 128,
    pattern: "[^\\s]+",
  });
  violations.throwIfAny();
  return name ?? "";
}

/** File and export that `Code` and `Handler` lead to. */
function locateModule(
  code: unknown,
  handler = "index.handler",
): { readonly file: string; readonly exportName: string } {
  const { S3Bucket: bucket, S3Key: key, ...others } = membersOf(code);
  if (
    bucket !== "local" ||
    typeof key !== "string" ||
    Object.values(others).some((value) => value !== null)
  )
    throw notAvailable(
      "lambda",
      'CreateFunction with code other than { S3Bucket: "local", S3Key: <path of a folder or module on this machine> } (or give the function to startLocalAws or createFunction)',
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

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function withoutNull(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
}
