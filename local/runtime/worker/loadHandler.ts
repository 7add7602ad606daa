import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRuntimeError } from "../handler/describeError";
import { STRIPS_TYPES, TYPESCRIPT_ADVICE } from "../function/typeScript";
import type { LambdaHandler } from "../function/LambdaHandler";
import type { FileCode } from "../function/FunctionCode";

const NOT_FOUND = new Set(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"]);

/**
 * Loads a handler from its module.
 *
 * @throws `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError`, `Runtime.HandlerNotFound`, or
 * what the module itself throws.
 */
export async function loadHandler(code: FileCode): Promise<LambdaHandler> {
  const exports = await loadModule(code.path);
  const found =
    exportOf(exports, code.exportName) ??
    exportOf(exportOf(exports, "default"), code.exportName);
  const name = handlerName(code);
  if (found === undefined || found === null) {
    throw createRuntimeError(
      "HandlerNotFound",
      `${name} is undefined or not exported`,
    );
  }
  if (typeof found !== "function") {
    throw createRuntimeError("HandlerNotFound", `${name} is not a function`);
  }
  return found as LambdaHandler;
}

/** Returns the name of a handler as Lambda writes it: `index.handler`. */
export function handlerName({ path, exportName }: FileCode): string {
  return `${basename(path, extname(path))}.${exportName}`;
}

async function loadModule(path: string): Promise<unknown> {
  try {
    if (!existsSync(path)) {
      const cause = new Error(`Cannot find module '${path}'`);
      throw createRuntimeError("ImportModuleError", cause);
    }
    if (/\.[cm]?ts$/.test(path) && !STRIPS_TYPES)
      throw createRuntimeError(
        "ImportModuleError",
        new Error(TYPESCRIPT_ADVICE),
      );
    if (isEsModule(path))
      return (await import(pathToFileURL(path).href)) as unknown;
    // `import()` sees only the CommonJS exports that static analysis of the source can find.
    return createRequire(path)(path) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw createRuntimeError("UserCodeSyntaxError", error);
    }
    if (NOT_FOUND.has(String((error as { code?: unknown } | null)?.code))) {
      throw createRuntimeError("ImportModuleError", error);
    }
    throw error;
  }
}

function isEsModule(path: string): boolean {
  const extension = extname(path);
  if (!/^\.[jt]s$/.test(extension)) return /^\.m[jt]s$/.test(extension);
  return packageType(dirname(path)) === "module";
}

function packageType(folder: string): unknown {
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    const content = JSON.parse(readFileSync(file, "utf8")) as unknown;
    return exportOf(content, "type");
  }
  const parent = dirname(folder);
  return parent === folder || basename(folder) === "node_modules"
    ? undefined
    : packageType(parent);
}

function exportOf(module: unknown, name: string): unknown {
  const holder = typeof module === "object" || typeof module === "function";
  return holder && module !== null
    ? (module as Record<string, unknown>)[name]
    : undefined;
}
