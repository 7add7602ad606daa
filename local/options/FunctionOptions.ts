import type { LambdaHandler } from "../runtime";

/** Functions: a folder to find them in, or each by its name. */
export type FunctionsOption =
  string | Readonly<Record<string, LambdaHandler | FunctionOptions>>;

/** A function given inline, or in a file, with its configuration. */
export type FunctionOptions = FunctionConfigurationOptions &
  (InlineFunctionOptions | FileFunctionOptions);

/** Where inline code is. */
export interface InlineFunctionOptions {
  /**
   * Handler that runs in this process, so that a test can look into it. It gives up
   * what keeps functions apart: an endless loop stops everything, console output goes
   * to this process and not into the log, and any number of invocations run at once.
   */
  readonly handler: LambdaHandler;
}

/** Where code in a file is. */
export interface FileFunctionOptions {
  /** Module (`.js`, `.cjs`, `.mjs`), absolute or from the working directory. It runs in a worker thread. */
  readonly file: string;

  /** Export that is the handler. Absent: `handler`. */
  readonly exportName?: string;
}

/** Configuration of a function. */
export interface FunctionConfigurationOptions {
  /** What it is for; at most 256 characters. Absent: empty. */
  readonly description?: string;

  /** Seconds one invocation may take; above 0, at most 900; fractions are allowed, for tests. Absent: 3. */
  readonly timeout?: number;

  /**
   * Memory in MB; 128 to 10,240. A function in a file that grows past it ends alone; one allocation far beyond it
   * ends this process, as V8 has it. Absent: 128.
   */
  readonly memorySize?: number;

  /** Environment variables; 4 KB together. An inline handler shares those of this process instead. Absent: none. */
  readonly environment?: Readonly<Record<string, string>>;

  /** Runtime it claims to have, such as `nodejs22.x`. Absent: that of this process. */
  readonly runtime?: string;

  /** Region it lives in. Absent: the region of the embedded AWS. */
  readonly region?: string;

  /** Whether every invocation must name a tenant, which then has instances of its own. Absent: false. */
  readonly tenantIsolation?: boolean;

  /** Published versions, by number: each with code of its own. Absent: none, only `$LATEST`. */
  readonly versions?: Readonly<
    Record<string, LambdaHandler | InlineFunctionOptions | FileFunctionOptions>
  >;

  /** Aliases, each with the version it leads to. Absent: none. */
  readonly aliases?: Readonly<Record<string, string>>;
}
