// Which CommonJS bundle contains a module, and which names the bundles export.
import { readFileSync } from "node:fs";
import { readBarrel, readList, withoutBarrels } from "./barrels.mjs";
import { resolveModule } from "./modules.mjs";

/** Code that most programs never run. It is loaded when it is first called. */
const LATER =
  /^dist\/(domain\/decorators\/(libraries\/(Validator|transformerStorage)|transformationOf|isDeclared)|src\/createTypedFunction|src\/engine\/(batch\/(?!BatchOperation)\w+|contract\/\w+|rolesanywhere\/\w+|roles\/[\w/]+|credentials\/chain\/\w+|sockets\/openTunnel|settings\/(readRoles|ConnectionRole)|invocation\/(invokeWithResponseStream|toCompletion)|http\/eventStream|codecs\/(?!lambdaCodecs)\w+|actions\/(AssumeRole|GetCallerIdentity|GetParameter))|src\/stepfunctions\/(?!to(DistributedMap|MapItems)\.)\w+)\./;

/** Code that an invocation does not need, and that `import` must not load with `later.js`: it reads every name of an entry point. */
const WITH_OPERATIONS =
  /^dist\/(operations\/(?!InvokeFunction\.)|src\/(policies|stepfunctions)\/)/;

/** Gateway code by bundle. */
export const GATEWAY_SYSTEMS = ["boomi", "gravitee"];

/** The bundles that each bundle loads with itself. Every other bundle is loaded when something in it is first used. */
export const LOADED_WITH = {
  core: [],
  operations: ["core"],
  later: ["core", "operations"],
  gateway: ["core"],
  boomi: ["core", "gateway"],
  gravitee: ["core", "gateway"],
};

/** Returns the bundle of each module. */
export function assignBundles(modules) {
  const bundles = new Map();
  const system = (path) =>
    GATEWAY_SYSTEMS.find((name) => path.startsWith(`dist/gateway/${name}/`));
  const core = coreModules();
  for (const path of modules)
    bundles.set(
      path,
      core.has(path)
        ? "core"
        : path.startsWith("dist/gateway/")
          ? (system(path) ?? "gateway")
          : LATER.test(path)
            ? "later"
            : "operations",
    );
  return bundles;
}

/** What a program loads that invokes a function. */
function coreModules() {
  const isOutside = (path) => LATER.test(path) || WITH_OPERATIONS.test(path);
  const found = new Set([
    "dist/operations/InvokeFunction.js",
    "dist/src/Connector.js",
  ]);
  for (const name of ["index", "internal"])
    for (const { module } of readBarrel(`dist/src/${name}.js`).values())
      if (module.startsWith("dist/src/") && !isOutside(module))
        found.add(module);
  for (const path of found)
    for (const { target } of readImports(path))
      if (!isOutside(target) && !readBarrel(target)?.size) found.add(target);
  return found;
}

const imports = new Map();

/** The names that a module imports from other modules. `*` means all. */
function readImports(path) {
  if (imports.has(path)) return imports.get(path);
  const text = withoutBarrels(path, readFileSync(path, "utf8"));
  const found = [
    ...text.matchAll(
      /^(?:import|export) (\*|\{[^}]*\})(?: as \w+)? from "(\.[^"]+)";|\bimport\("(\.[^"]+)"\)/gm,
    ),
  ].map(([, list = "*", specifier, dynamic]) => ({
    target: resolveModule(path, specifier ?? dynamic),
    names: list === "*" ? "*" : readList(list).map(({ name }) => name),
  }));
  imports.set(path, found);
  return found;
}

/** The names that a bundle must export, with the module that declares each: those that other bundles or entry points use. */
export function findNeededNames(bundles, entryPoints) {
  const needed = Object.fromEntries(
    Object.keys(LOADED_WITH).map((name) => [name, new Map()]),
  );
  const need = (name, module) => {
    const names = needed[bundles.get(module)];
    if (names.has(name) && names.get(name) !== module)
      throw new Error(
        `${name} is exported by ${names.get(name)} and ${module}.`,
      );
    names.set(name, module);
  };
  for (const folder of entryPoints)
    for (const { module, name } of readBarrel(
      `dist/${folder}/index.js`,
    ).values())
      need(name, module);
  for (const [path, bundle] of bundles)
    for (const { target, names } of readImports(path)) {
      const barrel = readBarrel(target);
      if (barrel?.size)
        for (const { module, name } of barrel.values()) need(name, module);
      else if (bundles.get(target) !== bundle) {
        if (names === "*") throw new Error(`${path} imports all of ${target}.`);
        for (const name of names) need(name, target);
      }
    }
  return needed;
}
