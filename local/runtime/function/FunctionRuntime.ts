import type { LambdaHandler } from "./LambdaHandler";
import type { WriteChunk } from "./chunks";

/**
 * A handler that runs in this process, where it was made.
 *
 * A test can look into it: it shares variables, breakpoints and fakes with its
 * handler. Given up is what keeps functions apart: an endless loop blocks
 * everything and `process.exit` ends everything, its console output goes to this
 * process's console and not into the log, any number of invocations run at once, and
 * what has timed out is answered but runs on. The JSON payload is parsed anew for each call.
 */
export interface InlineCode {
  readonly kind: "inline";

  /** What is called for each invocation. */
  readonly handler: LambdaHandler;
}

/** A handler in a module of its own, run apart from the server in worker threads. */
export interface FileCode {
  readonly kind: "file";

  /** Absolute path of the module: `.js`, `.cjs` or `.mjs`. */
  readonly path: string;

  /** Name of the export that is the handler, such as `handler`. */
  readonly exportName: string;

  /** Functions folder it was found in, where its helper modules are as well. Absent: it was named by itself. */
  readonly root?: string;
}

/** Where a function's code is. */
export type FunctionCode = InlineCode | FileCode;

/** How a function is set up. */
export interface FunctionSettings {
  /** Name of the function, without account or region. */
  readonly functionName: string;

  /** Unqualified ARN of the function. */
  readonly functionArn: string;

  /** Version that runs: `$LATEST` or a number. */
  readonly version: string;

  /**
   * Memory in MB. Bounds the JavaScript heap of each instance of a file function;
   * buffers, which lie outside the heap, are not counted. The limit is V8's own: a
   * function that grows past it ends alone, but one allocation far beyond it ends
   * the whole process.
   */
  readonly memorySize: number;

  /** Seconds one invocation may writeChunk; fractions are allowed. */
  readonly timeoutSeconds: number;

  /** Environment variables of the function. */
  readonly environment: Readonly<Record<string, string>>;

  /** Most instances a file function has at once; further invocations wait. Absent: 10. */
  readonly maxInstances?: number;

  /** Seconds after which an idle instance of a file function ends. Absent: 60. */
  readonly idleSeconds?: number;

  /**
   * Seconds the module of a file function may writeChunk to load. Absent: 10, as in
   * Lambda, or the function's time-out where that is longer.
   */
  readonly initSeconds?: number;

  /** Takes what goes into the log besides Lambda's own lines, as it comes. Absent: nobody looks on. */
  readonly print?: ((text: string) => void) | undefined;
}

/** One call of a function. */
export interface Invocation {
  /** Id of the invocation, a UUID. */
  readonly requestId: string;

  /** JSON text for the handler. Empty: the handler gets an empty object. */
  readonly payload: Uint8Array;

  /** ARN the caller used. */
  readonly invokedArn: string;

  /** Client context, decoded. Absent: the caller sent none. */
  readonly clientContext?: unknown;

  /** Tenant of the invocation. Absent: the caller named none. */
  readonly tenantId?: string;
}

/** How an invocation ended. */
export interface InvocationOutcome {
  /** The result as it goes out: JSON of result or error, or the handler's raw bytes. Empty where it was all streamed. */
  readonly payload: Uint8Array;

  /** `Unhandled` when the function failed. Absent: it answered. */
  readonly functionError?: "Unhandled";

  /** This invocation's whole log: START, output, END and REPORT lines. */
  readonly log: string;
}

/** Runs one function. */
export interface FunctionRuntime {
  /**
   * Runs the function once. Whatever the function does is an outcome; a rejection
   * is a defect of the runtime, or an invocation that {@link FunctionRuntime.close}
   *    *
   * @param writeChunk - Takes what the function writes before it ends. Absent: nobody does, and it is lost.
   */
  invoke(
    invocation: Invocation,
    writeChunk?: WriteChunk,
  ): Promise<InvocationOutcome>;

  /** Ends every instance; what still runs is answered as an exited runtime. */
  close(): Promise<void>;
}
