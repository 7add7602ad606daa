import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Whether this Node.js runs TypeScript itself. */
const STRIPS_TYPES = Boolean(
  (process.features as { typescript?: string | false }).typescript,
);

const TYPESCRIPT = /(?<!\.d)\.[cm]?ts$/;

/**
 * Lists the TypeScript files of a functions folder that would be handlers if they were compiled, as
 * relative paths.
 */
export function skippedFiles(folder: string): string[] {
  if (STRIPS_TYPES) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith(".") && name !== "node_modules",
  );
  const deeper = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      uncompiled(readdirSync(join(folder, name)))
        .filter((file) => file.startsWith("index."))
        .map((file) => `${name}/${file}`),
    );
  return [...uncompiled(entries.map(({ name }) => name)), ...deeper].sort();
}

/** Returns the TypeScript files that have no compiled module next to them. */
function uncompiled(files: readonly string[]): string[] {
  return files.filter((file) => {
    if (!TYPESCRIPT.test(file)) return false;
    const name = file.replace(TYPESCRIPT, "");
    return !["js", "mjs", "cjs"].some((end) =>
      files.includes(`${name}.${end}`),
    );
  });
}
