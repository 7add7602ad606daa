// Compiles the package. tsc writes declarations and ES modules, esbuild converts them to CommonJS. Modules that every start
// loads are bundled into a few files: loading a hundred small files takes half as long again (bench/PROFILE.md, "Start-up").
import { execFileSync } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

/**
 * Libraries that are bundled: every start needs them, and two copies do no harm, because reflect-metadata and class-validator
 * keep their registries in the process, where every copy finds them. class-transformer keeps its registry in one of its
 * modules, so it stays external. Everything that is loaded on first use stays external, too.
 */
const BUNDLED =
  /^(tslib|lru-cache|reflect-metadata\/lite|class-validator\/cjs\/(decorator|metadata)\/.+)$/;

const common = {
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
};

/** Paths of the compiled modules of a folder. */
const modulesOf = (folder) =>
  readdirSync(join("dist", folder), { recursive: true })
    .filter((path) => path.endsWith(".js"))
    .map((path) => `./${join("dist", folder, path)}`);

/** Bundles modules into one file that exports all their names. `elsewhere` returns the other bundle that an import is in. */
async function bundle(name, modules, elsewhere) {
  await checkNames(modules);
  const resolveImport = ({ path, importer, resolveDir }) => {
    if (path.startsWith(".")) return elsewhere(resolve(resolveDir, path));
    return BUNDLED.test(path) || importer.includes("class-validator")
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
    outfile: `dist/bundled/${name}.js`,
    bundle: true,
    plugins: [
      {
        name: "externals",
        setup: ({ onResolve }) => onResolve({ filter: /./ }, resolveImport),
      },
    ],
  });
  return Object.keys(metafile.inputs);
}

/** Fails if two modules export the same name, because `export *` would silently leave that name out. */
async function checkNames(modules) {
  const { metafile } = await build({
    ...common,
    logLevel: "error",
    format: "esm",
    entryPoints: modules.filter((path) => basename(path) !== "index.js"),
    outdir: "dist",
    metafile: true,
    write: false,
  });
  const names = Object.values(metafile.outputs).flatMap(
    ({ exports }) => exports,
  );
  const duplicates = names.filter(
    (name, index) => names.indexOf(name) !== index,
  );
  if (duplicates.length > 0)
    throw new Error(
      `Two modules of one bundle export the same name: ${duplicates.join(", ")}.`,
    );
}

/** Collects the licenses of the bundled libraries, which must be distributed with them. */
function readLicenses(inputs) {
  const libraries = new Set(
    inputs.flatMap((path) => /^node_modules\/[^/]+/.exec(path) ?? []),
  );
  return [...libraries].sort().map((folder) => {
    const license = readdirSync(folder).find((name) =>
      /^licen[cs]e/i.test(name),
    );
    return `${basename(folder)}\n\n${readFileSync(join(folder, license), "utf8").trim()}\n`;
  });
}

/** The names that an index exports, without its `export *`. */
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

/** Resolves modules of these folders to another bundle. */
const inBundle = (name, ...folders) => {
  const paths = folders.map((folder) => resolve("dist", folder));
  return (path) =>
    paths.some((each) => `${path}/`.startsWith(`${each}/`))
      ? { path: `./${name}.js`, external: true }
      : undefined;
};
const inDomain = inBundle("domain", "domain");
const inConnector = inBundle("connector", "src", "operations");
const GATEWAY = ["http", "route", "origin", "adapters"];
const inGateway = inBundle(
  "gateway",
  ...GATEWAY.map((folder) => `gateway/${folder}`),
);
const ENTRY = { boomi: "gateway/boomi", gravitee: "gateway/gravitee" };
const bundledInputs = [
  ...(await bundle("domain", modulesOf("domain"), () => undefined)),
  ...(await bundle(
    "connector",
    ["./dist/src/index.js", "./dist/src/internal.js"],
    inDomain,
  )),
  ...(await bundle(
    "gateway",
    GATEWAY.flatMap((folder) => modulesOf(`gateway/${folder}`)),
    (path) => inDomain(path) ?? inConnector(path),
  )),
  ...(
    await Promise.all(
      Object.entries(ENTRY).map(([name, folder]) =>
        bundle(
          name,
          [`./dist/${folder}/index.js`],
          (path) => inDomain(path) ?? inConnector(path) ?? inGateway(path),
        ),
      ),
    )
  ).flat(),
];
writeFileSync(
  "dist/bundled/LICENSES.txt",
  readLicenses(bundledInputs).join("\n---\n\n"),
);
await build({
  ...common,
  entryPoints: [...modulesOf("local"), ...modulesOf("bin")],
  outdir: "dist",
  outbase: "dist",
  allowOverwrite: true,
});

// Writes the entry points. Each exports names from a bundle one by one, because Node's `import` detects only such exports.
const ENTRY_POINTS = [
  ["domain", "domain"],
  ["operations", "connector"],
  ["src", "connector"],
  ["gateway", "gateway"],
  ...Object.entries(ENTRY).map(([name, folder]) => [folder, name]),
];
const namesOfEntry = new Map(
  await Promise.all(
    ENTRY_POINTS.map(async ([folder]) => [folder, await namesOf(folder)]),
  ),
);
const namesOfStars = ["domain", "operations"].flatMap((folder) =>
  namesOfEntry.get(folder),
);
for (const [folder] of ENTRY_POINTS)
  for (const path of modulesOf(folder)) rmSync(path, { force: true });
for (const [folder, file] of ENTRY_POINTS) {
  const own = namesOfEntry.get(folder);
  const names = folder === "src" ? new Set([...own, ...namesOfStars]) : own;
  const up = relative(`dist/${folder}`, "dist/bundled");
  writeFileSync(
    join("dist", folder, "index.js"),
    [
      `"use strict";`,
      `Object.defineProperty(exports, "__esModule", { value: true });`,
      `const all = require("${up}/${file}.js");`,
      ...[...names].sort().map((name) => `exports.${name} = all.${name};`),
      "",
    ].join("\n"),
  );
}

// Declarations that no entry point reaches are not published. The tests use those of `local`.
const declared = new Set();
const declare = (file) => {
  if (declared.has(file)) return;
  declared.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(
    /(?:from |import\(|import )"(\.[^"]+)"/g,
  )) {
    const target = join(dirname(file), path);
    declare(
      [`${target}.d.ts`, join(target, "index.d.ts")].find((each) =>
        existsSync(each),
      ),
    );
  }
};
for (const [folder] of ENTRY_POINTS)
  declare(join("dist", folder, "index.d.ts"));
for (const folder of ["domain", "operations", "src", "gateway"])
  for (const path of readdirSync(join("dist", folder), { recursive: true })) {
    const file = join("dist", folder, path);
    if (file.endsWith(".d.ts") && !declared.has(file)) rmSync(file);
  }
