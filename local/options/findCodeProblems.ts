import type { FunctionDefinition } from "../state/FunctionDefinition";
import { checkFunction, type FunctionCode } from "../runtime";

/** Maximum number of modules that are loaded at the same time, each in its own worker thread. */
const MAX_CONCURRENT_LOADS = 4;

/** Loads the handlers of functions in files. Returns one sentence for each that can't be loaded. */
export async function findCodeProblems(
  definitions: readonly FunctionDefinition[],
): Promise<string[]> {
  const waiting = definitions.flatMap((definition) =>
    [definition.code, ...definition.versions.values()].map((code) => ({
      code,
      definition,
    })),
  );
  const problems: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const problem = await findCodeProblem(next.code, next.definition);
      if (problem !== undefined) problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT_LOADS }, work));
  return problems;
}

async function findCodeProblem(
  code: FunctionCode,
  definition: FunctionDefinition,
): Promise<string | undefined> {
  if (code.kind === "inline") return undefined;
  try {
    await checkFunction(code, {
      functionName: definition.name,
      memorySize: definition.memorySize,
      environment: definition.environment,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
