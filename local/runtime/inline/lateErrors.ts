import { AsyncLocalStorage } from "node:async_hooks";
import { formatLogLine } from "../outcome/writeLog";
import { formatErrorLog } from "../handler/describeError";
import type { FunctionSettings } from "../function/FunctionSettings";

/** One call of an inline handler, and everything that it has started. */
export interface InlineRun {
  readonly settings: FunctionSettings;
  readonly requestId: string;

  /** Ends the invocation with the error; no effect if it has ended. */
  fail(thrown: unknown): void;
}

const runs = new AsyncLocalStorage<InlineRun>();
let watchers = 0;

/** Calls a handler, and attributes uncaught errors of everything that it starts to its function. */
export function runAttributed<Value>(run: InlineRun, work: () => Value): Value {
  return runs.run(run, work);
}

/**
 * Reports uncaught errors of inline handlers until the returned function is called. An error that a
 * handler throws in a timer, or in a promise that it does not await, ends this process, as any other
 * uncaught error does. This says which function it came from.
 */
export function watchLateErrors(): () => void {
  if (watchers++ === 0) process.on("uncaughtExceptionMonitor", report);
  let isWatching = true;
  return () => {
    if (!isWatching) return;
    isWatching = false;
    if (--watchers === 0) process.off("uncaughtExceptionMonitor", report);
  };
}

function report(thrown: unknown, origin: NodeJS.UncaughtExceptionOrigin): void {
  const run = runs.getStore();
  if (!run) return;
  const { settings, requestId } = run;
  const what =
    origin === "unhandledRejection"
      ? "Unhandled Promise Rejection"
      : "Uncaught Exception";
  const text = `${what} \t${formatErrorLog(thrown)}`;
  settings.print?.(formatLogLine("ERROR", { requestId, text }));
  process.stderr.write(
    `aws-lambda-connector/local: the inline function ${settings.functionName} failed outside of its handler (request ${requestId}): ${what}. ` +
      "Lambda would end only the function; here, the error reaches this process. Await everything that the handler starts.\n",
  );
  run.fail(thrown);
}
