// Removes the declarations that no entry point reaches, except those of `local`, which the tests use.
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

export function removePrivateDeclarations(entryPoints) {
  const published = new Set(
    entryPoints.map((folder) => join("dist", folder, "index.d.ts")),
  );
  for (const file of published)
    for (const [, path] of readFileSync(file, "utf8").matchAll(
      /(?:from |import\(|import )"(\.[^"]+)"/g,
    )) {
      const target = join(dirname(file), path);
      published.add(
        [`${target}.d.ts`, join(target, "index.d.ts")].find((each) =>
          existsSync(each),
        ),
      );
    }
  for (const folder of ["domain", "operations", "src", "gateway"])
    for (const path of readdirSync(join("dist", folder), { recursive: true })) {
      const file = join("dist", folder, path);
      if (!file.endsWith(".d.ts")) continue;
      if (published.has(file)) removeEffects(file);
      else rmSync(file);
    }
}

/** Removes imports that are made for their effect, which declarations do not have. */
function removeEffects(file) {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/^import "[^"]+";\n/gm, ""));
}
