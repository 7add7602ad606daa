// Compiles the package. tsc writes types and modules; esbuild makes CommonJS of them, and of what every start loads two
// files, the domain and what stands on it: a hundred small files take half as long again (`bench/`, "Starting up").
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * Libraries that each start needs, and that do no harm in two copies: reflect-metadata and class-validator keep their
 * registries in the process, where every copy finds them. class-transformer keeps its own in one of its files, so it stays
 * outside, as does all that is loaded when first used.
 */
const TAKEN_IN =
  /^(tslib|lru-cache|reflect-metadata\/lite|class-validator\/cjs\/(decorator|metadata)\/.+)$/;

const common = {
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
};

/** The compiled modules of a folder. */
const modulesOf = (folder) =>
  readdirSync(join("dist", folder), { recursive: true })
    .filter((path) => path.endsWith(".js"))
    .map((path) => `./${join("dist", folder, path)}`);

/** One file that exports all that some modules do; what `elsewhere` names is asked of the file that it names. */
async function bundle(outfile, modules, elsewhere) {
  const outside = ({ path, importer, resolveDir }) => {
    if (path.startsWith(".")) return elsewhere(resolve(resolveDir, path));
    return TAKEN_IN.test(path) || importer.includes("class-validator")
      ? undefined
      : { path, external: true };
  };
  const { metafile } = await build({
    ...common,
    metafile: true,
    stdin: {
      contents: modules.map((path) => `export * from "${path}";`).join("\n"),
      resolveDir: ".",
    },
    outfile,
    bundle: true,
    plugins: [
      {
        name: "outside",
        setup: ({ onResolve }) => onResolve({ filter: /./ }, outside),
      },
    ],
  });
  return Object.keys(metafile.inputs);
}

/** What the libraries ask of whoever passes them on: their licences. */
function licencesOf(inputs) {
  const libraries = new Set(
    inputs.flatMap((path) => /^node_modules\/[^/]+/.exec(path) ?? []),
  );
  return [...libraries].sort().map((folder) => {
    const licence = readdirSync(folder).find((name) =>
      /^licen[cs]e/i.test(name),
    );
    return `${basename(folder)}\n\n${readFileSync(join(folder, licence), "utf8").trim()}\n`;
  });
}

/** The names that an index exports, but for its `export *`. */
async function namesOf(folder) {
  const { metafile } = await build({
    ...common,
    format: "esm",
    entryPoints: [`dist/${folder}/index.js`],
    bundle: true,
    packages: "external",
    metafile: true,
    write: false,
  });
  return Object.values(metafile.outputs)[0].exports;
}

rmSync("dist", { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});

const inFile = (name) => ({ path: `./${name}.js`, external: true });
const domain = resolve("dist/domain");
const inDomain = (path) =>
  path.startsWith(domain) ? inFile("domain") : undefined;
const takenIn = [
  ...(await bundle("dist/bundled/domain.js", modulesOf("domain"), () => null)),
  ...(await bundle(
    "dist/bundled/connector.js",
    ["./dist/src/index.js"],
    inDomain,
  )),
  ...(await bundle(
    "dist/bundled/gateway.js",
    ["./dist/gateway/index.js"],
    (path) =>
      inDomain(path) ??
      (path === resolve("dist/src") ? inFile("connector") : undefined),
  )),
];
writeFileSync(
  "dist/bundled/LICENSES.txt",
  licencesOf(takenIn).join("\n---\n\n"),
);
await build({
  ...common,
  entryPoints: [...modulesOf("local"), ...modulesOf("bin")],
  outdir: "dist",
  outbase: "dist",
  allowOverwrite: true,
});

// The entries: each gives out of a file what its index exports, by name, as Node's import reads it.
const [ofDomain, ofOperations, ofSrc, ofGateway] = await Promise.all(
  ["domain", "operations", "src", "gateway"].map(namesOf),
);
for (const [folder, file, names] of [
  ["domain", "domain.js", ofDomain],
  ["operations", "connector.js", ofOperations],
  ["gateway", "gateway.js", ofGateway],
  [
    "src",
    "connector.js",
    [...new Set([...ofDomain, ...ofOperations, ...ofSrc])],
  ],
]) {
  for (const path of modulesOf(folder)) rmSync(path);
  writeFileSync(
    join("dist", folder, "index.js"),
    [
      `"use strict";`,
      `Object.defineProperty(exports, "__esModule", { value: true });`,
      `const all = require("../bundled/${file}");`,
      ...names.sort().map((name) => `exports.${name} = all.${name};`),
      "",
    ].join("\n"),
  );
}
