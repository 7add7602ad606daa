import { resolve } from "node:path";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import { findFunctions } from "../runtime";
import { Given } from "../validation/OptionReader";
import { readFunction } from "./readFunction";

/** Reads the functions of one account. */
export function readFunctions(
  given: Given,
  region: string,
): FunctionDefinition[] {
  if (typeof given.value === "string") return readFolder(given, region);
  return given
    .entries()
    .flatMap(([name, each]) => readFunction(each, { name, region }) ?? []);
}

function readFolder(given: Given, region: string): FunctionDefinition[] {
  const folder = resolve(String(given.value));
  try {
    return findFunctions(folder).flatMap(
      ({ functionName, code, handler, runtime, settings }) => {
        const found = new Given({
          path: `${given.path}.${functionName}`,
          value: {
            file: code.path,
            exportName: code.exportName,
            runtime,
            ...settings,
          },
          problems: given.problems,
        });
        const read = readFunction(found, { name: functionName, region });
        return read ? [{ ...read, code, handler }] : [];
      },
    );
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    given.problems.push(`${given.path}: ${cause}`);
    return [];
  }
}
