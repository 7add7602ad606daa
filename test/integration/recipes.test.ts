import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createEmptyProject } from "./emptyProject";
import { BLOCKS, ROOT } from "./pages";

jest.setTimeout(120_000);

/** Writes the files that contain a marker in their fence, and runs Jest on them. Returns what it prints. */
async function runRecipe(marker: string): Promise<string> {
  const project = await createEmptyProject();
  const folder = join(project.folder, "recipe");
  mkdirSync(folder);
  for (const { code } of BLOCKS.filter(({ exception }) =>
    exception.includes(marker),
  ))
    writeFileSync(
      join(folder, /^\/\/ (\S+)/.exec(code)?.[1] ?? ""),
      code
        .replace('"@swc/jest"', TS_JEST)
        .replace(/\{\s+jsc: [^]*\n {6}\}/, "{}"),
    );
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
