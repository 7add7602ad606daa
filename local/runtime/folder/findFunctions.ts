import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { NODE_RUNTIME } from "../instance/createEnvironment";
import {
  readFunctionFile,
  type FunctionFileSettings,
} from "./readFunctionFile";
import { STRIPS_TYPES, TYPESCRIPT_ADVICE } from "../function/typeScript";
import type { FileCode } from "../function/FunctionCode";

/** A function found in a folder. */
export interface FoundFunction {
  /** Name of the function, taken from its file or folder. */
  readonly functionName: string;

  /** Location of its code. */
  readonly code: FileCode;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Identifier of the Node.js runtime that runs it, such as `nodejs22.x`. */
  readonly runtime: string;

  /** Settings from its `function.json`, without the handler. Undefined if there is no such file. */
  readonly settings?: FunctionFileSettings;
}

interface FunctionCandidate {
  readonly functionName: string;

  /** Folder that contains its module. */
  readonly folder: string;

  /** Name of its module, unless its `function.json` sets another. */
  readonly module: string;

  /** Path of its `function.json`, which may not exist. */
  readonly functionFile: string;

  /** Whether its `function.json` may name a different module. */
  readonly hasOwnFolder: boolean;
}

const EXTENSIONS = [".js", ".mjs", ".cjs"];
const TYPESCRIPT_EXTENSIONS = [".ts", ".mts", ".cts"];
const MODULE_FILE = STRIPS_TYPES
  ? /^(.+)(?<!\.d)\.[cm]?[jt]s$/
  : /^(.+)\.[cm]?js$/;
const SETTINGS_SUFFIX = ".function.json";
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Finds the functions of a folder, sorted by name.
 *
 * `hello.js` (or `.mjs`, `.cjs`; also `.ts`, `.mts`, `.cts` if Node strips types) and `hello/index.js` are the function `hello` with the export
 * `handler`. `hello.function.json` or `hello/function.json` may set `handler`, `timeout`,
 * `memorySize`, `description` and `environment`. Hidden folders and folders without any of these
 * files are not functions, so they can hold helper modules.
 *
 * @throws Error that names the path, the rule and the fix.
 */
export function findFunctions(folder: string): FoundFunction[] {
  const root = resolve(folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `The functions folder ${root} ${existsSync(root) ? "is not a folder" : "does not exist"}. Pass a folder that contains a handler, such as hello.js.`,
    );
  }
  const candidates = readdirSync(root)
    .sort()
    .map((entry) => findCandidate(root, entry))
    .filter((candidate) => candidate !== undefined);
  if (candidates.length === 0) {
    throw new Error(
      `The functions folder ${root} contains no handler. Add a hello.js, hello.mjs or hello/index.js that exports "handler".${describeTypeScript(root)}`,
    );
  }
  rejectInvalidNames(candidates);
  return candidates.map((candidate) => toFoundFunction(root, candidate));
}

function findCandidate(
  root: string,
  entry: string,
): FunctionCandidate | undefined {
  const path = join(root, entry);
  if (entry.startsWith(".") || entry === "node_modules") return undefined;
  if (statSync(path).isDirectory()) {
    const functionFile = join(path, "function.json");
    const isFunction =
      existsSync(functionFile) || listModules(path, "index").length > 0;
    return isFunction
      ? {
          functionName: entry,
          folder: path,
          module: "index",
          functionFile,
          hasOwnFolder: true,
        }
      : undefined;
  }
  if (entry.endsWith(SETTINGS_SUFFIX)) rejectOrphan(root, entry);
  const functionName = MODULE_FILE.exec(entry)?.[1];
  return functionName === undefined ||
    !listModules(root, functionName).includes(path)
    ? undefined
    : {
        functionName,
        folder: root,
        module: functionName,
        functionFile: join(root, functionName + SETTINGS_SUFFIX),
        hasOwnFolder: false,
      };
}

function rejectOrphan(root: string, entry: string): void {
  const name = entry.slice(0, -SETTINGS_SUFFIX.length);
  if (listModules(root, name).length > 0) return;
  throw new Error(
    `${join(root, entry)} has no module. Add ${name}.js next to it, or remove it.`,
  );
}

function rejectInvalidNames(candidates: readonly FunctionCandidate[]): void {
  for (const { functionName, folder, hasOwnFolder } of candidates) {
    if (!NAME.test(functionName)) {
      throw new Error(
        `${hasOwnFolder ? folder : join(folder, functionName)} is not a valid function name. Rename it to 1 to 64 letters, digits, hyphens and underscores.`,
      );
    }
    const same = candidates.filter(
      (candidate) => candidate.functionName === functionName,
    );
    if (same.length > 1) {
      const paths = same.flatMap((candidate) =>
        listModules(candidate.folder, candidate.module),
      );
      throw new Error(
        `The function "${functionName}" exists more than once: ${[...new Set(paths)].join(" and ")}. Remove all but one.`,
      );
    }
  }
}

function toFoundFunction(
  root: string,
  candidate: FunctionCandidate,
): FoundFunction {
  const { functionName, functionFile } = candidate;
  const { handler: named, ...settings } = existsSync(functionFile)
    ? readFunctionFile(functionFile)
    : {};
  const [module = "", exportName = ""] = named?.split(".") ?? [
    candidate.module,
    "handler",
  ];
  if (!candidate.hasOwnFolder && module !== candidate.module) {
    throw new Error(
      `"handler" in ${functionFile} must start with "${candidate.module}.". Correct it, or move the function to its own folder.`,
    );
  }
  const code: FileCode = {
    kind: "file",
    path: findOnlyModule(candidate, module),
    exportName,
    root,
  };
  return {
    functionName,
    code,
    handler: `${module}.${exportName}`,
    runtime: NODE_RUNTIME,
    ...(existsSync(functionFile) && { settings }),
  };
}

function findOnlyModule(
  { folder, functionName }: FunctionCandidate,
  module: string,
): string {
  const [path, another] = listModules(folder, module);
  if (path === undefined) {
    throw new Error(
      `The function "${functionName}" has no module ${join(folder, module)}.js, .mjs or .cjs. Add it, or correct "handler" in its function.json.${describeTypeScript(folder)}`,
    );
  }
  if (another !== undefined) {
    throw new Error(
      `The function "${functionName}" exists more than once: ${path} and ${another}. Remove all but one.`,
    );
  }
  return path;
}

/** Compiled modules first: TypeScript next to them is their source. */
function listModules(folder: string, module: string): string[] {
  const list = (extensions: readonly string[]): string[] =>
    extensions
      .map((extension) => join(folder, module + extension))
      .filter((path) => existsSync(path));
  const compiled = list(EXTENSIONS);
  return compiled.length > 0 || !STRIPS_TYPES
    ? compiled
    : list(TYPESCRIPT_EXTENSIONS);
}

/** Explains why TypeScript files in a folder are not used. Empty if the folder has none. */
function describeTypeScript(folder: string): string {
  const hasTypeScript =
    !STRIPS_TYPES &&
    readdirSync(folder).some((file) => /(?<!\.d)\.[cm]?ts$/.test(file));
  return hasTypeScript ? ` ${TYPESCRIPT_ADVICE}` : "";
}
