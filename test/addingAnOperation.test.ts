import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

const OPERATION = `
import { Function as LambdaFunction } from "../domain";
import { Caption, IsInt, IsOptional } from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import { sdkAction } from "../src/engine/actions/sdkAction";
import { sendRequest } from "../src/engine/call/request";
import { Operation } from "../src/engine/operation/Operation";

const GET_FUNCTION_CONCURRENCY = sdkAction({
  service: "lambda",
  name: "GetFunctionConcurrency",
  load: async () => {
    const { LambdaClient: Client, GetFunctionConcurrencyCommand: Command } = await import("@aws-sdk/client-lambda");
    return { Client, Command };
  },
});

/** Function whose reserved concurrency is returned. */
export class GetFunctionConcurrencyRequest extends LambdaFunction {
  /** Maximum value to return. Defaults to no maximum. */
  @Caption("Maximum")
  @IsOptional()
  @IsInt({ message: "atMost must be an integer" })
  readonly atMost?: number;
}

/** Returns the reserved concurrency of a function. */
export class GetFunctionConcurrency extends Operation<GetFunctionConcurrencyRequest, number | undefined> {
  readonly name = "GetFunctionConcurrency";
  readonly permissions = ["lambda:GetFunctionConcurrency"];
  readonly request = GetFunctionConcurrencyRequest;

  protected async run({ functionName }: GetFunctionConcurrencyRequest, call: Call): Promise<number | undefined> {
    const answer = await sendRequest(call, GET_FUNCTION_CONCURRENCY, { input: { FunctionName: functionName } });
    return answer.ReservedConcurrentExecutions;
  }
}
`;

const EXPORT_LINE = `export { GetFunctionConcurrency, GetFunctionConcurrencyRequest } from "./GetFunctionConcurrency";\n`;

/** Options that write declarations only. */
const DECLARATIONS = [
  "--noEmit",
  "false",
  "--emitDeclarationOnly",
  "--outDir",
  "dist",
];

const TEST = `
import { createConnector } from "../../src";
import { connection } from "../connection";
import { FakeAws } from "../FakeAws";

describe("GetFunctionConcurrency", () => {
  it("becomes a method of the connector when it is registered", async () => {
    const aws = new FakeAws().respondWith({ body: '{"ReservedConcurrentExecutions":7}' });
    const connector = createConnector(connection, { transport: aws });

    const reserved: number | undefined = await connector.getFunctionConcurrency({ functionName: "price" });

    expect(reserved).toBe(7);
    expect(aws.sent[0]?.request).toBe("GET /2019-09-30/functions/price/concurrency");
  });
});
`;

describe("adding an operation", () => {
  let project: string;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "project-"));
    for (const folder of ["build", "domain", "operations", "src", "test"])
      cpSync(join(ROOT, folder), join(project, folder), {
        recursive: true,
        filter: (path) =>
          !/[\\/](integration|local|bin|consumers)/.test(
            path.slice(ROOT.length),
          ),
      });
    for (const file of ["package.json", "tsconfig.json", "tsconfig.jest.json"])
      cpSync(join(ROOT, file), join(project, file));
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
  });

  afterAll(() => {
    rmSync(project, { recursive: true });
  });

  it("takes three files that pass the compiler, the contract test and their own test, and are documented as a method", () => {
    writeFileSync(
      join(project, "operations/GetFunctionConcurrency.ts"),
      OPERATION,
    );
    const registry = join(project, "operations/index.ts");
    writeFileSync(registry, readFileSync(registry, "utf8") + EXPORT_LINE);
    writeFileSync(
      join(project, "test/operations/GetFunctionConcurrency.test.ts"),
      TEST,
    );
    writeFileSync(
      join(project, "tsconfig.three.json"),
      JSON.stringify({
        extends: "./tsconfig.json",
        compilerOptions: { noEmit: true, skipLibCheck: true },
        include: [
          "src",
          "operations",
          "domain",
          "test/operations/GetFunctionConcurrency.test.ts",
        ],
      }),
    );
    writeFileSync(
      join(project, "jest.config.js"),
      `module.exports = { transform: { "^.+\\\\.ts$": ["ts-jest", { transpilation: true, tsconfig: "tsconfig.jest.json" }] }, testMatch: ["**/test/contract.test.ts", "**/test/entities.test.ts", "**/test/wrongTypes.test.ts", "**/GetFunctionConcurrency.test.ts"] };`,
    );
    const run = (bin: string, ...args: string[]): string =>
      execFileSync(
        process.execPath,
        [join(ROOT, "node_modules/.bin", bin), ...args],
        {
          cwd: project,
          encoding: "utf8",
          stdio: "pipe",
        },
      );

    expect(run("tsc", "-p", "tsconfig.three.json")).toBe("");
    run("tsc", "-p", "tsconfig.three.json", ...DECLARATIONS);
    const program = `import { writeConnectorTypes } from "./build/connectorTypes.mjs"; await writeConnectorTypes();`;
    execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: project,
    });
    const declared = readFileSync(
      join(project, "dist/src/Connector.d.ts"),
      "utf8",
    );
    expect(declared).toMatch(
      /Returns the reserved concurrency of a function\.[^/]*@param request - Function whose reserved concurrency is returned\.[^/]*\*\/\s*\(\s*request: Input<GetFunctionConcurrencyRequest>,\s*options\?: Input<CallOptions>,?\s*\): Promise<number \| undefined>;/,
    );
    expect(() => run("jest", "--silent", "--rootDir", project)).not.toThrow();
  });
});
