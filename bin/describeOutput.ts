import type { FunctionOutput } from "../local";

/** A line of Lambda's log from `console`: time, request ID, level and text, separated by tabs. */
const LOGGED = /^\d{4}-\S+Z\t\S+\t([A-Z]+)\t/;

/** A line of Lambda's log that reports an error as JSON. */
const FAILURE = /^ERROR .*\t(\{"errorType":.*\})$/;

/**
 * Formats function output for the terminal: each line starts with the function's name; the columns
 * of the log are removed.
 */
export function describeOutput({ functionName, text }: FunctionOutput): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(LOGGED, toLevel))
    .flatMap(unfold)
    .map((line) => `${functionName} | ${line}`)
    .join("\n");
}

function toLevel(_columns: string, level: string): string {
  return level === "INFO" ? "" : `${level} `;
}

/** Expands an error report to the lines of its stack. */
function unfold(line: string): string[] {
  const report = FAILURE.exec(line)?.[1];
  if (report === undefined) return [line];
  const { stack } = JSON.parse(report) as { stack?: string[] };
  return stack ?? [line];
}
