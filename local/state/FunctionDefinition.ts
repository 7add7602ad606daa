import type { FunctionCode } from "../runtime";

/** Validated options of a function, with defaults. */
export interface FunctionDefinition {
  readonly name: string;
  readonly region: string;
  readonly code: FunctionCode;
  readonly description: string;

  /** Timeout of one invocation in seconds. */
  readonly timeout: number;

  /** Memory in MB. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Runtime identifier, such as `nodejs22.x`. */
  readonly runtime: string;

  /** ARN of its execution role. Defaults to a role named after the function. */
  readonly role?: string;

  /** Whether every invocation must name a tenant. */
  readonly isolatesTenants: boolean;

  /** Code of each published version, by number. */
  readonly versions: ReadonlyMap<string, FunctionCode>;

  /** Version of each alias, by name of the alias. */
  readonly aliases: ReadonlyMap<string, string>;
}
