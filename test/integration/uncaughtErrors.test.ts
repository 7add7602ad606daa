import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as operations from "aws-lambda-connector/operations";
import { temporaryFolder } from "../temporaryFolder";

const ROOT = resolve(__dirname, "../..");

/** Calls that throw: before they send anything, when they have failed, and as an outcome. */
const CALLS: readonly [string, string, RegExp][] = [
  [
    "an invocation",
    'await connector.invokeFunction({ functionName: "price" })',
    /^FunctionError: InvokeFunction: /,
  ],
  [
    "an invalid request",
    'await connector.invokeFunction({ functionname: "price" })',
    /^InvalidInputError: InvokeFunction: /,
  ],
  [
    "a typed function",
    'await connector.function("price")(1)',
    /^FunctionError: InvokeFunction: /,
  ],
  [
    "a list",
    "for await (const each of connector.listFunctions.stream({ limit: -1 })) throw each",
    /^InvalidInputError: ListFunctions: /,
  ],
  [
    "an operation of a class",
    "await new InvokeFunction({ maxSockets: 0 }).execute()",
    /^InvalidInputError: InvokeFunction: /,
  ],
  [
    "an invalid connection",
    'createConnector({ regoin: "eu-central-1" })',
    /^InvalidInputError: createConnector: /,
  ],
  [
    "an invalid batch",
    "await connector.invokeMany({ requests: 5 })",
    /^InvalidInputError: InvokeMany: /,
  ],
  [
    "an aborted batch",
    "await connector.invokeMany({ requests }, { signal: AbortSignal.abort() })",
    /^DeadlineError: InvokeMany: /,
  ],
  [
    "the outcome of a batch",
    "for (const { error } of await connector.invokeMany({ requests })) throw error",
    /^FunctionError: InvokeFunction: /,
  ],
  [
    "the outcome of a streamed batch",
    "for await (const { error } of connector.invokeMany.stream({ requests })) throw error",
    /^FunctionError: InvokeFunction: /,
  ],
  [
    "the outcome of an invalid request",
    "for (const { error } of await connector.invokeMany({ requests: [{}] })) throw error",
    /^InvalidInputError: InvokeFunction: /,
  ],
];

const CONTEXT = `
  const headers = { "x-amz-function-error": "Unhandled" };
  const transport = { send: async () => ({ statusCode: 200, headers, body: Buffer.from("{}") }) };
  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "none" };
  const connector = createConnector({ region: "eu-central-1", credentials }, { transport });
  const requests = [{ functionName: "price" }];`;

const NAMES = "{ createConnector, InvokeFunction }";

/** The classes of all errors. */
const CLASSES = [
  "InvalidInputError",
  "CredentialsError",
  "ServiceError",
  "TransportError",
  "DeadlineError",
  "FunctionError",
  "ResponseError",
];

/** The classes of all operations. */
const OPERATIONS = Object.keys(operations).filter((name) =>
  Object.hasOwn(operations, `${name}Request`),
);

/** Runs a script and returns what it prints on its error output. */
function run(extension: "mjs" | "cjs", script: string): string {
  const file = join(temporaryFolder("uncaught"), `user.${extension}`);
  writeFileSync(file, script);
  const { stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  return stderr;
}

describe("an uncaught error", () => {
  it.each(CALLS)(
    "prints its trace without a line of the package's source, in an ES module: %s",
    (_, call, trace) => {
      const printed = run(
        "mjs",
        `import lib from ${JSON.stringify(join(ROOT, "dist/src/index.js"))};
        const ${NAMES} = lib;
        ${CONTEXT}
        async function theCaller() { ${call}; }
        await theCaller();`,
      );

      expect(printed).toMatch(trace);
      expect(printed).toContain("theCaller ");
    },
  );

  it.each(CALLS)(
    "prints its trace without a line of the package's source, in CommonJS: %s",
    (_, call, trace) => {
      const printed = run(
        "cjs",
        `const ${NAMES} = require(${JSON.stringify(ROOT)});
        ${CONTEXT}
        async function theCaller() { ${call}; }
        theCaller();`,
      );

      expect(printed).toMatch(trace);
      expect(printed).toContain("theCaller ");
    },
  );
});

describe("an error of a minified bundle", () => {
  let folder: string;
  let bundle: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "minified-"));
    bundle = join(folder, "connector.mjs");
    const { status, stderr } = spawnSync(
      join(ROOT, "node_modules/.bin/esbuild"),
      [
        join(ROOT, "dist/esm/src/index.js"),
        "--bundle",
        "--minify",
        "--format=esm",
        "--platform=node",
        "--external:@aws-sdk/*",
        "--external:node-forge",
        "--external:jks-js",
        `--outfile=${bundle}`,
        "--log-level=error",
      ],
      { encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(CLASSES)("is printed with its class name: %s", (name) => {
    const printed = run(
      "mjs",
      `import { ${name} } from ${JSON.stringify(bundle)};
      const fields = { operation: "InvokeFunction", message: "InvokeFunction: no.", retryable: false };
      console.error(new ${name}(fields));`,
    );

    expect(printed).toMatch(new RegExp(`^${name}: InvokeFunction: no\\.\n`));
  });

  it("names the operation whose connection is not valid", () => {
    const printed = run(
      "mjs",
      `import * as lib from ${JSON.stringify(bundle)};
      for (const name of ${JSON.stringify(OPERATIONS)})
        try {
          new lib[name]({ maxSockets: 0 });
        } catch ({ operation, message }) {
          console.error(operation, message.split(": ")[0]);
        }`,
    );

    expect(printed.trim().split("\n")).toEqual(
      OPERATIONS.map((name) => `${name} ${name}`),
    );
  });

  it.each(CALLS)("is printed with its class name by %s", (_, call, trace) => {
    const printed = run(
      "mjs",
      `import ${NAMES} from ${JSON.stringify(bundle)};
      ${CONTEXT}
      async function theCaller() { ${call}; }
      await theCaller().catch((error) => console.error(error));`,
    );

    expect(printed).toMatch(trace);
  });
});
