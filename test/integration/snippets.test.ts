import { execFile } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { LocalAws } from "aws-lambda-connector/local";
import * as ts from "typescript";
import { EXTERNAL_ID, startWorld, trustedRole } from "./world";

// Compilers and package managers take their time.

const ROOT = resolve(__dirname, "../..");

const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  lib: ["lib.es2023.d.ts"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  experimentalDecorators: true,
  useDefineForClassFields: false,
  noEmit: true,
};

interface Snippet {
  readonly where: string;

  /** The language of its code fence: `ts` or `js`. Undefined for an example of a doc comment. */
  readonly language?: string | undefined;
  readonly code: string;
}

const pages = [
  "README.md",
  ...readdirSync(join(ROOT, "docs/guides")).map(
    (page) => `docs/guides/${page}`,
  ),
];

const snippets: Snippet[] = pages.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(ts|js)\n(.*?)^```$/gms)].map((match) => ({
    where: `${page}:${text.slice(0, match.index).split("\n").length}`,
    language: match[1],
    code: match[2] ?? "",
  }));
});

/** Snippets in TypeScript. Those in JavaScript run unchanged, and have no types to check. */
const typed = snippets.filter(({ language }) => language === "ts");

/** The examples of the doc comments: fragments that assume the declarations of `EXAMPLE_CONTEXT`. */
const examples: Snippet[] = ["domain", "operations", "src", "local"].flatMap(
  (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => examplesOf(join(folder, file))),
);

function examplesOf(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Snippet[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node))
      if (tag.tagName.text === "example" && tag.parent.parent === node)
        found.push({
          where: `${file}:${source.getLineAndCharacterOfPosition(tag.pos).line + 1}`,
          code: ts.getTextOfJSDocComment(tag.comment) ?? "",
        });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Imports and declarations that the examples of doc comments assume. */
const EXAMPLE_CONTEXT = `
import { IsInt, IsString } from "class-validator";
import * as z from "zod";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { assumePolicy, AWS_Region, captionOf, createConnector, Credentials, invokePolicy, isConnectorError, pool, trustPolicy } from "aws-lambda-connector";
import { sidecarRoleOf } from "aws-lambda-connector/gateway/boomi";
import type { Connector, OperationTrace, TypedFunction } from "aws-lambda-connector";
import { startLocalAws as start, type LocalAws, type LambdaHandler } from "aws-lambda-connector/local";
declare const startLocalAws: typeof start;
declare const expect: (value: unknown) => { toHaveLength(length: number): void; toEqual(value: unknown): void };
declare const accessKeyId: string, secretAccessKey: string;
class PriceRequest { @IsString() sku!: string }
class Price { @IsInt() total!: number }
declare let connector: Connector;
declare const getPrice: TypedFunction<PriceRequest, Price>;
declare let local: LocalAws;
`;

const SNIPPETS = Object.fromEntries(snippets.map(({ where }) => [where, true]));

/** The compiler's error for a project without input files. */
const NO_INPUTS = 18003;

interface Diagnostic {
  readonly at: string;
  readonly message: string;
}

let diagnostics: readonly Diagnostic[] | undefined;

/** Returns the compiler's errors in all snippets and examples, which are compiled once. */
function diagnose(): readonly Diagnostic[] {
  diagnostics ??= compile([
    ...typed,
    ...examples.map(({ where, code }) => ({
      where,
      code: /^import /m.test(code) ? code : `${EXAMPLE_CONTEXT}{\n${code}\n}`,
    })),
  ]);
  return diagnostics;
}

function compile(
  all: readonly Snippet[],
  options: ts.CompilerOptions = COMPILER,
): Diagnostic[] {
  const files = new Map(
    all.map(({ code }, index) => [
      join(ROOT, "examples", `snippet${index}.mts`),
      code,
    ]),
  );
  const host = ts.createCompilerHost(options);
  const plain = ts.createCompilerHost(options);
  host.fileExists = (file) => files.has(file) || plain.fileExists(file);
  host.readFile = (file) => files.get(file) ?? plain.readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const code = files.get(file);
    return code === undefined
      ? plain.getSourceFile(file, ...rest)
      : ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const file = diagnostic.file?.fileName ?? "";
    const index = Number(/snippet(\d+)\.mts$/.exec(file)?.[1]);
    const message = ts.flattenDiagnosticMessageText(
      diagnostic.messageText,
      " ",
    );
    return { at: all[index]?.where ?? file, message };
  });
}

describe("the snippets of the README and the guides", () => {
  let local: LocalAws;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(ROOT, "examples/.snippets-"));
    local = await startWorld({
      functions: {
        price: ({ sku }: { sku?: string }) => ({ sku, total: 1290 }),
        obsolete: () => null,
        "stock-lookup": ({ sku }: { sku?: string }) => ({ sku, level: 5 }),
      },
      parameters: {
        "/acme/prod/trustKey": EXTERNAL_ID,
        "/globex/prod/orderTrust": EXTERNAL_ID,
      },
      accounts: {
        "222233334444": {
          functions: {
            price: () => ({ total: 1190 }),
            "order-guard": () => ({}),
            "order-audit": () => ({}),
          },
          roles: {
            tibco_sidecar_connector_prices: trustedRole(),
            tibco_sidecar_connector_orders: trustedRole(),
          },
        },
      },
    });
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await local.close();
  });

  it("are found by this test", () => {
    expect(snippets.length).toBeGreaterThan(10);
  });

  it("compile unchanged in the strictest mode", () => {
    expect(diagnose().filter(({ at }) => at in SNIPPETS)).toEqual([]);
  });

  it("compile with the tsconfig.json that Getting started shows", () => {
    const page = readFileSync(join(ROOT, "docs/guides/getting-started.md"), {
      encoding: "utf8",
    });
    const shown = /^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? "";
    const { options, errors } = ts.parseJsonConfigFileContent(
      JSON.parse(shown),
      ts.sys,
      join(ROOT, "examples"),
    );

    expect(errors.filter(({ code }) => code !== NO_INPUTS)).toEqual([]);
    expect(options.experimentalDecorators).toBe(true);
    expect(compile(typed, { ...options, noEmit: true })).toEqual([]);
  });

  it.each(snippets)(
    "run to completion without a warning: $where",
    async ({ where, language, code }) => {
      const isCommonJs = code.includes("= require(");
      const file = join(
        folder,
        `${where.replace(/\W/g, "-")}.${isCommonJs ? "cjs" : "mjs"}`,
      );
      writeFileSync(file, language === "ts" ? transpile(code) : code);

      const { stderr } = await promisify(execFile)(process.execPath, [file], {
        cwd: ROOT,
        timeout: 100_000,
        env: { ...process.env, ...environment(local) },
      });

      expect(stderr).toBe("");
    },
  );
});

describe("the examples of the doc comments", () => {
  it("are found by this test", () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  it("compile with the declarations that their pages show", () => {
    expect(diagnose().filter(({ at }) => !(at in SNIPPETS))).toEqual([]);
  });
});

function transpile(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: {
      ...COMPILER,
      module: ts.ModuleKind.ES2022,
      noEmit: false,
    },
  }).outputText;
}

/** Where a snippet finds AWS that does not say where it is. */
function environment({ endpoint, credentials }: LocalAws) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
