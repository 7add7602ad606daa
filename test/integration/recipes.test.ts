import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createEmptyProject } from "./emptyProject";
import { BLOCKS, ROOT } from "./pages";

jest.setTimeout(120_000);

describe("the recipe for Jest in the Testing guide", () => {
  it("runs as it is shown in an empty project, and Jest ends", async () => {
    const project = await createEmptyProject();
    const folder = join(project.folder, "recipe");
    mkdirSync(folder);
    const files = BLOCKS.filter(({ exception }) =>
      exception.includes("recipes.test.ts"),
    );
    for (const { code } of files)
      writeFileSync(join(folder, /^\/\/ (\S+)/.exec(code)?.[1] ?? ""), code);

    const { stderr } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, "node_modules/jest/bin/jest.js"), "--rootDir", folder],
      { cwd: folder, timeout: 100_000 },
    );

    expect(stderr).toContain("1 passed, 1 total");
    expect(stderr).not.toContain("did not exit");
    project.remove();
  });
});
