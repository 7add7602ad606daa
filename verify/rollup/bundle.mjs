import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

const bundle = await rollup({
  input: "main.mjs",
  plugins: [nodeResolve({ preferBuiltins: true }), commonjs(), json()],
});
await bundle.write({
  dir: "../bundles/rollup",
  format: "es",
  entryFileNames: "[name].mjs",
  chunkFileNames: "[name]-[hash].mjs",
});
await bundle.close();
