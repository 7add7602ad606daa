// Writes `dist/esm`: one ES module for each source file, for bundlers, which find it by the condition `module`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, transform } from "esbuild";
import { writeLicenses } from "./licenses.mjs";
import { modulesOf, resolveModule } from "./modules.mjs";

const OUTPUT = "dist/esm";

/**
 * Libraries of which a copy is distributed: class-validator's ES modules are only reachable through an index that bundlers
 * cannot reduce, and tslib would be one more dependency. Two copies do no harm: class-validator's registry is global.
 */
const VENDORED = {
  "class-validator": [
    ...readNames("domain/decorators/libraries/classValidator.ts"),
    ...readNames("domain/decorators/libraries/Validator.ts"),
  ],
  tslib: ["__decorate", "__metadata"],
  "reflect-metadata/lite": [],
};

/** class-validator imports the CommonJS files of `validator`, of which bundlers keep everything. */
const preferEsModules = {
  name: "prefer ES modules",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^validator\/lib\// }, ({ path, ...options }) =>
      resolve(path.replace("/lib/", "/es/lib/"), options),
    );
  },
};

function vendored(name) {
  return join(OUTPUT, "vendor", `${name.replace(/\/lite$/, "")}.js`);
}

/** A library without exports has an effect, which becomes a call: bundlers can drop imports that are made for their effect. */
function contentsOf(name, names) {
  return names.length === 0
    ? `export function load() { require("${name}"); }`
    : `export { ${names.join(", ")} } from "${name}";`;
}

export async function writeEsModules(folders) {
  const metafiles = [];
  for (const [name, names] of Object.entries(VENDORED)) {
    const { metafile } = await build({
      stdin: {
        contents: contentsOf(name, names),
        resolveDir: ".",
      },
      bundle: true,
      format: "esm",
      target: "node20",
      mainFields: ["es2015", "module", "main"],
      outfile: vendored(name),
      metafile: true,
      plugins: [preferEsModules],
    });
    metafiles.push(metafile);
  }
  writeLicenses(join(OUTPUT, "vendor"), metafiles);
  for (const path of folders.flatMap(modulesOf)) await writeEsModule(path);
  writeFileSync(
    join(OUTPUT, "package.json"),
    `${JSON.stringify({ type: "module", sideEffects: false })}\n`,
  );
}

/** Names that a source file re-exports from a library. */
function readNames(file) {
  const list = /export \{([^}]*)\}/.exec(readFileSync(file, "utf8"))[1];
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(" as ")[0]);
}

/**
 * Gives a class whose instances have its name, of an operation or an error, that name as a static field, which no minifier
 * changes: errors of an operation's constructor contain the name of its class. TypeScript refuses such a field.
 */
function nameClasses(code) {
  return code.replace(
    /^(class (\w+) extends \w+ \{\n)(?= {2}constructor\(\) \{\n {4}super\(\.\.\.arguments\);\n {4}this\.name = "\2";)/gm,
    '$1  static name = "$2";\n',
  );
}

/** Writes a module without comments, with complete specifiers: webpack requires them in ES modules. */
async function writeEsModule(path) {
  const output = join(OUTPUT, relative("dist", path));
  const { code } = await transform(readFileSync(path, "utf8"), {
    format: "esm",
    target: "node20",
  });
  // A file with nothing but types.
  if (/^(export \{\s*\};)?\s*$/.test(code)) return;
  const calls = nameClasses(code).replace(
    'import "reflect-metadata/lite";',
    'import { load } from "reflect-metadata/lite";\nload();',
  );
  const complete = calls.replace(
    /(\bfrom |\bimport |\bimport\()"([^"]+)"/g,
    (whole, keyword, specifier) => {
      const target = specifier.startsWith(".")
        ? join(OUTPUT, relative("dist", resolveModule(path, specifier)))
        : Object.hasOwn(VENDORED, specifier) && vendored(specifier);
      if (!target) return whole;
      const short = relative(dirname(output), target);
      return `${keyword}"${short.startsWith(".") ? short : `./${short}`}"`;
    },
  );
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, complete);
}
