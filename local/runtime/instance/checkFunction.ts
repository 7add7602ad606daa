import { basename, dirname, join } from "node:path";
import type { FileCode, FunctionSettings } from "../function/FunctionRuntime";
import { Instance } from "./Instance";
import type { HandlerResult } from "../messages/messages";
import { handlerName } from "../worker/loadHandler";

/** Settings of a function that its module may depend on while it is loaded. */
export type CheckSettings = Pick<
  FunctionSettings,
  "functionName" | "memorySize" | "environment" | "initSeconds"
>;

const DEFAULT_SETTINGS: CheckSettings = {
  functionName: "check",
  memorySize: 128,
  environment: {},
};

const INIT_SECONDS = 10;

/**
 * Loads a handler once, apart from the server, and lets go of it again.
 *
 * @param settings - What the module may read while it is loaded, such as its
 * environment. Absent: none of it.
 * @throws Error naming the file and the cause, when the handler can't be loaded.
 */
export async function checkFunction(
  code: FileCode,
  settings: CheckSettings = DEFAULT_SETTINGS,
): Promise<void> {
  const instance = new Instance({
    code,
    settings: {
      functionArn: "",
      version: "$LATEST",
      timeoutSeconds: INIT_SECONDS,
      ...settings,
    },
  });
  const seconds = settings.initSeconds ?? INIT_SECONDS;
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`it is not loaded after ${seconds} seconds`);
    }, seconds * 1000);
  });
  const loading = instance.loaded.then(
    (failure) => failure && causeOf(failure, code),
  );
  const cause = await Promise.race([loading, expiry]);
  clearTimeout(timer);
  await instance.close();
  if (cause !== undefined) {
    throw new Error(
      `The handler ${handlerName(code)} can't be loaded from ${code.path}: ${cause}`,
    );
  }
}

function causeOf({ payload }: HandlerResult, code: FileCode): string {
  const text = Buffer.from(payload).toString("utf8");
  const report = JSON.parse(text) as Record<string, string>;
  const { errorType = "", errorMessage = "" } = report;
  const advice = errorType === "Runtime.HandlerNotFound" ? adviceOn(code) : "";
  return `${errorType}: ${errorMessage}${advice}`;
}

/** Every module that lies in the functions folder itself is taken for a function; a helper has to lie deeper. */
function adviceOn({ path, exportName, root }: FileCode): string {
  return root === dirname(path)
    ? `. Export "${exportName}" from it; a helper of other handlers belongs into a subfolder without an index module, such as ${join(root, "lib", basename(path))}`
    : "";
}
