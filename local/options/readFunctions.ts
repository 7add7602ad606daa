import { resolve } from "node:path";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import { findFunctions } from "../runtime";
import { OptionReader } from "../validation/OptionReader";
import { readFunction } from "./readFunction";

/** Reads the functions of one account. */
export function readFunctions(
  option: OptionReader,
  region: string,
): FunctionDefinition[] {
  if (typeof option.value === "string") return readFolder(option, region);
  return option
    .properties()
    .flatMap(([name, each]) => readFunction(each, { name, region }) ?? []);
}

function readFolder(
  option: OptionReader,
  region: string,
): FunctionDefinition[] {
  const folder = resolve(String(option.value));
  try {
    return findFunctions(folder).flatMap(
      ({ functionName, code, handler, runtime, settings }) => {
        const found = new OptionReader({
          path: `${option.path}.${functionName}`,
          value: {
            file: code.path,
            exportName: code.exportName,
            runtime,
            ...settings,
          },
          problems: option.problems,
        });
        const read = readFunction(found, { name: functionName, region });
        return read ? [{ ...read, code, handler }] : [];
      },
    );
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    option.problems.push(cause);
    return [];
  }
}
