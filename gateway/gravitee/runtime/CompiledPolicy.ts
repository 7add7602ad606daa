import type { ParsedConfiguration } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import type { ParsedResponseTemplates } from "../configuration/readResponseTemplates";
import type { Template } from "../expression/Template";
import type { ConnectorCache } from "./ConnectorCache";
import type { Requirements } from "./findRequirements";

/** Everything a policy needs to run, prepared once. */
export interface CompiledPolicy {
  readonly options: PolicyOptions;
  readonly configuration: ParsedConfiguration;
  readonly requirements: Requirements;
  /** Undefined: the policy always runs. */
  readonly condition?: {
    readonly template: Template;
    readonly requirements: Requirements;
  };
  readonly responseTemplates: ParsedResponseTemplates;
  readonly connectors: ConnectorCache;
}
