import process from "node:process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import webpack from "webpack";

const stats = await promisify(webpack)({
  mode: "production",
  target: "node20",
  entry: "./main.mjs",
  output: { path: resolve("../bundles/webpack"), filename: "main.cjs" },
});
console.log(stats.toString({ preset: "errors-warnings" }));
if (stats.hasErrors()) process.exitCode = 1;
