// The licenses of the libraries of which the package contains copies. They must be distributed with them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Writes the licenses of the libraries in esbuild's outputs to `LICENSES.txt` in a folder. */
export function writeLicenses(folder, metafiles) {
  const libraries = new Set(
    metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([path]) => /^node_modules\/[^/]+/.exec(path) ?? []),
  );
  const text = [...libraries]
    .sort()
    .map((library) => {
      const license = readdirSync(library).find((name) =>
        /^licen[cs]e/i.test(name),
      );
      return `${basename(library)}\n\n${readFileSync(join(library, license), "utf8").trim()}\n`;
    })
    .join("\n---\n\n");
  writeFileSync(join(folder, "LICENSES.txt"), text);
}
