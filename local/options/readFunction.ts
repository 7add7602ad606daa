import { accessSync, constants, statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import type { FunctionCode, LambdaHandler } from "../runtime";
import type { OptionReader } from "../validation/OptionReader";
import { regionRule } from "../validation/rules";

const CODE_KEYS = ["handler", "file", "exportName"];
const CONFIGURATION_KEYS = [
  "description",
  "timeout",
  "memorySize",
  "environment",
  "runtime",
  "region",
  "tenantIsolation",
  "versions",
  "aliases",
];
const ENVIRONMENT_LIMIT_BYTES = 4096;

/**
 * Reads the options of one function. Returns undefined if it has no valid code; the problem has
 * been reported.
 */
export function readFunction(
  option: OptionReader,
  at: { readonly name: string; readonly region: string },
): FunctionDefinition | undefined {
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(at.name))
    option.report(
      "is not a valid function name; use 1 to 64 letters, digits, hyphens and underscores",
    );
  const code = readCode(option, CONFIGURATION_KEYS);
  const versions = readVersions(option.at("versions"));
  const isolates = option.at("tenantIsolation");
  if (!isolates.isMissing && typeof isolates.value !== "boolean")
    isolates.report("must be true or false");
  if (!code) return undefined;
  return {
    name: at.name,
    region: option.at("region").string(at.region, regionRule),
    code,
    description: option.at("description").string("", {
      pattern: /^[^]{0,256}$/,
      requirement: "at most 256 characters",
    }),
    timeout: readTimeout(option.at("timeout")),
    memorySize: option
      .at("memorySize")
      .number(128, { min: 128, max: 10_240, isWhole: true }),
    environment: readEnvironment(option.at("environment")),
    handler: getHandlerName(code),
    runtime: option.at("runtime").string(getProcessRuntime()),
    isolatesTenants: isolates.value === true,
    versions,
    aliases: readAliases(option.at("aliases"), versions),
  };
}

/** Returns this process's Node.js version as a Lambda runtime identifier. */
export function getProcessRuntime(): string {
  return `nodejs${String(process.versions.node.split(".")[0])}.x`;
}

/** Returns the handler name of a function's code, as Lambda writes it. */
export function getHandlerName(code: FunctionCode): string {
  return code.kind === "inline"
    ? "index.handler"
    : `${basename(code.path, extname(code.path))}.${code.exportName}`;
}

function readCode(
  option: OptionReader,
  further: readonly string[],
): FunctionCode | undefined {
  const { value } = option;
  if (typeof value === "function")
    return { kind: "inline", handler: value as LambdaHandler };
  if (!option.isObject()) {
    option.report("must be a handler, or an object with handler or file");
    return undefined;
  }
  option.allowOnly(...CODE_KEYS, ...further);
  const handler = option.at("handler");
  const file = option.at("file").string(undefined);
  if (handler.isMissing === (file === undefined)) {
    option.report("must have either handler or file");
    return undefined;
  }
  if (file !== undefined) return readFile(option, resolve(file));
  if (typeof handler.value === "function")
    return { kind: "inline", handler: handler.value as LambdaHandler };
  handler.report("must be a function");
  return undefined;
}

function readFile(
  option: OptionReader,
  path: string,
): FunctionCode | undefined {
  const exportName = option.at("exportName").string("handler");
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    option.at("file").report(`must be an existing file, not ${path}`);
    return undefined;
  }
  try {
    accessSync(path, constants.R_OK);
    return { kind: "file", path, exportName };
  } catch {
    option.at("file").report(`must be a readable file, not ${path}`);
    return undefined;
  }
}

function readTimeout(option: OptionReader): number {
  const seconds = option.number(3, { min: 0, max: 900 });
  if (seconds === 0) option.report("must be above 0");
  return seconds;
}

function readEnvironment(option: OptionReader): Record<string, string> {
  const variables: Record<string, string> = {};
  let bytes = 0;
  for (const [name, variable] of option.properties()) {
    if (!/^[a-zA-Z]\w+$/.test(name))
      variable.report(
        "is not a valid variable name; use a letter followed by letters, digits and underscores",
      );
    const value = variable.string("");
    variables[name] = value;
    bytes += Buffer.byteLength(name + value);
  }
  if (bytes > ENVIRONMENT_LIMIT_BYTES)
    option.report(`must be at most 4,096 bytes, not ${bytes}`);
  return variables;
}

function readVersions(option: OptionReader): Map<string, FunctionCode> {
  const versions = new Map<string, FunctionCode>();
  for (const [version, published] of option.properties()) {
    if (!/^[1-9]\d*$/.test(version))
      published.report("is not a valid version; use an integer of at least 1");
    const code = readCode(published, []);
    if (code) versions.set(version, code);
  }
  return versions;
}

function readAliases(
  option: OptionReader,
  versions: ReadonlyMap<string, FunctionCode>,
): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [name, alias] of option.properties()) {
    if (!/^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/.test(name))
      alias.report(
        "is not a valid alias; use letters, digits, hyphens and underscores, but not only digits",
      );
    const version = alias.string("$LATEST");
    if (version !== "$LATEST" && !versions.has(version))
      alias.report(`refers to version ${version}, which does not exist`);
    aliases.set(name, version);
  }
  return aliases;
}
