import type { Cloud } from "./state/Cloud";
import { LocalAwsError } from "./validation/LocalAwsError";
import { findCodeProblems } from "./options/findCodeProblems";
import { OptionReader } from "./validation/OptionReader";
import { readFunction } from "./options/readFunction";

/** Creates a function in a running embedded AWS, or replaces an existing one. */
export async function replaceFunction(
  cloud: Cloud,
  request: {
    readonly name: string;
    readonly options: unknown;
    readonly accountId: string;
    readonly region: string;
  },
): Promise<void> {
  const option = new OptionReader({
    path: `functions.${request.name}`,
    value: request.options,
    problems: [],
  });
  const definition = readFunction(option, request);
  if (definition && option.problems.length === 0)
    option.problems.push(
      ...(await findCodeProblems(
        [{ definitions: [definition], accountId: request.accountId }],
        cloud,
      )),
    );
  if (!definition || option.problems.length > 0)
    throw new LocalAwsError(option.problems);
  const { functions } = cloud.account(request.accountId);
  await functions.remove(definition);
  cloud.addFunction(definition, request.accountId);
}
