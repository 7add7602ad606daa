import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";
import * as operations from "../../operations";
import { createEmptyProject, type EmptyProject } from "./emptyProject";

const ROOT = resolve(__dirname, "../..");

const USE = `import { createConnector } from "aws-lambda-connector";
const connector = createConnector();
await connector.invokeFunction<{ total: number }>({ functionName: "price" });
await connector.assumeRoleInvoke({ functionName: "price", roleArn: "arn" });
await connector.deleteFunction({ functionName: "price" });
await connector.listFunctions();
for await (const each of connector.listFunctions.stream({ limit: 1 })) console.log(each);
await connector.listFunctions.page({ maxItems: 10 });
await connector.invokeMany({ requests: [] });
for await (const each of connector.invokeMany.stream({ requests: [] })) console.log(each);
await connector.checkAssumeRole({ functionName: "price", roleArn: "arn" });
const credentials = connector.getDefaultCredentials.provider();
`;

/** What an editor shows for a method. */
interface Shown {
  readonly signature: string;
  readonly documentation: string;
  readonly tags: Readonly<Record<string, string>>;
}

const METHODS = [
  ["invokeFunction", "Invokes a function, queues an event for it"],
  ["assumeRoleInvoke", "Assumes a role and invokes a function with it"],
  ["deleteFunction", "Deletes a function, or one of its versions."],
  ["listFunctions", "Lists the functions of an account in a region."],
  ["listFunctions.stream", "Lists the functions of an account in a region."],
  ["listFunctions.page", "Lists the functions of an account in a region."],
  ["invokeMany", "Invokes functions in a batch"],
  ["invokeMany.stream", "Invokes functions in a batch"],
  ["checkAssumeRole", "Checks that a role is set up correctly"],
] as const;

let project: EmptyProject;
let service: ts.LanguageService;
let file: string;

beforeAll(async () => {
  project = await createEmptyProject();
  file = join(project.folder, "use.mts");
  service = openEditor({ [file]: USE });
});

afterAll(() => {
  project.remove();
});

/** An editor with files that are not saved. */
function openEditor(
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): ts.LanguageService {
  const exists = (path: string): boolean =>
    path in files || ts.sys.fileExists(path);
  const read = (path: string): string | undefined =>
    files[path] ?? ts.sys.readFile(path);
  return ts.createLanguageService({
    getCompilationSettings: () => ({
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts"],
      types: ["node"],
      strict: true,
      ...options,
    }),
    getScriptFileNames: () => Object.keys(files),
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined
        ? undefined
        : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => project.folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: exists,
    readFile: read,
    directoryExists: (folder) => ts.sys.directoryExists(folder),
    getDirectories: (folder) => ts.sys.getDirectories(folder),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  });
}

/** Position of the last name of a method, for example `connector.listFunctions.stream(`. */
function positionOf(method: string): number {
  const start = USE.search(
    new RegExp(`connector\\.${method.replaceAll(".", "\\.")}[<(]`),
  );
  return start + `connector.${method}`.length - 1;
}

/** The text of each kind of tag. */
function joinTags(tags: readonly ts.JSDocTagInfo[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { name, text } of tags)
    texts[name] = `${texts[name] ?? ""}${ts.displayPartsToString(text)}\n`;
  return texts;
}

function hover(method: string): Shown {
  const info = service.getQuickInfoAtPosition(file, positionOf(method));
  return {
    signature: ts.displayPartsToString(info?.displayParts),
    documentation: ts.displayPartsToString(info?.documentation),
    tags: joinTags(info?.tags ?? []),
  };
}

