// `node runBundle.mjs`: runs the bundle against the embedded AWS. The bundle is in a folder beside the project, without
// node_modules, so that it fails if a module was left out of it.
import { ok, strictEqual } from "node:assert";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import process from "node:process";
import { promisify } from "node:util";
import { EXPECTED, startAws } from "./startAws.mjs";

const files = await readdir("../bundle");
const main = files.find((file) => /^main\.[cm]?js$/.test(file));
ok(main, `No main file among ${files.join(", ")}`);
const local = await startAws();
const { stdout } = await promisify(execFile)(
  process.execPath,
  [`../bundle/${main}`],
  { timeout: 60_000 },
);
await local.close();
strictEqual(stdout.trim(), EXPECTED);
