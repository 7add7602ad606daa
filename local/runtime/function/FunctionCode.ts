import type { LambdaHandler } from "./LambdaHandler";

/**
 * A handler that runs in this process.
 *
 * A test can share variables, breakpoints and fakes with it. In exchange, functions are not
 * isolated: an endless loop blocks the process, `process.exit` ends it, console output goes to this
 * process instead of the function's log, any number of invocations run at the same time, and a
 * handler keeps running after its invocation has timed out. The JSON payload is parsed again for
 * each invocation.
 */
export interface InlineCode {
  readonly kind: "inline";

  /** Called for each invocation. */
  readonly handler: LambdaHandler;
}

/** A handler in a module, which runs in worker threads. */
export interface FileCode {
  readonly kind: "file";

  /** Absolute path of the module: `.js`, `.cjs` or `.mjs`. */
  readonly path: string;

  /** Name of the export that is the handler, such as `handler`. */
  readonly exportName: string;

  /**
   * Functions folder that contains it and its helper modules. Undefined for a function given as a
   * single file.
   */
  readonly root?: string;
}

/** The code of a function. */
export type FunctionCode = InlineCode | FileCode;
