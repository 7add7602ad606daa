import type { LambdaHandler } from "../runtime";

/**
 * Functions, as the path of a folder or as an object of handlers and options by name.
 *
 * In a folder, `price.js` or `price/index.js` (also `.mjs`, `.cjs`) is the function `price` with
 * the export `handler`. `price.function.json` or `price/function.json` may set `handler`,
 * `timeout`, `memorySize`, `description` and `environment`. Helper modules go in subfolders without
 * an index module. TypeScript (`.ts`, `.mts`, `.cts`) runs on Node 22.18 and later, unless a compiled
 * module is next to it; older versions ignore it. The next invocation loads an edited module.
 */
export type FunctionsOption =
  string | Readonly<Record<string, LambdaHandler | FunctionOptions>>;

/**
 * A function with its code, inline or in a file, and its configuration.
 *
 * @example
 * await local.createFunction("price", {
 *   file: "./price.mjs",
 *   timeout: 0.5,
 *   environment: { CURRENCY: "EUR" },
 * });
 */
export type FunctionOptions = FunctionConfigurationOptions &
  (InlineFunctionOptions | FileFunctionOptions);

/** Code of an inline function. */
export interface InlineFunctionOptions {
  /**
   * Handler that runs in this process, so that a test can share variables with it. Functions are
   * not isolated: an endless loop blocks the process, console output goes to this process instead
   * of the function's log, and any number of invocations run at the same time.
   */
  readonly handler: LambdaHandler;
}

/** Code of a function in a file. */
export interface FileFunctionOptions {
  /**
   * Path of the module (`.js`, `.cjs`, `.mjs`; on Node 22.18 and later also TypeScript), absolute or relative to the working directory. It
   * runs in a worker thread.
   */
  readonly file: string;

  /** Name of the export that is the handler. Defaults to `handler`. */
  readonly exportName?: string | undefined;
}

/**
 * Configuration of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html | Lambda quotas}
 */
export interface FunctionConfigurationOptions {
  /** Description of the function; at most 256 characters. Defaults to an empty string. */
  readonly description?: string | undefined;

  /**
   * Timeout of one invocation in seconds; above 0, at most 900. Fractions are allowed, for tests.
   * Defaults to 3.
   */
  readonly timeout?: number | undefined;

  /**
   * Memory in MB; an integer from 128 to 10,240. An instance of a function in a
   * file that exceeds it ends alone, unless it allocates far more without yielding to the event
   * loop: then V8 can end this process. Defaults to 128.
   */
  readonly memorySize?: number | undefined;

  /**
   * Environment variables; names and values together at most 4 KB (4,096 bytes). Not set for an
   * inline handler, which shares the environment of this process. Defaults to none.
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;

  /**
   * Runtime identifier that Lambda's API returns, such as `nodejs22.x`. Defaults to that of this
   * process.
   */
  readonly runtime?: string | undefined;

  /** Region of the function. Defaults to the region of the embedded AWS. */
  readonly region?: string | undefined;

  /**
   * Whether every invocation must name a tenant. Tenants do not share instances. Defaults to
   * `false`.
   */
  readonly tenantIsolation?: boolean | undefined;

  /** Code of published versions, by number from 1. By default, there is only `$LATEST`. */
  readonly versions?:
    | Readonly<
        Record<
          string,
          LambdaHandler | InlineFunctionOptions | FileFunctionOptions
        >
      >
    | undefined;

  /**
   * Version of each alias, a number or `$LATEST`, by name of the alias. The name must not consist
   * of digits only. Defaults to none.
   */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
}
