import type { FunctionCode } from "../runtime";

/** A function as it was asked for, with every default filled in. */
export interface FunctionDefinition {
  readonly name: string;
  readonly region: string;
  readonly code: FunctionCode;
  readonly description: string;

  /** Seconds one invocation may take. */
  readonly timeout: number;

  /** MB. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Identifier such as `nodejs20.x`. */
  readonly runtime: string;

  /** ARN of the role it runs with. Absent: one named after the function. */
  readonly role?: string;

  /** Whether every invocation must name a tenant. */
  readonly isolatesTenants: boolean;

  /** Code of each published version, by number. */
  readonly versions: ReadonlyMap<string, FunctionCode>;

  /** Version of each alias. */
  readonly aliases: ReadonlyMap<string, string>;
}
