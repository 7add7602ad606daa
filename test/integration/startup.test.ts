import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type { LocalAws } from "aws-lambda-connector/local";
import { startWorld } from "./world";

const ROOT = join(__dirname, "../..");

/** How many modules an entry point may load, its own among them; what it costs in time is measured by `bench/`. */
const BUDGETS: readonly (readonly [string, number])[] = [
  ["aws-lambda-connector", 2],
  ["aws-lambda-connector/domain", 2],
  ["aws-lambda-connector/operations", 2],
  ["aws-lambda-connector/gateway", 3],
  ["aws-lambda-connector/gateway/boomi", 4],
  ["aws-lambda-connector/gateway/gravitee", 11],
  // Not bundled, so one module for each file. It loads all of them at start: jest runs no `import()` without a flag of Node.
  ["aws-lambda-connector/local", 141],
];

/** Modules that are bundled. */
const BUNDLED = ["src/index", "gateway/index", "gateway/boomi/index"];

const HEAVY = /node_modules\/(@aws-sdk|@smithy|commander)\//;

/** A file of a gateway integration, or a package that its expressions use. */
const GATEWAY_INTEGRATION =
  /dist\/.*(boomi|gravitee)|node_modules\/(re2js|json-p3|lossless-json|xpath|negotiator)\//;

/** Runs a program in a separate process and returns the modules that it has loaded. */
function loadedBy(
  program: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  return print(`${program} return Object.keys(require.cache);`, env);
}

/** Runs a program in a separate process and returns what it returns. */
async function print(
  program: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "-e",
      `(async () => { ${program} })().then((value) => console.log(JSON.stringify(value)));`,
    ],
    { cwd: ROOT, env: { PATH: process.env["PATH"], ...env } },
  );
  return JSON.parse(stdout) as string[];
}

