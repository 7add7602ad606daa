import type { ParameterOptions } from "./options/LocalAwsOptions";
import { readParameter } from "./options/readParameter";
import type { Cloud } from "./state/Cloud";
import { LocalAwsError } from "./validation/LocalAwsError";
import { OptionReader } from "./validation/OptionReader";

/** Writes one or more versions of a parameter in a running embedded AWS. */
export function putParameter(
  cloud: Cloud,
  request: {
    readonly name: string;
    readonly parameter: string | ParameterOptions;
    readonly accountId: string;
    readonly region: string;
  },
): void {
  const { name, region } = request;
  const root = new OptionReader({
    path: `parameters.${name}`,
    value: request.parameter,
    problems: [],
  });
  const definition = readParameter(root, { name, region });
  if (root.problems.length > 0) throw new LocalAwsError(root.problems);
  const { parameters } = cloud.account(request.accountId);
  for (const version of definition.versions)
    parameters.put(definition, { ...definition, ...version });
}
