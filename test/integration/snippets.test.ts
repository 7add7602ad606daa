import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LocalAws } from "aws-lambda-connector/local";
import * as ts from "typescript";
import { createEmptyProject, type EmptyProject } from "./emptyProject";
import { BLOCKS, EXAMPLES, ROOT, type Snippet } from "./pages";
import { EXTERNAL_ID, startWorld, trustedRole } from "./world";

// Compilers and package managers take their time.
jest.setTimeout(120_000);

const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  experimentalDecorators: true,
  useDefineForClassFields: false,
  noEmit: true,
};

const scripts = BLOCKS.filter(({ language }) => /^(ts|js)$/.test(language));

/** Snippets in TypeScript. Those in JavaScript run unchanged, and have no types to check. */
const typed = scripts.filter(
  ({ language, exception }) =>
    language === "ts" && !exception.startsWith("not checked: "),
);

/** Imports and declarations that the examples of doc comments assume. */
const EXAMPLE_CONTEXT = `
import { writeFile } from "node:fs/promises";
import http, { createServer } from "node:http";
import { IsInt, IsString } from "class-validator";
import * as z from "zod";
import fastifyFactory from "fastify";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { assumePolicy, AWS_Region, captionOf, createConnector, Credentials, invokePolicy, isConnectorError, pool, toDistributedMap, toMapItems, trustPolicy } from "aws-lambda-connector";
import { apiKeys, bodyMemory, cache, concurrency, cors, createRoute, createRouter, hashApiKey, MemoryLimitStore, quota, shed, throttle, toExpress, toFastify, toFetch, toNode, HeaderList, type Exchange, type Route, type Router, type Step } from "aws-lambda-connector/gateway";
import { allow, modify, sidecar, sidecarRoleOf, terminate, type PostInput, type PreInput, type PreProcessorInput } from "aws-lambda-connector/gateway/boomi";
import { awsLambdaPolicy } from "aws-lambda-connector/gateway/gravitee";
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
declare const guard: Step, closed: Step;
declare const exchange: Exchange, newRoute: Route, router: Router;
declare const app: { use(handler: unknown): void; all(path: string, handler: (c: { req: { raw: Request } }) => unknown): void };
const fastify = fastifyFactory();
`;

/** The compiler's error for a project without input files. */
const NO_INPUTS = 18003;

interface Diagnostic {
  readonly at: string;
  readonly message: string;
}

/** The articles of `examples/functions/price.mjs`, which readers run. */
const PRICES: Readonly<Record<string, number>> = { "A-17": 1290, "B-02": 480 };

/** That function; a payload without an article gets a price, too. */
function price({
  sku = "A-17",
  quantity = 1,
}: {
  readonly sku?: string;
  readonly quantity?: number;
}): object {
  const total = PRICES[sku];
  if (total === undefined) throw new RangeError(`No article ${sku}`);
  return { sku, quantity, total: total * quantity, currency: "EUR" };
}

let project: EmptyProject;
let local: LocalAws;

