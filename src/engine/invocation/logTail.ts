import { InvocationReport } from "../../../domain";

/** Decodes the log that Lambda returns with a response: the last 4 KB, in base64. */
export function decodeLogTail(logResult: string): string {
  return Buffer.from(logResult, "base64").toString("utf8");
}

const FIELDS = {
  durationMs: /\tDuration: ([\d.]+) ms/,
  billedDurationMs: /\tBilled Duration: ([\d.]+) ms/,
  memorySizeMb: /\tMemory Size: (\d+) MB/,
  maxMemoryUsedMb: /\tMax Memory Used: (\d+) MB/,
  initDurationMs: /\tInit Duration: ([\d.]+) ms/,
};

/** Parses the last REPORT line of a log. Returns `undefined` if there is none, for example in JSON logs. */
export function parseReport(log: string): InvocationReport | undefined {
  const reportLine = log
    .split("\n")
    .filter((line) => line.startsWith("REPORT RequestId:"))
    .at(-1);
  if (reportLine === undefined) return undefined;
  const report: Record<string, number> = {};
  for (const [field, pattern] of Object.entries(FIELDS)) {
    const value = pattern.exec(reportLine)?.[1];
    if (value !== undefined) report[field] = Number(value);
  }
  return Object.assign(new InvocationReport(), report);
}
