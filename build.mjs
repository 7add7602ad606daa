// Compiles the package. tsc writes types and modules; esbuild makes CommonJS of them, and of what every start loads two
// files, the domain and what stands on it: a hundred small files take half as long again (`bench/`, "Starting up").
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
async function bundle(name, modules, elsewhere) {
  await checkNames(modules);
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
    outfile: `dist/bundled/${name}.js`,
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

/** Fails if two modules export the same name: a star would leave that name out of the bundle without an error. */
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
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0)
    throw new Error(`Two modules of one bundle export ${twice.join(", ")}.`);
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

/** What a bundled file takes from another one: a module of these folders becomes a property of that file. */
const partOf = (name, ...folders) => {
  const paths = folders.map((folder) => resolve("dist", folder));
  return (path) =>
    paths.some((each) => `${path}/`.startsWith(`${each}/`))
      ? { path: `./${name}.js`, external: true }
      : undefined;
};
const inDomain = partOf("domain", "domain");
const inConnector = partOf("connector", "src", "operations");
const GATEWAY = ["http", "route", "origin", "adapters"];
const inGateway = partOf(
  "gateway",
  ...GATEWAY.map((folder) => `gateway/${folder}`),
);
const ENTRY = { boomi: "gateway/boomi", gravitee: "gateway/gravitee" };
const takenIn = [
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
  readLicenses(takenIn).join("\n---\n\n"),
);
await build({
  ...common,
  entryPoints: [...modulesOf("local"), ...modulesOf("bin")],
  outdir: "dist",
  outbase: "dist",
  allowOverwrite: true,
});

// The entry points: each exports the names of its index out of a bundled file, one by one, as Node's `import` needs them.
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
