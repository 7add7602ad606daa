// Barrels: modules that only re-export. An import from one becomes imports from the modules that declare the names, because a
// bundle contains a part of what a barrel exports.
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { resolveModule } from "./modules.mjs";

const exportsOfBarrel = new Map();

/** The names that a barrel exports, with the module and the name that declare each. `undefined` for other modules. */
export function readBarrel(path) {
  if (!/\/(index|internal)\.js$/.test(path)) return undefined;
  const known = exportsOfBarrel.get(path);
  if (known) return known;
  const names = new Map();
  exportsOfBarrel.set(path, names);
  const text = readFileSync(path, "utf8");
  for (const [, list, specifier] of text.matchAll(
    /^export (\*|\{[^}]*\}) from "(\.[^"]+)";/gm,
  )) {
    const target = resolveModule(path, specifier);
    const barrel = readBarrel(target);
    const entries =
      list === "*"
        ? [...barrel.keys()].map((name) => ({ name, as: name }))
        : readList(list);
    for (const { name, as } of entries)
      names.set(as, barrel?.get(name) ?? { module: target, name });
  }
  return names;
}

/** The names in braces, for example of `{ a, b as c }`. */
export function readList(list) {
  return list
    .slice(1, -1)
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const [name, as = name] = each.split(" as ");
      return { name, as };
    });
}

/** Replaces a module's imports from barrels. */
export function withoutBarrels(path, text) {
  return text.replace(
    /^import (\{[^}]*\}) from "(\.[^"]+)";/gm,
    (whole, list, specifier) => {
      const barrel = readBarrel(resolveModule(path, specifier));
      if (!barrel) return whole;
      return readList(list)
        .map(({ name, as }) => {
          const { module, name: declared } = barrel.get(name) ?? {};
          // A library's name, which a barrel passes on.
          if (!module)
            return `import { ${name} as ${as} } from "${specifier}";`;
          const short = relative(dirname(path), module);
          return `import { ${declared} as ${as} } from "${short.startsWith(".") ? short : `./${short}`}";`;
        })
        .join("\n");
    },
  );
}
