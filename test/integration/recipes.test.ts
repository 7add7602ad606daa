import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createEmptyProject, type EmptyProject } from "./emptyProject";
import { BLOCKS, ROOT } from "./pages";

jest.setTimeout(120_000);

/** An empty project with the files that contain a marker in their fence, in the folder `recipe`. */
async function createRecipe(
  marker: string,
): Promise<EmptyProject & { readonly recipe: string }> {
  const project = await createEmptyProject();
  const recipe = join(project.folder, "recipe");
  for (const { code } of BLOCKS.filter(({ exception }) =>
    exception.includes(marker),
  )) {
    const file = join(recipe, /^\/\/ (\S+)/.exec(code)?.[1] ?? "");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      code
        .replace('"@swc/jest"', TS_JEST)
        .replace(/\{\s+jsc: [^]*\n {6}\}/, "{}"),
    );
  }
  return { ...project, recipe };
}

/** Runs Jest on the files with a marker. Returns what it prints. */
async function runRecipe(marker: string): Promise<string> {
  const { recipe: folder, ...project } = await createRecipe(marker);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "node_modules/jest/bin/jest.js"), "--rootDir", folder],
    { cwd: folder, timeout: 100_000 },
  );
  project.remove();
  return stderr;
}

/** The transformer of this repository instead of the one in the guide. It checks the types as well. */
const TS_JEST = JSON.stringify(join(ROOT, "node_modules/ts-jest"));

const TSCONFIG = {
  compilerOptions: {
    module: "node16",
    moduleResolution: "node16",
    target: "es2022",
    strict: true,
    typeRoots: [join(ROOT, "node_modules/@types")],
    types: ["node", "jest"],
  },
};

describe("the recipes for Jest in the Testing guide", () => {
  it.each([
    ["in JavaScript", "Jest runs these three files"],
    ["in TypeScript", "with ts-jest"],
  ])(
    "run as they are shown in an empty project, and Jest ends: %s",
    async (_, marker) => {
      const printed = await runRecipe(marker);

      expect(printed).toContain("1 passed, 1 total");
      expect(printed).not.toContain("did not exit");
    },
  );
});

describe("the recipes for functions that call AWS in the Testing guide", () => {
  it("invokes a function from a function, as the script shows", async () => {
    const { recipe, remove } = await createRecipe("runs main.mjs");

    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["main.mjs"],
      { cwd: recipe },
    );

    remove();
    expect(stdout).toBe('{"sku":"A-17","total":1290}\n');
  });

  it("tests a handler with the test runner of Node", async () => {
    const { recipe, remove } = await createRecipe("runs order.test.mjs");

    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--test", "order.test.mjs"],
      { cwd: recipe },
    );

    remove();
    expect(stdout).toMatch(/^. pass 1$/m);
  });
});
