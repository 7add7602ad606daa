// The modules that tsc wrote to `dist`.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Paths of the compiled modules of a folder, for example `dist/domain/Tag.js`. */
export function modulesOf(folder) {
  return readdirSync(join("dist", folder), { recursive: true })
    .filter((path) => path.endsWith(".js"))
    .map((path) => join("dist", folder, path))
    .sort();
}

/** Removes the compiled modules of folders. Declarations remain. */
export function removeModules(folders) {
  for (const path of folders.flatMap(modulesOf)) rmSync(path);
}

/** Returns the path of the module that a relative specifier means. */
export function resolveModule(from, specifier) {
  const target = join(dirname(from), specifier);
  const found = [target, `${target}.js`, join(target, "index.js")].find(
    (path) => path.endsWith(".js") && existsSync(path),
  );
  if (!found)
    throw new Error(`${from} imports ${specifier}, which is missing.`);
  return found;
}
