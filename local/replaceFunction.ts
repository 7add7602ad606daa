import type { Cloud } from "./state/Cloud";
import { LocalAwsError } from "./validation/LocalAwsError";
import { checkCode } from "./options/findCodeProblems";
import { Given } from "./validation/OptionReader";
import { readFunction } from "./options/readFunction";

/** Creates a function in a running embedded AWS, or replaces the one of that name. */
export async function createFunction(
  cloud: Cloud,
  asked: {
    readonly name: string;
    readonly given: unknown;
    readonly accountId: string;
    readonly region: string;
  },
): Promise<void> {
  const given = new Given({
    path: `functions.${asked.name}`,
    value: asked.given,
    problems: [],
  });
  const definition = readFunction(given, asked);
  if (definition && given.problems.length === 0)
    given.problems.push(...(await checkCode([definition])));
  if (!definition || given.problems.length > 0)
    throw new LocalAwsError(given.problems);
  const { functions } = cloud.account(asked.accountId);
  await functions.remove(definition);
  cloud.addFunction(definition, asked.accountId);
}
