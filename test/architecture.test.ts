import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  crowdedFolders,
  fileCircles,
  folderCircles,
  importsOf,
  sourceFiles,
  type Import,
} from "./importGraph";
import { temporaryFolder } from "./temporaryFolder";

const ROOT = resolve(__dirname, "..");

const FOLDERS = [
  "domain",
  "operations",
  "src",
  "local",
  "gateway",
  "lowcode",
  "bin",
];

/** Maximum number of files directly in one source folder. */
const MOST_FILES = 25;

/** The layers, from the bottom up: a file may import its own layer and those below it. */
const LAYERS: readonly (readonly [RegExp, number])[] = [
  [/^domain\//, 0],
  [/^src\/(engine|errors)\//, 1],
  [/^operations\//, 2],
  [/^src\//, 3],
  [/^(gateway|lowcode)\//, 4],
  [/^bin\//, 5],
];

const VALIDATION_LIBRARIES =
  /^(reflect-metadata|class-validator|class-transformer)(\/|$)/;

/** The only folder whose files may name the validation libraries. */
const VALIDATION_FILES = "domain/decorators/libraries/";

/** The modules of lower layers that layer 4 may import. */
const VISIBLE_TO_GATEWAY =
  /^(domain\/|src\/(policies\/|(index|internal|Connector)\.ts$))/;

/** A folder of the gateway that emulates another product. Nothing but the entry point imports it. */
const GATEWAY_SYSTEM =
  /^gateway\/(?!(?:http|route|origin|adapters|connectors)\/)([^/]+)\//;

function layerOf(file: string): number | undefined {
  return LAYERS.find(([pattern]) => pattern.test(file))?.[1];
}

function isForbidden(each: Import): boolean {
  const { from, to, isPackage } = each;
  if (isPackage) return isForbiddenPackage(each);
  if (from.startsWith("local/")) return !to.startsWith("local/");
  if (to.startsWith("local/")) return !from.startsWith("bin/");
  const [own, other] = [layerOf(from), layerOf(to)];
  if (own === undefined || other === undefined || other > own) return true;
  if (own !== 4) return false;
  if (other < 4) return !VISIBLE_TO_GATEWAY.test(to);
  const [a, b] = [GATEWAY_SYSTEM.exec(from)?.[1], GATEWAY_SYSTEM.exec(to)?.[1]];
  return b !== undefined && a !== b && from !== "gateway/index.ts";
}

function isForbiddenPackage({ from, to }: Import): boolean {
  if (from.startsWith("local/")) return !to.startsWith("node:");
  if (/^@(aws-sdk|smithy)\//.test(to))
    return !/^(src\/engine|operations)\//.test(from);
  if (VALIDATION_LIBRARIES.test(to)) return !from.startsWith(VALIDATION_FILES);
  return from.startsWith("domain/") && !to.startsWith("node:");
}

function inspect(root: string): {
  readonly forbidden: string[];
  readonly fileCircles: string[];
  readonly folderCircles: string[];
  readonly crowded: string[];
} {
  const files = sourceFiles(root, FOLDERS);
  const imports = importsOf(root, files);
  return {
    forbidden: imports
      .filter(isForbidden)
      .map(({ from, to }) => `${from} → ${to}`),
    fileCircles: fileCircles(imports),
    folderCircles: folderCircles(imports),
    crowded: crowdedFolders(files, MOST_FILES),
  };
}

/** Creates a small repository to test a rule with. */
function repositoryOf(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder("architecture");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const importing = (target: string): string =>
  `import type { Thing } from "${target}";\nexport type Other = Thing;\n`;

describe("architecture", () => {
  const found = inspect(ROOT);

  it("has no import that points to a higher layer or into a folder's internals", () => {
    expect(found.forbidden).toEqual([]);
  });

  it("has no import circle between files, type-only imports included", () => {
    expect(found.fileCircles).toEqual([]);
  });

  it("has no import circle between folders, type-only imports included", () => {
    expect(found.folderCircles).toEqual([]);
  });

  it(`has at most ${MOST_FILES} files directly in one source folder`, () => {
    expect(found.crowded).toEqual([]);
  });

  it("uses `export *` only for the domain and the operations in the main entry point", () => {
    const stars = sourceFiles(ROOT, FOLDERS).flatMap((file) =>
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

  it.each([
    ["the domain imports an error", "domain/Tag.ts", "../src/errors"],
    [
      "the domain imports the AWS SDK",
      "domain/Tag.ts",
      "@aws-sdk/client-lambda",
    ],
    [
      "the engine imports an operation",
      "src/engine/call/Call.ts",
      "../../../operations/InvokeFunction",
    ],
    [
      "an operation imports the connector",
      "operations/ListFunctions.ts",
      "../src/Connector",
    ],
    [
      "the embedded AWS imports the engine",
      "local/index.ts",
      "../src/engine/call/Call",
    ],
    [
      "the embedded AWS imports the SDK's signer",
      "local/index.ts",
      "@smithy/signature-v4",
    ],
    [
      "the connector imports the AWS SDK",
      "src/Connector.ts",
      "@aws-sdk/client-lambda",
    ],
    [
      "the engine imports the embedded AWS",
      "src/engine/call/Call.ts",
      "../../../local",
    ],
    [
      "the gateway imports the engine",
      "gateway/route/Route.ts",
      "../../src/engine/call/Call",
    ],
    [
      "the sidecar imports the Gravitee policy",
      "gateway/boomi/sidecar.ts",
      "../gravitee/awsLambdaPolicy",
    ],
    [
      "an entity outside the decorators imports class-validator",
      "domain/Tag.ts",
      "class-validator",
    ],
  ])("fails if %s", (_, file, target) => {
    const root = repositoryOf({
      "src/errors/index.ts": "export type Thing = 1;",
      "src/Connector.ts": "export type Thing = 1;",
      "src/engine/call/Call.ts": "export type Thing = 1;",
      "operations/InvokeFunction.ts": "export type Thing = 1;",
      "gateway/gravitee/awsLambdaPolicy.ts": "export type Thing = 1;",
      "local/index.ts": "export type Thing = 1;",
      [file]: importing(target),
    });

    expect(inspect(root).forbidden).toHaveLength(1);
  });

  it("fails on a circle of two files that import only types from each other", () => {
    const root = repositoryOf({
      "domain/A.ts": importing("./B"),
      "domain/B.ts": importing("./A"),
    });

    expect(inspect(root).fileCircles).toEqual([
      "domain/A.ts → domain/B.ts → domain/A.ts",
    ]);
  });

  it("fails on a circle of two folders whose files form none", () => {
    const root = repositoryOf({
      "src/engine/a/One.ts": importing("../b/Two"),
      "src/engine/b/Two.ts": "export type Thing = 1;",
      "src/engine/b/Three.ts": importing("../a/Four"),
      "src/engine/a/Four.ts": "export type Thing = 1;",
    });

    const { fileCircles: files, folderCircles: folders } = inspect(root);

    expect(files).toEqual([]);
    expect(folders).toEqual(["src/engine/a → src/engine/b → src/engine/a"]);
  });

  it("fails on the 26th file of a folder", () => {
    const files = Array.from({ length: MOST_FILES + 1 }, (_, index) => [
      `domain/E${index}.ts`,
      "export type Thing = 1;",
    ]);

    const root = repositoryOf(
      Object.fromEntries(files) as Record<string, string>,
    );

    expect(inspect(root).crowded).toEqual(["domain: 26 files"]);
  });
});
