import type { Template } from "../expression/Template";
import type { PolicyScope } from "./PolicyConfiguration";
import type { TemplatedOption } from "./templatedOptions";
import type { TimeoutOption } from "./timeoutOptions";

/** A validated configuration: expressions parsed, defaults applied. */
export interface ParsedConfiguration {
  readonly scope: PolicyScope;
  readonly templates: ReadonlyMap<TemplatedOption, Template>;
  /** Only the timeouts that are set; 0 counts as not set. */
  readonly timeouts: Readonly<Partial<Record<TimeoutOption, number>>>;
  readonly trustAll: boolean;
  readonly variables: readonly {
    readonly name: string;
    readonly value: Template | undefined;
  }[];
  readonly sendToConsumer: boolean;
}
