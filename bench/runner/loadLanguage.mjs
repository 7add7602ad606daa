import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Bundles modules of the expression language, which no entry point exports, and returns what they export. */
export function loadLanguage(modules) {
  const require = createRequire(new URL("../../package.json", import.meta.url));
  const { outputFiles } = require("esbuild").buildSync({
    stdin: {
      contents: modules
        .map((path) => `export * from "./gateway/gravitee/expression/${path}";`)
        .join("\n"),
      resolveDir: fileURLToPath(new URL("../..", import.meta.url)),
    },
    bundle: true,
    packages: "external",
    platform: "node",
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "require", outputFiles[0].text)(module, require);
  return module.exports;
}
