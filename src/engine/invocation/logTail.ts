import { InvocationReport } from "../../../domain";

/** The log that came with an answer, decoded. */
export function decodeLog(logResult: string): string {
  return Buffer.from(logResult, "base64").toString("utf8");
}

const FIELDS = {
  durationMs: /\tDuration: ([\d.]+) ms/,
  billedDurationMs: /\tBilled Duration: ([\d.]+) ms/,
  memorySizeMb: /\tMemory Size: (\d+) MB/,
  maxMemoryUsedMb: /\tMax Memory Used: (\d+) MB/,
  initDurationMs: /\tInit Duration: ([\d.]+) ms/,
};

/** What the REPORT line of a log tells; `undefined` where there is no such line, as with JSON logging. */
export function readReport(log: string): InvocationReport | undefined {
  const line = log
    .split("\n")
    .filter((text) => text.startsWith("REPORT RequestId:"))
    .at(-1);
  if (line === undefined) return undefined;
  const report: Record<string, number> = {};
  for (const [field, pattern] of Object.entries(FIELDS)) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) report[field] = Number(found);
  }
  return Object.assign(new InvocationReport(), report);
}
