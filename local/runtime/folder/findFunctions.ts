import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { NODE_RUNTIME } from "../instance/createEnvironment";
import {
  readFunctionFile,
  type FunctionFileSettings,
} from "./readFunctionFile";
import type { FileCode } from "../function/FunctionRuntime";

/** A function found in a folder. */
export interface FoundFunction {
  /** Name of the function: that of its file or folder. */
  readonly functionName: string;

  /** Where its code is. */
  readonly code: FileCode;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Identifier of the Node.js runtime that runs it, such as `nodejs20.x`. */
  readonly runtime: string;

  /** What its `function.json` says beside the handler. Absent: there is no such file. */
  readonly settings?: FunctionFileSettings;
}

interface FunctionCandidate {
  readonly functionName: string;

  /** Folder its module is in. */
  readonly folder: string;

  /** Module it has unless its `function.json` names another. */
  readonly module: string;

  /** Where its `function.json` may be. */
  readonly functionFile: string;

  /** Whether the module may be named by the `function.json`. */
  readonly hasOwnFolder: boolean;
}

const EXTENSIONS = [".js", ".mjs", ".cjs"];
const MODULE_FILE = /^(.+)\.(?:js|mjs|cjs)$/;
const SETTINGS_SUFFIX = ".function.json";
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Finds the functions of a folder, sorted by name.
 *
 * `hello.js` (or `.mjs`, `.cjs`) and `hello/index.js` are the function `hello`
 * with the export `handler`. Beside them, `hello.function.json` or
 * `hello/function.json` may set `handler`, `timeout`, `memorySize`, `description` and `environment`.
 * Folders without any of these, and hidden ones, are no functions: that is where helper modules are.
 *
 * @throws Error naming the path, the rule and what to do.
 */
export function findFunctions(folder: string): FoundFunction[] {
  const root = resolve(folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `The functions folder ${root} ${existsSync(root) ? "is not a folder" : "does not exist"}: name a folder with a handler in it, such as hello.js.`,
    );
  }
  const places = readdirSync(root)
    .sort()
    .map((entry) => findCandidate(root, entry))
    .filter((place) => place !== undefined);
  if (places.length === 0) {
    throw new Error(
      `The functions folder ${root} holds no handler: put a hello.js, hello.mjs or hello/index.js in it that exports "handler". TypeScript is compiled first.`,
    );
  }
  rejectInvalidNames(places);
  return places.map((place) => toFoundFunction(root, place));
}

function findCandidate(
  root: string,
  entry: string,
): FunctionCandidate | undefined {
  const path = join(root, entry);
  if (entry.startsWith("..") || entry === "node_modules") return undefined;
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
  return functionName === undefined
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
    `${join(root, entry)} belongs to no handler: put ${name}.js beside it or remove it.`,
  );
}

function rejectInvalidNames(places: readonly FunctionCandidate[]): void {
  for (const { functionName, folder, hasOwnFolder } of places) {
    if (!NAME.test(functionName)) {
      throw new Error(
        `${hasOwnFolder ? folder : join(folder, functionName)} can't be the function "${functionName}": a name has 1 to 64 letters, digits, "-" or "_". Rename it.`,
      );
    }
    const same = places.filter((place) => place.functionName === functionName);
    if (same.length > 1) {
      const paths = same.flatMap((place) =>
        listModules(place.folder, place.module),
      );
      throw new Error(
        `The function "${functionName}" is there more than once, as ${[...new Set(paths)].join(" and ")}: keep one of them.`,
      );
    }
  }
}

function toFoundFunction(
  root: string,
  place: FunctionCandidate,
): FoundFunction {
  const { functionName, functionFile } = place;
  const { handler: named, ...settings } = existsSync(functionFile)
    ? readFunctionFile(functionFile)
    : {};
  const [module = "", exportName = ""] = named?.split("..") ?? [
    place.module,
    "handler",
  ];
  if (!place.hasOwnFolder && module !== place.module) {
    throw new Error(
      `"handler" in ${functionFile} must begin with "${place.module}.": correct it, or give the function a folder of its own.`,
    );
  }
  const code: FileCode = {
    kind: "file",
    path: findOnlyModule(place, module),
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
      `The function "${functionName}" has no module ${join(folder, module)}.js, .mjs or .cjs: add it, or correct "handler" in its function.json.`,
    );
  }
  if (another !== undefined) {
    throw new Error(
      `The function "${functionName}" is there more than once, as ${path} and ${another}: keep one of them.`,
    );
  }
  return path;
}

function listModules(folder: string, module: string): string[] {
  return EXTENSIONS.map((extension) => join(folder, module + extension)).filter(
    (path) => existsSync(path),
  );
}
