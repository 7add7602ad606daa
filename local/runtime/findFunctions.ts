import type { FileCode } from "./FunctionRuntime";

/** Settings of a function that stand in its `function.json`. */
export interface FoundSettings {
  /** Seconds one invocation may take. */
  readonly timeout?: number;

  /** Memory in MB. */
  readonly memorySize?: number;

  /** What the function is for. */
  readonly description?: string;

  /** Environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A function found in a folder. */
export interface FoundFunction {
  /** Name of the function: that of its file or folder. */
  readonly functionName: string;

  /** Where its code is. */
  readonly code: FileCode;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Identifier of the Node.js runtime that runs it, such as `nodejs20.x`. */
  readonly runtime: string;

  /** What its `function.json` says. Absent: there is none. */
  readonly settings?: FoundSettings;
}

/** Finds the functions of a folder. */
export function findFunctions(folder: string): FoundFunction[] {
  throw new Error(`Not written yet: ${folder}`);
}
