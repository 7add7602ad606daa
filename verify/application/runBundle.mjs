// `node runBundle.mjs`: runs each bundle against the embedded AWS. The bundles are in folders beside the project, without
// node_modules, so that they fail if a module was left out.
import { ok, strictEqual } from "node:assert";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import process from "node:process";
import { promisify } from "node:util";
import { EXPECTED, startAws } from "./startAws.mjs";

const files = await readdir("../bundles", { recursive: true });
const mains = files.filter((file) => /^[^/]+\/main\.[cm]?js$/.test(file));
ok(mains.length > 0, `No main file among ${files.join(", ")}`);
for (const main of mains) {
  const local = await startAws();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`../bundles/${main}`],
    { timeout: 60_000 },
  );
  await local.close();
  strictEqual(stdout.trim(), EXPECTED, main);
  console.log(`${main} runs`);
}
