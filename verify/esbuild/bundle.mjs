import { build } from "esbuild";

await build({
  entryPoints: ["main.mjs"],
  outfile: "../bundle/main.mjs",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // CommonJS modules in an ES bundle call `require` for Node's own modules.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});
