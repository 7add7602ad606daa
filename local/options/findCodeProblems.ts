import type { Cloud } from "../state/Cloud";
import { createFunctionArn } from "../state/LambdaFunction";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import { checkFunction, type FunctionCode } from "../runtime";

/** Maximum number of modules that are loaded at the same time, each in its own worker thread. */
const MAX_CONCURRENT_LOADS = 4;

/** Functions of one account whose code is checked. */
export interface CheckedFunctions {
  readonly accountId: string;
  readonly definitions: readonly FunctionDefinition[];
}

interface CheckedCode {
  readonly code: FunctionCode;
  readonly definition: FunctionDefinition;
  readonly accountId: string;
  readonly awsVariables: Readonly<Record<string, string>>;
}

/**
 * Loads the handlers of functions in files. Returns one sentence for each that can't be loaded.
 *
 * @param cloud - The embedded AWS that a module can call while it is loaded. Undefined for none.
 */
export async function findCodeProblems(
  accounts: readonly CheckedFunctions[],
  cloud: Cloud | undefined,
): Promise<string[]> {
  const waiting = accounts.flatMap((checked) => toCodes(checked, cloud));
  const problems: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const problem = await findCodeProblem(next);
      if (problem !== undefined) problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT_LOADS }, work));
  return problems;
}

function toCodes(
  { accountId, definitions }: CheckedFunctions,
  cloud: Cloud | undefined,
): CheckedCode[] {
  return definitions.flatMap((definition) =>
    [definition.code, ...definition.versions.values()]
      .filter(({ kind }) => kind === "file")
      .map((code) => ({
        code,
        definition,
        accountId,
        awsVariables:
          cloud?.createFunctionVariables(definition, accountId) ?? {},
      })),
  );
}

async function findCodeProblem({
  code,
  definition,
  accountId,
  awsVariables,
}: CheckedCode): Promise<string | undefined> {
  if (code.kind === "inline") return undefined;
  try {
    await checkFunction(code, {
      functionName: definition.name,
      functionArn: createFunctionArn({ ...definition, accountId }),
      awsVariables,
      memorySize: definition.memorySize,
      environment: definition.environment,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
