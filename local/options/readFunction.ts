import { statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import type { FunctionCode, LambdaHandler } from "../runtime";
import type { Given } from "../validation/OptionReader";
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

/** Reads one function. Absent: it has no code that could be run; that was complained of. */
export function readFunction(
  given: Given,
  at: { readonly name: string; readonly region: string },
): FunctionDefinition | undefined {
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(at.name))
    given.complain(
      "is no function name; 1 to 64 letters, digits, hyphens and underscores are",
    );
  const code = readCode(given, CONFIGURATION_KEYS);
  const versions = readVersions(given.at("versions"));
  const isolates = given.at("tenantIsolation");
  if (!isolates.isAbsent && typeof isolates.value !== "boolean")
    isolates.complain("must be true or false");
  if (!code) return undefined;
  return {
    name: at.name,
    region: given.at("region").text(at.region, regionRule),
    code,
    description: given.at("description").text("", {
      pattern: /^[^]{0,256}$/,
      meaning: "at most 256 characters are allowed",
    }),
    timeout: readTimeout(given.at("timeout")),
    memorySize: given
      .at("memorySize")
      .number(128, { min: 128, max: 10_240, isWhole: true }),
    environment: readEnvironment(given.at("environment")),
    handler: handlerOf(code),
    runtime: given.at("runtime").text(runtimeOfProcess()),
    isolatesTenants: isolates.value === true,
    versions,
    aliases: readAliases(given.at("aliases"), versions),
  };
}

/** Identifier of the Node.js runtime that this process is. */
export function runtimeOfProcess(): string {
  return `nodejs${String(process.versions.node.split(".")[0])}.x`;
}

/** Handler of a piece of code, as Lambda writes it. */
export function handlerOf(code: FunctionCode): string {
  return code.kind === "inline"
    ? "index.handler"
    : `${basename(code.path, extname(code.path))}.${code.exportName}`;
}

function readCode(
  given: Given,
  further: readonly string[],
): FunctionCode | undefined {
  const { value } = given;
  if (typeof value === "function")
    return { kind: "inline", handler: value as LambdaHandler };
  if (!given.isRecord()) {
    given.complain("must be a handler, or an object with handler or file");
    return undefined;
  }
  given.knows(...CODE_KEYS, ...further);
  const handler = given.at("handler");
  const file = given.at("file").text(undefined);
  if (handler.isAbsent === (file === undefined)) {
    given.complain("needs either a handler or a file");
    return undefined;
  }
  if (file !== undefined) return readFile(given, resolve(file));
  if (typeof handler.value === "function")
    return { kind: "inline", handler: handler.value as LambdaHandler };
  handler.complain("must be a function");
  return undefined;
}

function readFile(given: Given, path: string): FunctionCode | undefined {
  const exportName = given.at("exportName").text("handler");
  if (statSync(path, { throwIfNoEntry: false })?.isFile())
    return { kind: "file", path, exportName };
  given.at("file").complain(`is no file: ${path}`);
  return undefined;
}

function readTimeout(given: Given): number {
  const seconds = given.number(3, { min: 0, max: 900 });
  if (seconds === 0) given.complain("must be above 0");
  return seconds;
}

function readEnvironment(given: Given): Record<string, string> {
  const variables: Record<string, string> = {};
  let bytes = 0;
  for (const [name, variable] of given.entries()) {
    if (!/^[a-zA-Z]\w+$/.test(name))
      variable.complain(
        "is no name of a variable; a letter and then letters, digits and underscores are",
      );
    const value = variable.text("");
    variables[name] = value;
    bytes += Buffer.byteLength(name + value);
  }
  if (bytes > ENVIRONMENT_LIMIT_BYTES)
    given.complain(`takes ${bytes} bytes; 4,096 are allowed`);
  return variables;
}

function readVersions(given: Given): Map<string, FunctionCode> {
  const versions = new Map<string, FunctionCode>();
  for (const [version, published] of given.entries()) {
    if (!/^[1-9]\d*$/.test(version))
      published.complain("is no version; versions are whole numbers from 1");
    const code = readCode(published, []);
    if (code) versions.set(version, code);
  }
  return versions;
}

function readAliases(
  given: Given,
  versions: ReadonlyMap<string, FunctionCode>,
): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [name, alias] of given.entries()) {
    if (!/^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/.test(name))
      alias.complain(
        "is no alias; letters, digits, hyphens and underscores are, but not digits alone",
      );
    const version = alias.text("$LATEST");
    if (version !== "$LATEST" && !versions.has(version))
      alias.complain(`leads to version ${version}, which does not exist`);
    aliases.set(name, version);
  }
  return aliases;
}
