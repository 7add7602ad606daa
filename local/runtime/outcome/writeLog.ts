/** Content of the log of one invocation. */
export interface LogFields {
  readonly requestId: string;
  readonly version: string;
  readonly memorySize: number;

  /** Output during loading of the module, before the START line. */
  readonly initOutput: string;

  /** Output of the invocation. */
  readonly output: string;
  readonly durationMs: number;

  /** Time to load the module. Undefined for a warm instance. */
  readonly initMs?: number;
  readonly memoryMb: number;

  /** `Status` of the REPORT line, if it has one. */
  readonly status?: string;
}

/** Formats the log of one invocation in Lambda's text format. */
export function formatLog(facts: LogFields): string {
  const { requestId, initMs, durationMs, status } = facts;
  const billedMs = Math.ceil(durationMs + (initMs ?? 0));
  return (
    facts.initOutput +
    `START RequestId: ${requestId} Version: ${facts.version}\n` +
    facts.output +
    `END RequestId: ${requestId}\n` +
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\t` +
    `Billed Duration: ${billedMs} ms\tMemory Size: ${facts.memorySize} MB\t` +
    `Max Memory Used: ${facts.memoryMb} MB\t` +
    (initMs === undefined ? "" : `Init Duration: ${initMs.toFixed(2)} ms\t`) +
    (status === undefined ? "" : `Status: ${status}`) +
    "\n"
  );
}

/** Formats one line of output as Lambda's Node.js runtime does. */
export function formatLogLine(
  level: string,
  line: { readonly requestId: string | undefined; readonly text: string },
): string {
  return `${new Date().toISOString()}\t${line.requestId}\t${level}\t${line.text}\n`;
}

/** Formats the log line of a module that could not be loaded. */
export function formatInitReport(initMs: number, errorType: string): string {
  return `INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms\tPhase: init\tStatus: error\tError Type: ${errorType}\n`;
}
