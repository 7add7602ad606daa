import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";

const ROOT = resolve(__dirname, "../..");
const FILE = join(ROOT, "examples/editor.mts");

/** A file open in an editor; `/*name*\/` marks a cursor position. */
const TYPED = `
import { AWS_Region, createConnector, isConnectorError } from "aws-lambda-connector";
const connector = createConnector({ /*connection*/ });
AWS_Region./*region*/eu_central_1;
await connector./*operation*/invokeFunction({ functionName: "price", /*request*/ });
try { await connector.listFunctions(); } catch (error) {
  if (isConnectorError(error) && error.code === "ERR_FUNCTION") error./*failed*/trace;
  if (isConnectorError(error) && error.code === "ERR_SERVICE") error./*refused*/httpStatus;
}
`;

const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    strict: true,
  }),
  getScriptFileNames: () => [FILE],
  getScriptVersion: () => "1",
  getScriptSnapshot: (file) =>
    file === FILE
      ? ts.ScriptSnapshot.fromString(TYPED)
      : ts.sys.fileExists(file)
        ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8"))
        : undefined,
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === FILE || ts.sys.fileExists(file),
  readFile: (file) => ts.sys.readFile(file),
  readDirectory: (...args) => ts.sys.readDirectory(...args),
  directoryExists: (folder) => ts.sys.directoryExists(folder),
  getDirectories: (folder) => ts.sys.getDirectories(folder),
});

/** Returns the cursor position after the mark with that name. */
function at(mark: string): number {
  return TYPED.indexOf(`/*${mark}*/`) + mark.length + 4;
}

function completions(mark: string): string[] {
  const found = service.getCompletionsAtPosition(FILE, at(mark), {});
  return found?.entries.map(({ name }) => name) ?? [];
}

/** The first sentence that an editor shows for one of the completions. */
function readDocumentation(mark: string, name: string): string {
  const details = service.getCompletionEntryDetails(
    FILE,
    at(mark),
    name,
    undefined,
    undefined,
    undefined,
    undefined,
  );
  return ts.displayPartsToString(details?.documentation).split("\n")[0] ?? "";
}

describe("the editor", () => {
  it("completes regions with their locations", () => {
    expect(completions("region")).toEqual(
      expect.arrayContaining(["eu_central_1", "us_gov_west_1", "cn_north_1"]),
    );
    expect(readDocumentation("region", "eu_central_1")).toBe("Frankfurt.");
  });

  it("completes the methods of a connector", () => {
    expect(completions("operation")).toEqual(
      expect.arrayContaining([
        "assumeRoleInvoke",
        "deleteFunction",
        "invokeFunction",
        "listFunctions",
        "close",
        "function",
      ]),
    );
  });

  it.each([
    ["connection", "region", /^Region: a value of .*AWS_Region/],
    [
      "connection",
      "timeoutMs",
      /^Timeout of one operation with everything that it does, in ms/,
    ],
    ["request", "payload", /^Input of the function: any JSON value/],
    ["request", "invocationType", /^Type of the invocation/],
    ["request", "qualifier", /^Version or alias, 1 to 128 characters/],
  ])(
    "completes a %s with %s and its documentation",
    (mark, field, sentence) => {
      expect(completions(mark)).toContain(field);
      expect(readDocumentation(mark, field)).toMatch(sentence);
    },
  );

  it("completes the fields of FunctionError once the code is narrowed", () => {
    expect(completions("failed")).toEqual(
      expect.arrayContaining([
        "errorType",
        "errorMessage",
        "trace",
        "response",
      ]),
    );
    expect(completions("failed")).not.toContain("httpStatus");
    expect(readDocumentation("failed", "trace")).toBe(
      "The function's stack trace, one string per line. Not set if it has none.",
    );
  });

  it("completes the fields of ServiceError once the code is narrowed", () => {
    expect(completions("refused")).toEqual(
      expect.arrayContaining(["httpStatus", "serviceCode", "requestId"]),
    );
    expect(completions("refused")).not.toContain("trace");
    expect(readDocumentation("refused", "httpStatus")).toBe(
      "The HTTP status that AWS sent.",
    );
  });
});