describe("startup", () => {
  it.each(BUDGETS)("%s loads at most %i modules", async (entry, most) => {
    const loaded = await loadedBy(`require("${entry}");`);

    process.stdout.write(`${entry}: ${loaded.length} modules\n`);
    expect(loaded.length).toBeLessThanOrEqual(most);
    expect(loaded.filter((file) => HEAVY.test(file))).toEqual([]);
  });

  it.each([
    ["core", ["core"]],
    ["operations", ["core", "operations"]],
    ["later", ["core", "later", "operations"]],
    ["gateway", ["core", "gateway"]],
    ["boomi", ["boomi", "core", "gateway"]],
    ["gravitee", ["core", "gateway", "gravitee"]],
  ])("the bundle %s loads only %p", async (bundle, expected) => {
    const loaded = await loadedBy(`require("./dist/bundled/${bundle}.js");`);

    expect(
      loaded
        .filter((file) => dirname(file).endsWith("bundled"))
        .map((file) => basename(file, ".js"))
        .sort(),
    ).toEqual(expected);
  });

  // Node swallows exceptions in getters of exports while it prepares an `import`.
  it.each(BUDGETS.map(([entry]) => entry))(
    "every name of %s can be the first that a program uses",
    async (entry) => {
      const failures = await print(
        `const failures = [];
         for (const name of Object.keys(require("${entry}"))) {
           for (const file of Object.keys(require.cache))
             if (file.startsWith(process.cwd() + "/dist/")) delete require.cache[file];
           try {
             if (require("${entry}")[name] === undefined) failures.push(name);
           } catch (error) {
             failures.push(name + ": " + error.message);
           }
         }
         return failures;`,
      );

      expect(failures).toEqual([]);
    },
  );

  it("aws-lambda-connector/gateway loads no file of boomi, gravitee or an expression engine", async () => {
    const loaded = await loadedBy(`require("aws-lambda-connector/gateway");`);

    expect(loaded.map((file) => relative(ROOT, file))).toContain(
      join("dist", "bundled", "gateway.js"),
    );
    expect(loaded.filter((file) => GATEWAY_INTEGRATION.test(file))).toEqual([]);
  });

  it("a policy without expressions loads no library of expressions", async () => {
    const create = (payload: string): string =>
      `const { awsLambdaPolicy } = require("aws-lambda-connector/gateway/gravitee");
       const configuration = { region: "eu-west-1", function: "price", payload: ${JSON.stringify(payload)} };
       const policy = await awsLambdaPolicy({ semantics: "v4", configuration });
       policy.close();`;
    const isLibrary = (file: string): boolean =>
      /node_modules\/(re2js|json-p3|lossless-json|xpath)\//.test(file);

    const constant = await loadedBy(create('{ "sku": "A-17" }'));
    const templated = await loadedBy(create("{#request.path}"));

    expect(constant.filter(isLibrary)).toEqual([]);
    expect(templated.filter(isLibrary).length).toBeGreaterThanOrEqual(4);
  });

  describe("a bundle of the ES modules", () => {
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "startup-"));
      await promisify(execFile)(join(ROOT, "node_modules/.bin/esbuild"), [
        ...BUNDLED.map((entry) => join(ROOT, `dist/esm/${entry}.js`)),
        "--bundle",
        "--format=esm",
        "--platform=node",
        "--external:@aws-sdk/*",
        "--external:node-forge",
        "--external:jks-js",
        `--outdir=${folder}`,
        `--outbase=${join(ROOT, "dist/esm")}`,
        "--out-extension:.js=.mjs",
        `--metafile=${join(folder, "meta.json")}`,
        "--log-level=error",
      ]);
    });

    afterAll(() => rm(folder, { recursive: true }));

    // An import of these in an ES module reads every name, which starts parts of Node that an invocation does not use.
    it("imports neither node:http nor node:https nor node:process", async () => {
      const { outputs } = JSON.parse(
        await readFile(join(folder, "meta.json"), "utf8"),
      ) as {
        outputs: Record<string, { imports: { path: string }[] }>;
      };

      const imported = Object.values(outputs).flatMap(({ imports }) =>
        imports.map(({ path }) => path),
      );

      expect(imported).toContain("node:crypto");
      expect(
        imported.filter((path) => /^node:(https?|process)$/.test(path)),
      ).toEqual([]);
    });

    it.each(BUNDLED)(
      "does not load Node's implementation of fetch when %s starts",
      async (entry) => {
        const loaded = await print(
          `await import(${JSON.stringify(join(folder, `${entry}.mjs`))});
           return process.moduleLoadList;`,
        );

        expect(loaded.filter((name) => name.includes("undici"))).toEqual([]);
      },
    );
  });

  describe("an invocation", () => {
    let local: LocalAws;

    beforeAll(async () => {
      local = await startWorld({ functions: { count: () => 1 } });
    });

    afterAll(() => local.close());

    it("with credentials from the environment loads one bundle and no library", async () => {
      const { accessKeyId, secretAccessKey } = local.credentials;

      const loaded = await loadedBy(
        `const { createConnector } = require("aws-lambda-connector");
         await createConnector().invokeFunction({ functionName: "count" });`,
        {
          AWS_ENDPOINT_URL: local.endpoint,
          AWS_REGION: local.region,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
        },
      );

      expect(loaded.map((file) => relative(ROOT, file))).toEqual([
        join("dist", "src", "index.js"),
        join("dist", "bundled", "core.js"),
      ]);
      expect(local.requests.of("Invoke")).toHaveLength(1);
    });

    it("inside a Lambda function forwards the trace ID, so that Lambda can detect recursion", async () => {
      const seen: unknown[] = [];
      const server = createServer((incoming, outgoing) => {
        seen.push(incoming.headers["x-amzn-trace-id"]);
        outgoing.end("1");
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;

      await loadedBy(
        `const { createConnector } = require("aws-lambda-connector");
         await createConnector().invokeFunction({ functionName: "count" });`,
        {
          AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
          AWS_REGION: "eu-central-1",
          AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
          AWS_SECRET_ACCESS_KEY: "not-a-real-secret",
          AWS_LAMBDA_FUNCTION_NAME: "caller",
          _X_AMZN_TRACE_ID: "Root=1-5759e988-bd862e3fe1be46a994272793",
        },
      );
      server.close();

      expect(seen).toEqual(["Root=1-5759e988-bd862e3fe1be46a994272793"]);
    });
  });
});
