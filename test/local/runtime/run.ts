import { join } from "node:path";
import {
  createRuntime,
  type FunctionCode,
  type FunctionRuntime,
  type FunctionSettings,
  type Invocation,
} from "../../../dist/local/runtime";

const runtimes: FunctionRuntime[] = [];
let lastId = 0;

export const settings: FunctionSettings = {
  functionName: "price",
  functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:price",
  version: "$LATEST",
  memorySize: 128,
  timeoutSeconds: 10,
  environment: {},
};

/** Returns an export of one of the handlers in `functions/`. */
export function fileCode(file: string, exportName = "handler") {
  const path = join(__dirname, "functions", file);
  return { kind: "file", path, exportName } as const;
}

/** Creates a runtime that is closed when the test ends. */
export function runtimeOf(
  code: FunctionCode,
  changes: Partial<FunctionSettings> = {},
): FunctionRuntime {
  const runtime = createRuntime(code, { ...settings, ...changes });
  runtimes.push(runtime);
  return runtime;
}

/** Creates an invocation with an event. */
export function invocation(event?: unknown): Invocation {
  return {
    requestId: `request-${++lastId}`,
    payload: Buffer.from(event === undefined ? "" : JSON.stringify(event)),
    invokedArn: settings.functionArn,
  };
}

/** Runs a function and returns its response as a string, its error and its log. */
export async function run(
  runtime: FunctionRuntime,
  call: Invocation = invocation(),
) {
  const { payload, ...rest } = await runtime.invoke(call);
  return { text: Buffer.from(payload).toString("utf8"), ...rest };
}

/** Runs a function and returns the error that it reports. */
export async function failureOf(
  runtime: FunctionRuntime,
  call: Invocation = invocation(),
) {
  const { text, functionError } = await run(runtime, call);
  const report = JSON.parse(text) as {
    errorType: string;
    errorMessage: string;
    trace?: string[];
  };
  return { functionError, ...report };
}

afterEach(async () => {
  await Promise.all(runtimes.splice(0).map((runtime) => runtime.close()));
});
