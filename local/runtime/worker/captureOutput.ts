import { format } from "node:util";
import { formatLogLine } from "../outcome/writeLog";

/** Where a worker's output goes. */
export interface OutputSink {
  /** Takes text as it is to stand in the log. */
  write(text: string): void;

  /** The invocation that output belongs to. Absent: the module is being loaded. */
  requestId(): string | undefined;
}

const LEVELS = {
  log: "INFO",
  info: "INFO",
  debug: "DEBUG",
  trace: "TRACE",
  warn: "WARN",
  error: "ERROR",
} as const;

/**
 * Sends what this thread prints to the sink: `console` in Lambda's line format,
 * writes to the standard streams as they are.
 *
 * The streams of a worker go through its event loop and lose what was written
 * last before an endless loop; so nothing is left to them.
 */
export function captureOutput(sink: OutputSink): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.defineProperty(console, method, {
      configurable: true,
      writable: true,
      value: (...values: unknown[]): void => {
        const text = format(...values);
        sink.write(formatLogLine(level, { requestId: sink.requestId(), text }));
      },
    });
  }
  redirect(process.stdout, sink);
  redirect(process.stderr, sink);
}

function redirect(stream: NodeJS.WriteStream, sink: OutputSink): void {
  Object.defineProperty(stream, "write", {
    configurable: true,
    writable: true,
    value: (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      sink.write(toText(chunk, rest[0]));
      const done = rest.find((argument) => typeof argument === "function");
      if (done !== undefined) process.nextTick(done);
      return true;
    },
  });
}

function toText(chunk: string | Uint8Array, encoding: unknown): string {
  if (typeof chunk !== "string") return Buffer.from(chunk).toString("utf8");
  return typeof encoding === "string" && Buffer.isEncoding(encoding)
    ? Buffer.from(chunk, encoding).toString("utf8")
    : chunk;
}
