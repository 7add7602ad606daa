import { join } from "node:path";
import { checkFunction, type FileCode } from "../../../dist/local/runtime";
import { folderWith } from "./folderWith";
import { failureOf, fileCode, invocation, run, runtimeOf } from "./run";

const BROKEN = {
  "syntax.cjs": "exports.handler = async () => {",
  "syntax.mjs": "export const handler = async () => {",
  "required.cjs": "require('not-there');",
  "imported.mjs": "import 'not-there';",
  "other.cjs": "exports.other = async () => 1;",
  "value.mjs": "export const handler = 1;",
  "throws.cjs": "throw new RangeError('no configuration');",
  "rejects.mjs": "await Promise.reject(new TypeError('not yet'));",
  "exits.cjs": "process.exit(4);",
};

function broken(file: string): FileCode {
  const path = join(folderWith(BROKEN), file);
  return { kind: "file", path, exportName: "handler" };
}

const failures = [
  [
    "syntax.cjs",
    "Runtime.UserCodeSyntaxError",
    "SyntaxError: Unexpected end of input",
  ],
  [
    "syntax.mjs",
    "Runtime.UserCodeSyntaxError",
    "SyntaxError: Unexpected end of input",
  ],
  [
    "required.cjs",
    "Runtime.ImportModuleError",
    "Error: Cannot find module 'not-there'",
  ],
  [
    "imported.mjs",
    "Runtime.ImportModuleError",
    "Cannot find package 'not-there' imported from",
  ],
  ["absent.js", "Runtime.ImportModuleError", "Error: Cannot find module"],
  [
    "other.cjs",
    "Runtime.HandlerNotFound",
    "other.handler is undefined or not exported",
  ],
  ["value.mjs", "Runtime.HandlerNotFound", "value.handler is not a function"],
  ["throws.cjs", "RangeError", "no configuration"],
  ["rejects.mjs", "TypeError", "not yet"],
] as const;

describe("FileRuntime with a module that can't be loaded", () => {
  it.each(failures)("(%s) reports %s", async (file, type, message) => {
    const runtime = runtimeOf(broken(file));

    const failure = await failureOf(runtime);

    expect(failure).toEqual({
      functionError: "Unhandled",
      errorType: type,
      errorMessage: expect.stringContaining(message),
      trace: expect.arrayContaining([expect.stringContaining(type)]),
    });
  });

  it("is logged before START", async () => {
    const runtime = runtimeOf(broken("throws.cjs"));

    const { log } = await run(runtime);

    expect(log).toMatch(
      /^\S+Z\tundefined\tERROR\tUncaught Exception \t\{"errorType":"RangeError".*\}\nINIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: init\tStatus: error\tError Type: RangeError\nSTART /,
    );
  });

  it("is loaded again by the next invocation", async () => {
    const runtime = runtimeOf(broken("throws.cjs"));

    const failed = [await failureOf(runtime), await failureOf(runtime)];

    expect(failed.map(({ errorType }) => errorType)).toEqual([
      "RangeError",
      "RangeError",
    ]);
  });

  it("reports an exited runtime if it exits", async () => {
    const runtime = runtimeOf(broken("exits.cjs"));

    const failure = await failureOf(runtime);

    expect(failure).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("exit status 4"),
    });
  });

  it("reports a timeout if loading never ends", async () => {
    const path = join(folderWith({ "loops.cjs": "for (;;);" }), "loops.cjs");
    const runtime = runtimeOf(
      { kind: "file", path, exportName: "handler" },
      { initSeconds: 0.2, timeoutSeconds: 3 },
    );

    const failure = await failureOf(runtime, invocation());

    expect(failure).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringContaining(
        "Task timed out after 3.00 seconds",
      ),
    });
  });
});

describe("checkFunction", () => {
  it("passes a handler that can be loaded", async () => {
    const checked = checkFunction(fileCode("module.mjs"));

    await expect(checked).resolves.toBeUndefined();
  });

  it.each(failures)(
    "names the file and the cause of %s",
    async (file, type, message) => {
      const code = broken(file);

      const refusal = await checkFunction(code).catch(
        (error: unknown) => error,
      );

      const text = (refusal as Error).message;
      expect(text).toContain(`cannot be loaded from ${code.path} (${type}: `);
      expect(text).toContain(message);
    },
  );

  it("names a module that exits", async () => {
    const code = broken("exits.cjs");

    await expect(checkFunction(code)).rejects.toThrow(
      `The handler exits.handler of the function check cannot be loaded from ${code.path} (Runtime.ExitError`,
    );
  });

  it("names a module that never ends", async () => {
    const path = join(folderWith({ "loops.cjs": "for (;;);" }), "loops.cjs");

    const checked = checkFunction(
      { kind: "file", path, exportName: "handler" },
      {
        functionName: "loops",
        functionArn: "",
        memorySize: 128,
        environment: {},
        initSeconds: 0.2,
      },
    );

    await expect(checked).rejects.toThrow(
      `The handler loops.handler of the function loops cannot be loaded from ${path} (it did not load within 0.2 seconds)`,
    );
  });

  it("gives the module its environment", async () => {
    const content =
      "if (!process.env.SHOP) throw new Error('no SHOP'); exports.handler = () => 1;";
    const path = join(folderWith({ "shop.cjs": content }), "shop.cjs");

    const checked = checkFunction(
      { kind: "file", path, exportName: "handler" },
      {
        functionName: "shop",
        functionArn: "",
        memorySize: 128,
        environment: { SHOP: "north" },
      },
    );

    await expect(checked).resolves.toBeUndefined();
  });
});