describe("a connector's methods in an editor", () => {
  it.each(METHODS)(
    "%s has the documentation, parameters, errors and an example of its operation",
    (method, sentence) => {
      const { documentation, tags } = hover(method);

      expect(documentation).toMatch(new RegExp(`^${sentence}`));
      expect(tags["param"]).toMatch(/^request - \w.+\noptions - \w.+\n$/);
      expect(tags["throws"]).toMatch(/- `ERR_INVALID_INPUT`: .*the request/);
      expect(tags["throws"]).toMatch(/`ERR_DEADLINE`/);
      expect(tags["example"]).toContain(`connector.${method}`);
    },
  );

  it("shows the types of the method that is called", () => {
    expect(hover("invokeFunction").signature).toBe(
      "(property) OperationMethods.invokeFunction: <{\n    total: number;\n}>(request: Input<InvokeFunctionRequest>, options?: Input<CallOptions>) => Promise<InvokeFunctionResponse<{\n    total: number;\n}>>",
    );
    expect(hover("listFunctions.stream").signature).toBe(
      "(property) stream: (request?: Input<ListFunctionsRequest>, options?: Input<CallOptions>) => AsyncGenerator<FunctionResponse, void, undefined>",
    );
    expect(hover("listFunctions.page").signature).toContain(
      "=> Promise<ListFunctionsResponse>",
    );
  });

  it("describes what is special about a member", () => {
    expect(hover("listFunctions.stream").documentation).toContain(
      "Yields the items one by one, with constant memory.",
    );
    expect(hover("listFunctions.page").documentation).toContain(
      "Returns one page and the marker of the next",
    );
    expect(hover("getDefaultCredentials.provider").documentation).toContain(
      "Returns a function that executes the operation and returns credentials.",
    );
  });

  it("describes the type parameter of the payload", () => {
    expect(hover("invokeFunction").tags["typeParam"]).toBe(
      "Payload - The type that you expect of the payload; it is not checked.\n",
    );
  });

  it("refers to methods of the connector, not to operations", () => {
    const { documentation, tags } = hover("assumeRoleInvoke");

    expect(tags["throws"]).toContain(
      "as for {@link OperationMethods.invokeFunction",
    );
    expect(hover("listFunctions").documentation).toContain(
      "`listFunctions` returns all of them, `listFunctions.stream` yields them one by one",
    );
    for (const [method] of METHODS) {
      const shown = hover(method);
      const all = [shown.documentation, ...Object.values(shown.tags)].join();
      expect(all).not.toMatch(/`execute`|\{@link \w+!|\boperation's page/);
    }
    expect(documentation).not.toContain("Executes the operation once");
  });

  it.each(["invokeFunction", "listFunctions.stream"])(
    "%s has its documentation while arguments are typed",
    (method) => {
      const open = USE.indexOf("(", positionOf(method)) + 1;
      const help = service.getSignatureHelpItems(file, open, {})?.items[0];

      expect(ts.displayPartsToString(help?.documentation)).toBe(
        hover(method).documentation,
      );
      expect(
        help?.parameters.map(({ documentation }) =>
          ts.displayPartsToString(documentation),
        ),
      ).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
    },
  );

  it.each(METHODS)(
    "%s is defined in the published declaration, with its comment",
    (method) => {
      const found = service.getDefinitionAtPosition(file, positionOf(method));
      const fileName = found?.[0]?.fileName ?? "";

      expect(fileName).toBe(
        join(
          project.folder,
          "node_modules/aws-lambda-connector/dist/src/Connector.d.ts",
        ),
      );
      expect(found?.[0]?.name).toBe(method.split(".").at(-1));
      expect(
        readFileSync(fileName, "utf8").slice(0, found?.[0]?.textSpan.start),
      ).toMatch(/\*\/\s*readonly $/);
    },
  );

  it("are declared without errors", () => {
    // Editors resolve links in comments as names, which then are errors of the same program.
    const program = openEditor({ [file]: USE }).getProgram();
    const declaration = program
      ?.getSourceFiles()
      .find(({ fileName }) => fileName.endsWith("/dist/src/Connector.d.ts"));

    expect(declaration).toBeDefined();
    expect(
      program
        ?.getSemanticDiagnostics(declaration)
        .map(({ messageText }) =>
          ts.flattenDiagnosticMessageText(messageText, "\n"),
        ),
    ).toEqual([]);
  });

  it("have a declaration for each operation in the registry", () => {
    const completions = service
      .getCompletionsAtPosition(file, positionOf("deleteFunction"), {})
      ?.entries.map(({ name }) => name);

    expect(completions).toEqual(
      expect.arrayContaining(
        Object.keys(operations)
          .filter((name) => `${name}Request` in operations)
          .map((name) => name.charAt(0).toLowerCase() + name.slice(1)),
      ),
    );
  });

  it("have exactly the types that the source derives from the operations", () => {
    const source = readFileSync(join(ROOT, "src/Connector.ts"), "utf8");
    const derived = source
      .slice(
        source.indexOf("type Registry"),
        source.indexOf("/**\n * All operations as methods of one connection"),
      )
      .replace("OperationMethods", "Derived");
    const folder = join(project.folder, "node_modules/aws-lambda-connector");
    const check = join(folder, "dist/src/check.ts");
    const editor = openEditor(
      {
        [check]: `import type * as operations from "../operations/index";
import type { OperationMethods } from "./Connector";
${derived}
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Call<M> = M extends (...args: infer Args) => infer Result ? [{ [Index in keyof Args]-?: NonNullable<Args[Index]> }, Result] : never;
type Members<M> = { [Name in keyof M]: Call<M[Name]> };
export const sameNames: Same<keyof OperationMethods, keyof Derived> = true;
export const sameCalls: Same<{ [Name in keyof OperationMethods]: [Call<OperationMethods[Name]>, Members<OperationMethods[Name]>] }, { [Name in keyof Derived]: [Call<Derived[Name]>, Members<Derived[Name]>] }> = true;
export const forwards = (methods: Derived): OperationMethods => methods;
export const backwards = (methods: OperationMethods): Derived => methods;
`,
      },
      {
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        exactOptionalPropertyTypes: true,
      },
    );

    expect(
      editor
        .getSemanticDiagnostics(check)
        .map(({ messageText }) =>
          ts.flattenDiagnosticMessageText(messageText, "\n"),
        ),
    ).toEqual([]);
  });
});
