import { readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import * as ts from "typescript";
import { temporaryFolder } from "./temporaryFolder";

const ROOT = resolve(__dirname, "..");

/** The floors of the house, from the ground up; a file may import its own floor and those below. */
const FLOORS: readonly (readonly [RegExp, number])[] = [
  [/^domain\//, 0],
  [/^src\/(engine|errors)\//, 1],
  [/^operations\//, 2],
  [/^src\//, 3],
  [/^(gateway|lowcode)\//, 4],
  [/^bin\//, 5],
];

const ROOMS = [
  "domain",
  "operations",
  "src",
  "local",
  "gateway",
  "lowcode",
  "bin",
];

interface Import {
  readonly from: string;
  readonly to: string;
}

function filesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file.split(sep).join("/")}`);
  } catch {
    return [];
  }
}

/** What a file imports, as TypeScript itself reads it; a typed `require` counts. */
function importsOf(root: string, from: string): Import[] {
  const text = readFileSync(join(root, from), "utf8");
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => ({
    from,
    to: fileName.startsWith(".") ? resolveFile(root, from, fileName) : fileName,
  }));
}

function resolveFile(root: string, from: string, to: string): string {
  const base = relative(root, resolve(root, dirname(from), to))
    .split(sep)
    .join("/");
  const candidates = [`${base}.ts`, `${base}/index.ts`, base];
  return candidates.find((file) => ts.sys.fileExists(join(root, file))) ?? base;
}

function floorOf(file: string): number | undefined {
  return FLOORS.find(([pattern]) => pattern.test(file))?.[1];
}

/** Every import of the house that breaks the law. */
function breaches(root: string): string[] {
  const imports = ROOMS.flatMap((room) => filesIn(root, room)).flatMap((file) =>
    importsOf(root, file),
  );
  return imports.filter(breaks).map(({ from, to }) => `${from} → ${to}`);
}

const VALIDATION = ["reflect-metadata", "class-validator", "class-transformer"];

function breaks({ from, to }: Import): boolean {
  const isBare =
    !to.includes("/") ||
    to.startsWith("@") ||
    to.startsWith("node:") ||
    /^[a-z-]+\/(cjs|dist)/.test(to);
  if (from.startsWith("local/"))
    return !to.startsWith("local/") && !to.startsWith("node:");
  if (from.startsWith("bin/") && to.startsWith("local/")) return false;
  if (to.startsWith("local/")) return true;
  if (/^@(aws-sdk|smithy)\//.test(to))
    return !/^(src\/engine|operations)\//.test(from);
  if (VALIDATION.some((name) => to === name || to.startsWith(`${name}/`)))
    return !/^(domain\/decorators\/(classValidator|classTransformer|metadata)|src\/engine\/validation\/parse)\.ts$/.test(
      from,
    );
  if (isBare) return from.startsWith("domain/") && !to.startsWith("node:");
  const [here, there] = [floorOf(from), floorOf(to)];
  if (here === undefined || there === undefined) return true;
  if (here === 4 && there < 3 && there !== 0 && !sameRoom(from, to))
    return true;
  return there > here;
}

function sameRoom(a: string, b: string): boolean {
  return a.split("/")[0] === b.split("/")[0];
}

/** Circles of imports that remain when the program runs: types are gone by then. */
function circles(root: string): string[] {
  const files = ROOMS.flatMap((room) => filesIn(root, room));
  const next = new Map(
    files.map((file) => [file, runtimeImports(root, file)] as const),
  );
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.add([...trail.slice(trail.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...trail, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  return [...found];
}

function runtimeImports(root: string, from: string): string[] {
  const text = readFileSync(join(root, from), "utf8");
  const source = ts.createSourceFile(from, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement))
      return isTypeOnly(statement.importClause)
        ? []
        : specifier(root, from, statement.moduleSpecifier);
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier)
      return statement.isTypeOnly
        ? []
        : specifier(root, from, statement.moduleSpecifier);
    return [];
  });
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every((element) => element.isTypeOnly)
  );
}

function specifier(root: string, from: string, node: ts.Expression): string[] {
  const name = ts.isStringLiteral(node) ? node.text : "";
  return name.startsWith(".") ? [resolveFile(root, from, name)] : [];
}

/** A house of a few files, to see the law at work. */
function houseOf(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder("house");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

describe("the architecture test", () => {
  it("finds no import of a higher layer or of a module that the folder may not use", () => {
    expect(breaches(ROOT)).toEqual([]);
  });

  it("finds no import cycle between files", () => {
    expect(circles(ROOT)).toEqual([]);
  });

  it("finds `export *` in the entry point only", () => {
    const stars = ROOMS.flatMap((room) => filesIn(ROOT, room)).flatMap((file) =>
      [
        ...readFileSync(join(ROOT, file), "utf8").matchAll(
          /^export \* from (.*);$/gm,
        ),
      ].map((match) => `${file}: ${match[1] ?? ""}`),
    );

    expect(stars).toEqual([
      'src/index.ts: "../domain"',
      'src/index.ts: "../operations"',
    ]);
  });

  it("reports an engine file that imports an operation", () => {
    const root = houseOf({
      "src/engine/Call.ts":
        'import { InvokeFunction } from "../../operations/InvokeFunction";',
      "operations/InvokeFunction.ts": "export class InvokeFunction {}",
    });

    expect(breaches(root)).toEqual([
      "src/engine/Call.ts → operations/InvokeFunction.ts",
    ]);
  });

  it.each([
    ["a domain that knows an error", "domain/Tag.ts", "../src/errors"],
    [
      "a domain that knows the AWS SDK",
      "domain/Tag.ts",
      "@aws-sdk/client-lambda",
    ],
    [
      "an operation that knows the front door",
      "operations/ListFunctions.ts",
      "../src/Connector",
    ],
    [
      "an embedded AWS that knows the engine",
      "local/index.ts",
      "../src/engine/call/Call",
    ],
    [
      "an embedded AWS that signs with the SDK",
      "local/index.ts",
      "@smithy/signature-v4",
    ],
    [
      "a front door that speaks to the AWS SDK",
      "src/Connector.ts",
      "@aws-sdk/client-sts",
    ],
    [
      "an engine that leans on the embedded AWS",
      "src/engine/Call.ts",
      "../../local",
    ],
  ])("reports %s", (_, file, target) => {
    const root = houseOf({
      [file]: `import type { Thing } from "${target}";\nexport type Other = Thing;`,
      "src/errors/index.ts": "export type Thing = 1;",
      "src/Connector.ts": "export type Thing = 1;",
      "src/engine/Call.ts": "export type Thing = 1;",
      "local/index.ts": "export type Thing = 1;",
      ...{
        [file]: `import type { Thing } from "${target}";\nexport type Other = Thing;`,
      },
    });

    expect(breaches(root)).toHaveLength(1);
  });

  it("reports an import cycle", () => {
    const root = houseOf({
      "domain/A.ts": 'import { b } from "./B";\nexport const a = () => b;',
      "domain/B.ts": 'import { a } from "./A";\nexport const b = () => a;',
    });

    expect(circles(root)).toEqual(["domain/A.ts → domain/B.ts → domain/A.ts"]);
  });
});
