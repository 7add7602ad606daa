import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { LocalAwsOptions } from "../local";

/**
 * Reads options of the embedded AWS from a JSON file. Paths of functions folders are relative to the file. The embedded AWS
 * checks everything else.
 */
export function readOptionsFile(path: string): LocalAwsOptions {
  const folder = dirname(resolve(path));
  try {
    const options: unknown = JSON.parse(
      readFileSync(path, "utf8"),
      (key, value: unknown) =>
        key === "functions" && typeof value === "string"
          ? resolve(folder, value)
          : value,
    );
    return options as LocalAwsOptions;
  } catch (error) {
    const isJson = !(error instanceof SyntaxError);
    const cause = error instanceof Error && isJson ? ` (${error.message})` : "";
    // The message of a syntax error repeats the file, which may contain an external ID.
    throw new InvalidArgumentError(
      `It must be a JSON file that can be read${cause}.`,
    );
  }
}
