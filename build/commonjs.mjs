// Writes the CommonJS bundles and the entry points that Node loads. A program loads few files and compiles little that it does
// not use: loading a hundred small files takes half as long again, and so does compiling everything (bench/PROFILE.md).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { readBarrel, readList, withoutBarrels } from "./barrels.mjs";
import {
  assignBundles,
  findNeededNames,
  GATEWAY_SYSTEMS,
  LOADED_WITH,
} from "./bundles.mjs";
import { writeLicenses } from "./licenses.mjs";
import { modulesOf } from "./modules.mjs";

const OUTPUT = "dist/bundled";

/**
 * Libraries that are bundled: every start needs them, and two copies do no harm, because reflect-metadata and class-validator
 * keep their registries in the process, where every copy finds them. class-transformer keeps its registry in one of its
 * modules, so it stays external. Everything that is loaded on first use stays external, too.
 */
const BUNDLED = /^(tslib|reflect-metadata\/lite|class-validator)$/;

/** The files of class-transformer that have the names in use. Its index loads thirty files. */
const CLASS_TRANSFORMER = {
  Exclude: { from: "class-transformer/cjs/decorators/exclude.decorator" },
  Expose: { from: "class-transformer/cjs/decorators/expose.decorator" },
  Transform: { from: "class-transformer/cjs/decorators/transform.decorator" },
  Type: { from: "class-transformer/cjs/decorators/type.decorator" },
  plainToInstance: { from: "class-transformer/cjs/index" },
};

const common = {
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
};

export async function writeCommonJs(entryPoints) {
  const modules = ["domain", "operations", "src", "gateway"].flatMap(modulesOf);
  const bundles = assignBundles(
    modules.filter((path) => !readBarrel(path)?.size),
  );
  const needed = findNeededNames(bundles, entryPoints);
  const metafiles = [];
  for (const name of Object.keys(LOADED_WITH))
    metafiles.push(await writeBundle(name, bundles, needed));
  writeLicenses(OUTPUT, metafiles);
  await build({
    ...common,
    entryPoints: [...modulesOf("local"), ...modulesOf("bin")],
    outdir: "dist",
    outbase: "dist",
    allowOverwrite: true,
  });
  return entryPoints.map((folder) => {
    const names = readBarrel(`dist/${folder}/index.js`);
    return () => writeEntryPoint(folder, names, bundles);
  });
}

async function writeBundle(bundle, bundles, needed) {
  const { metafile } = await build({
    ...common,
    metafile: true,
    stdin: {
      contents: [...needed[bundle]]
        .map(([name, module]) => `export { ${name} } from "./${module}";`)
        .join("\n"),
      resolveDir: ".",
    },
    outfile: join(OUTPUT, `${bundle}.js`),
    bundle: true,
    // `import()` of a package becomes `require` on first use: it is synchronous, and finds the instance that others required.
    supported: { "dynamic-import": false },

    mainFields: ["es2015", "module", "main"],
    plugins: [resolver(bundle, bundles)],
  });
  return metafile;
}

/** Resolves imports of other bundles, and removes imports from barrels. */
function resolver(bundle, bundles) {
  const inBundle = (other) => ({ path: `./${other}.js`, external: true });
  return {
    name: "bundles",
    setup({ onResolve, onLoad }) {
      onResolve(
        { filter: /./ },
        ({ path, importer, namespace, resolveDir }) => {
          if (namespace === "lazy") return { path, external: true };
          if (path === "class-transformer") return { path, namespace: "lazy" };
          if (!path.startsWith("."))
            return BUNDLED.test(path) || /node_modules/.test(importer)
              ? undefined
              : { path, external: true };
          if (/node_modules/.test(importer)) return undefined;
          const target = relative(".", resolve(resolveDir, path));
          const module = [target, `${target}.js`, `${target}/index.js`].find(
            (each) => bundles.has(each) || readBarrelIfModule(each)?.size,
          );
          const other = bundles.get(module);
          if (other === bundle) return undefined;
          if (LOADED_WITH[bundle].includes(other)) return inBundle(other);
          return { path: module, namespace: "lazy" };
        },
      );
      onLoad({ filter: /./, namespace: "lazy" }, ({ path }) => ({
        contents:
          path === "class-transformer"
            ? lazyModule(CLASS_TRANSFORMER)
            : lazyModule(bundlesOf(namesOf(path), bundles)),
      }));
      onLoad({ filter: /\/dist\/.*\.js$/ }, ({ path }) => {
        const module = relative(".", path);
        return { contents: withoutBarrels(module, readFileSync(path, "utf8")) };
      });
    },
  };
}

function readBarrelIfModule(path) {
  try {
    return path.endsWith(".js") ? readBarrel(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The names of a module or a barrel, with the module that declares each. */
function namesOf(path) {
  const barrel = readBarrel(path);
  if (barrel?.size) return barrel;
  const text = readFileSync(path, "utf8");
  const names = [
    ...text.matchAll(
      /^export (?:async )?(?:function\*?|class|const|let) (\w+)/gm,
    ),
  ].map(([, name]) => name);
  for (const [, list] of text.matchAll(/^export (\{[^}]*\});/gm))
    names.push(...readList(list).map(({ as }) => as));
  return new Map(names.map((name) => [name, { module: path, name }]));
}

/** The exports of bundles that have these names. */
function bundlesOf(names, bundles) {
  return Object.fromEntries(
    [...names].map(([as, { module, name }]) => [
      as,
      { from: `./${bundles.get(module)}.js`, as: name },
    ]),
  );
}

/** A module whose exports are loaded when they are first read, from other modules. */
function lazyModule(sources) {
  return [
    `Object.defineProperty(exports, "__esModule", { value: true });`,
    ...Object.entries(sources).map(
      ([name, { from, as = name }]) =>
        `Object.defineProperty(exports, "${name}", { enumerable: true, get: () => require("${from}").${as} });`,
    ),
  ].join("\n");
}

/**
 * Writes an entry point. Node's `import` finds only names that are assigned to `exports` one by one, and ignores those that it
 * sees defined by a getter of another form than compilers write.
 */
function writeEntryPoint(folder, names, bundles) {
  const file = join("dist", folder, "index.js");
  const up = relative(dirname(file), OUTPUT);
  const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  const isEager = ({ module }) =>
    ["core", "gateway", ...GATEWAY_SYSTEMS].includes(bundles.get(module));
  const lines = sorted.map(([as, { module, name }]) => {
    const source = `require("${up}/${bundles.get(module)}.js").${name}`;
    return isEager({ module })
      ? `exports.${as} = ${source};`
      : `exports.${as} = void 0;\ndefineLazily("${as}", () => ${source});`;
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function defineLazily(name, get) {
  Object.defineProperty(exports, name, { enumerable: true, get });
}
${lines.join("\n")}
`,
  );
}
