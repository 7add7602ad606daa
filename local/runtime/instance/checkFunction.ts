import { basename, dirname, join } from "node:path";
import { Instance } from "./Instance";
import { handlerName } from "../worker/loadHandler";
import type { FileCode } from "../function/FunctionCode";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { HandlerResult } from "../function/HandlerResult";

/** Settings of a function that its module may read while it is loaded. */
export type CheckSettings = Pick<
  FunctionSettings,
  | "functionName"
  | "functionArn"
  | "memorySize"
  | "environment"
  | "awsVariables"
  | "initSeconds"
>;

const DEFAULT_SETTINGS: CheckSettings = {
  functionName: "check",
  functionArn: "",
  memorySize: 128,
  environment: {},
};

const INIT_SECONDS = 10;

/**
 * Loads a handler once in a separate thread, and unloads it.
 *
 * @param settings - Settings that the module may read while it is loaded, such as its environment.
 * Defaults to an empty environment.
 * @throws Error that names the file and the cause if the handler can't be loaded.
 */
export async function checkFunction(
  code: FileCode,
  settings: CheckSettings = DEFAULT_SETTINGS,
): Promise<void> {
  const instance = new Instance({
    code,
    settings: {
      version: "$LATEST",
      timeoutSeconds: INIT_SECONDS,
      ...settings,
    },
  });
  const seconds = settings.initSeconds ?? INIT_SECONDS;
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`(it did not load within ${seconds} seconds)`);
    }, seconds * 1000);
  });
  const loading = instance.loaded.then(
    (failure) => failure && describeCause(failure, code),
  );
  const cause = await Promise.race([loading, expiry]);
  clearTimeout(timer);
  await instance.close();
  if (cause !== undefined) {
    throw new Error(
      `The handler ${handlerName(code)} of the function ${settings.functionName} cannot be loaded from ${code.path} ${cause}`,
    );
  }
}

function describeCause({ payload }: HandlerResult, code: FileCode): string {
  const text = Buffer.from(payload).toString("utf8");
  const report = JSON.parse(text) as Record<string, string>;
  const { errorType = "", errorMessage = "" } = report;
  const advice = errorType === "Runtime.HandlerNotFound" ? getAdvice(code) : "";
  return `(${errorType}: ${errorMessage})${advice}`;
}

/**
 * Every module directly in the functions folder is treated as a function, so a helper module must
 * be in a subfolder.
 */
function getAdvice({ path, exportName, root }: FileCode): string {
  return root === dirname(path)
    ? `. Export ${exportName} from it; helper modules belong in a subfolder without an index module, such as ${join(root, "lib", basename(path))}`
    : "";
}
