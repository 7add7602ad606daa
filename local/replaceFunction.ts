import type { Cloud } from "./state/Cloud";
import { LocalAwsError } from "./validation/LocalAwsError";
import { findCodeProblems } from "./options/findCodeProblems";
import { OptionReader } from "./validation/OptionReader";
import { readFunction } from "./options/readFunction";

/** Creates a function in a running embedded AWS, or replaces the one of that name. */
export async function replaceFunction(
  cloud: Cloud,
  asked: {
    readonly name: string;
    readonly given: unknown;
    readonly accountId: string;
    readonly region: string;
  },
): Promise<void> {
  const given = new OptionReader({
    path: `functions.${asked.name}`,
    value: asked.given,
    problems: [],
  });
  const definition = readFunction(given, asked);
  if (definition && given.problems.length === 0)
    given.problems.push(...(await findCodeProblems([definition])));
  if (!definition || given.problems.length > 0)
    throw new LocalAwsError(given.problems);
  const { functions } = cloud.account(asked.accountId);
  await functions.remove(definition);
  cloud.addFunction(definition, asked.accountId);
}
