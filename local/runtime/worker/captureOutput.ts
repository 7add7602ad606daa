import { format } from "node:util";
import { formatLogLine } from "../outcome/writeLog";

/** Receives a worker's output. */
export interface OutputSink {
  /** Writes text to the log. */
  write(text: string): void;

  /** Request ID of the current invocation. Undefined while the module is loaded. */
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
 * Redirects the output of this thread to the sink: `console` in Lambda's line format, writes to the
 * standard streams unchanged.
 *
 * The standard streams of a worker depend on its event loop and lose the last output before an
 * endless loop, so they are not used.
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
