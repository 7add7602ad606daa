// Compiles the package. tsc writes declarations and ES modules to `dist`. From these modules, this program makes CommonJS
// bundles for Node, in which both `require` and `import` find one instance of everything, and ES modules for bundlers.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { writeCommonJs } from "./build/commonjs.mjs";
import { writeConnectorTypes } from "./build/connectorTypes.mjs";
import { nameLinks } from "./build/declarationLinks.mjs";
import { removePrivateDeclarations } from "./build/declarations.mjs";
import { writeEsModules } from "./build/esModules.mjs";
import { removeModules } from "./build/modules.mjs";

/** Folder in `dist` of each entry point, and the CommonJS bundles that contain its names. */
const ENTRY_POINTS = [
  "domain",
  "operations",
  "src",
  "gateway",
  "gateway/boomi",
  "gateway/gravitee",
];

rmSync("dist", { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
nameLinks();
await writeConnectorTypes();
await writeEsModules(["domain", "operations", "src", "gateway"]);
const entries = await writeCommonJs(ENTRY_POINTS);
removeModules(["domain", "operations", "src", "gateway"]);
entries.forEach((write) => write());
removePrivateDeclarations(ENTRY_POINTS);