beforeAll(async () => {
  project = await createEmptyProject();
  local = await startWorld({
    functions: {
      price,
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
          "order-guard": {
            file: join(ROOT, "examples/functions/order-guard.mjs"),
          },
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
  await local.close();
  project.remove();
});

/** Compiles files in the empty project. */
function compile(
  all: readonly Snippet[],
  options: ts.CompilerOptions = COMPILER,
): Diagnostic[] {
  const files = new Map(
    all.map(({ code }, index) => [
      join(project.folder, `snippet${index}.mts`),
      code,
    ]),
  );
  const host = ts.createCompilerHost(options);
  const plain = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => project.folder;
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

describe("the blocks of the README and the guides", () => {
  it("are found by this test", () => {
    expect(scripts.length).toBeGreaterThan(10);
  });

  it("run with the articles of the example function", () => {
    const example = readFileSync(join(ROOT, "examples/functions/price.mjs"), {
      encoding: "utf8",
    });

    for (const [sku, total] of Object.entries(PRICES))
      expect(example).toContain(`"${sku}": ${total}`);
  });

  it("are on pages that the README links to", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const guides = readdirSync(join(ROOT, "docs/guides"));

    expect(
      guides.filter((page) => !readme.includes(`(docs/guides/${page})`)),
    ).toEqual([]);
  });

  it("are of a language that this test knows, and each exception has a reason", () => {
    const unknown = BLOCKS.filter(
      ({ language, exception }) =>
        !["ts", "js", "sh", "json", "text"].includes(language) ||
        !/^(not (run|checked): .{10,})?$/.test(exception),
    );

    expect(unknown.map(({ where }) => where)).toEqual([]);
  });

  it("compile unchanged in the strictest mode", () => {
    expect(compile(typed)).toEqual([]);
  });

  it("compile with the tsconfig.json that Getting started shows", () => {
    const page = readFileSync(join(ROOT, "docs/guides/getting-started.md"), {
      encoding: "utf8",
    });
    const shown = /^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? "";
    const { options, errors } = ts.parseJsonConfigFileContent(
      JSON.parse(shown),
      ts.sys,
      project.folder,
    );

    expect(errors.filter(({ code }) => code !== NO_INPUTS)).toEqual([]);
    expect(options.experimentalDecorators).toBe(true);
    expect(compile(typed, { ...options, noEmit: true })).toEqual([]);
  });

  it.each(scripts.filter(({ exception }) => exception === ""))(
    "run to completion in an empty project, and print what they say: $where",
    async ({ where, language, code }) => {
      const isCommonJs = code.includes("= require(");
      const name = where.replace(/\W/g, "-");
      const file = join(
        project.folder,
        `${name}.${isCommonJs ? "cjs" : "mjs"}`,
      );
      writeFileSync(file, language === "ts" ? transpile(code) : code);

      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [file],
        {
          cwd: project.folder,
          timeout: 100_000,
          env: { ...process.env, ...environment(local) },
        },
      );

      expect(stderr).toBe("");
      expect(stdout).not.toContain("No article");
      for (const [, printed = ""] of code.matchAll(
        /console\.log\(.*; \/\/ (.+)$/gm,
      ))
        expect(stdout).toContain(printed);
    },
  );

  it.each(BLOCKS.filter(({ language }) => language === "json"))(
    "are valid JSON: $where",
    ({ code }) => {
      expect(() => JSON.parse(code) as unknown).not.toThrow();
    },
  );
});

/** Commands that are not run here, with the reason. All others are. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm (ci|install)\b/, "needs a clone or a registry"],
  [/quickstart\.mjs$/, "run by consumers.test.ts"],
  [/^zip /, "needs zip and the folder that npm installs"],
  [/^curl /, "run by gatewayExamples.test.ts and graviteeExamples.test.ts"],
  [/^(aws|unset) /, "needs the AWS CLI"],
];

const commands = BLOCKS.filter(({ language }) => language === "sh").flatMap(
  ({ where, code }) =>
    code
      .trim()
      .split("\n")
      .map((line) => ({ where, line })),
);

describe("the commands of the README and the guides", () => {
  it.each(
    commands.filter(({ line }) => !NOT_RUN.some(([of]) => of.test(line))),
  )("start in an empty project: $where $line", async ({ line }) => {
    const [program = "", ...args] = line.split(" ");
    const file = args.find((arg) => arg.includes("/"));
    expect(existsSync(join(project.folder, file ?? ""))).toBe(true);
    const isTool = program === "npx";
    const child = spawn(
      process.execPath,
      [
        ...(isTool ? [join("node_modules/.bin", args.shift() ?? "")] : []),
        ...args,
        "--port",
        "0",
      ],
      { cwd: project.folder, stdio: ["ignore", "pipe", "pipe"] },
    );
    let printed = "";
    child.stderr.on("data", (chunk) => (printed += String(chunk)));
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      if (/Requests:|failures:/.test(printed)) break;
    }
    child.kill();
    if (child.exitCode === null) await once(child, "exit");

    expect(printed).toMatch(/listens at http:/);
  });
});

describe("the examples of the doc comments", () => {
  it("are found by this test", () => {
    expect(EXAMPLES.length).toBeGreaterThan(10);
  });

  it("compile with the declarations that their pages show", () => {
    const all = EXAMPLES.map((example) => ({
      ...example,
      code: /^import /m.test(example.code)
        ? example.code
        : `${EXAMPLE_CONTEXT}{\n${example.code.replaceAll(/^export /gm, "")}\n}`,
    }));

    expect(compile(all)).toEqual([]);
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
    // Settings of the handler in "Bundling and AWS Lambda".
    PARTNER_ROLE_ARN:
      "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
    PARTNER_EXTERNAL_ID_KEY: "acme/prod/trustKey",
  };
}
