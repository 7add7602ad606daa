import type { LambdaHandler } from "../runtime";

/**
 * Functions: a folder to find them in, or each by its name.
 *
 * In a folder, `price.js` or `price/index.js` (also `.mjs`, `.cjs`) is the function `price` with the export `handler`;
 * `price.function.json` or `price/function.json` may set its `handler`, `timeout`, `memorySize`, `description` and
 * `environment`. Helper modules are in subfolders without an index module; TypeScript is left alone, and compiled first. An
 * edited module is loaded by the next invocation.
 */
export type FunctionsOption =
  string | Readonly<Record<string, LambdaHandler | FunctionOptions>>;

/**
 * A function given inline, or in a file, with its configuration.
 *
 * @example
 * await local.createFunction("price", { file: "./price.mjs", timeout: 0.5, environment: { CURRENCY: "EUR" } });
 */
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

  /** Name of the export that is the handler. Absent: `handler`. */
  readonly exportName?: string;
}

/**
 * Configuration of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html | Lambda quotas}
 */
export interface FunctionConfigurationOptions {
  /** What the function is for; at most 256 characters. Absent: empty. */
  readonly description?: string;

  /** Seconds one invocation may take; above 0, at most 900; fractions are allowed, for tests. Absent: 3. */
  readonly timeout?: number;

  /**
   * Memory in MB; a whole number, 128 to 10,240. A function in a file that grows past it ends alone; one allocation far
   * beyond it ends this process, as V8 has it. Absent: 128.
   */
  readonly memorySize?: number;

  /**
   * Environment variables; names and values together at most 4 KB (4,096 bytes). An inline handler shares those of this
   * process instead. Absent: none.
   */
  readonly environment?: Readonly<Record<string, string>>;

  /** Identifier of the runtime it claims to have, such as `nodejs22.x`. Absent: that of this process. */
  readonly runtime?: string;

  /** Region the function lives in. Absent: the region of the embedded AWS. */
  readonly region?: string;

  /** Whether every invocation must name a tenant, which then has instances of its own. Absent: `false`. */
  readonly tenantIsolation?: boolean;

  /** Published versions, by number from 1: each with code of its own. Absent: none, only `$LATEST`. */
  readonly versions?: Readonly<
    Record<string, LambdaHandler | InlineFunctionOptions | FileFunctionOptions>
  >;

  /** Aliases by name, not of digits alone, each with the version it leads to: a number or `$LATEST`. Absent: none. */
  readonly aliases?: Readonly<Record<string, string>>;
}
