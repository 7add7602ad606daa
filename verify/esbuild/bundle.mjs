// Bundles the application in five ways, each into a folder of its own.
import { build } from "esbuild";

/** The order of package.json fields: esbuild's own for Node, and the one that prefers ES modules. */
const FIELDS = {
  default: ["main", "module"],
  "module-first": ["module", "main"],
};

/** The AWS SDK's CommonJS files call `require`, which ES modules do not have. */
const BANNER =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

for (const format of ["cjs", "esm"])
  for (const [name, mainFields] of Object.entries(FIELDS))
    await build({
      entryPoints: ["main.mjs"],
      outfile: `../bundles/${format}-${name}/main.${format === "esm" ? "mjs" : "cjs"}`,
      bundle: true,
      platform: "node",
      target: "node20",
      format,
      mainFields,
      ...(format === "esm" && name === "default" && { banner: { js: BANNER } }),
    });

// What is loaded on first use, such as the AWS SDK, becomes a file of its own.
await build({
  entryPoints: ["main.mjs"],
  outdir: "../bundles/esm-split",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  mainFields: FIELDS["module-first"],
});
