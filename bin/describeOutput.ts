import type { FunctionOutput } from "../local";

/** A line of Lambda's log that came from `console`: time, request id, level, text. */
const LOGGED = /^\d{4}-\S+Z\t\S+\t([A-Z]+)\t/;

/** The report of an error that Lambda's log has in one line of JSON. */
const FAILURE = /^ERROR .*\t(\{"errorType":.*\})$/;

/** What a function printed, for the terminal: each line behind the function's name, without the log's own columns. */
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

/** An error as a stack of lines, as a terminal shows it. */
function unfold(line: string): string[] {
  const report = FAILURE.exec(line)?.[1];
  if (report === undefined) return [line];
  const { stack } = JSON.parse(report) as { stack?: string[] };
  return stack ?? [line];
}
