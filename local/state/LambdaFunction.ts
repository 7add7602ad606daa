import { partitionOf } from "../arn/partitionOf";
import type { FunctionDefinition } from "./FunctionDefinition";
import { FunctionVersion } from "./FunctionVersion";

/** Qualifier of the unpublished version. */
export const LATEST = "$LATEST";

/** A function with its versions and aliases. */
export class LambdaFunction {
  /** Unqualified ARN. */
  readonly arn: string;
  readonly accountId: string;

  /** By version, `$LATEST` first. */
  readonly versions = new Map<string, FunctionVersion>();

  constructor(
    readonly definition: FunctionDefinition,
    of: {
      readonly accountId: string;

      /** Called with its output. */
      readonly print: ((text: string) => void) | undefined;

      /** Returns the variables with which it calls this embedded AWS. */
      getAwsVariables(): Readonly<Record<string, string>>;
    },
  ) {
    const { accountId, ...rest } = of;
    this.accountId = accountId;
    this.arn = createFunctionArn({ ...definition, accountId });
    const codes = [[LATEST, definition.code] as const, ...definition.versions];
    for (const [version, code] of codes)
      this.versions.set(
        version,
        new FunctionVersion({
          version,
          functionArn: this.arn,
          code,
          definition,
          ...rest,
        }),
      );
  }

  /** Returns the version of a qualifier, or undefined if it does not exist. */
  resolve(qualifier: string): FunctionVersion | undefined {
    return this.versions.get(
      this.definition.aliases.get(qualifier) ?? qualifier,
    );
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.versions.values()].map((version) => version.close()),
    );
  }
}

/** Creates the unqualified ARN of a function. */
export function createFunctionArn(of: {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}): string {
  return `arn:${partitionOf(of.region)}:lambda:${of.region}:${of.accountId}:function:${of.name}`;
}
