import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import manifest from "../../package.json";

const ROOT = resolve(__dirname, "../..");

/** What the guides tell their readers to install besides the package, and what they use of the environment. */
const INSTALLED = [
  ...Object.keys(manifest.dependencies),
  ...Object.keys(manifest.peerDependencies),
  "@types/node",
  "@types/express",
  "@types/express-serve-static-core",
  "@types/body-parser",
  "@types/connect",
  "@types/http-errors",
  "@types/qs",
  "@types/range-parser",
  "@types/send",
  "@types/serve-static",
  "hono",
  "reflect-metadata",
  "typescript",
  "undici-types",
  "zod",
];

/** An empty project in which the packed package is installed. */
export interface EmptyProject {
  readonly folder: string;
  readonly remove: () => void;
}

/** Packs the package as npm publishes it, and installs it without a registry: its dependencies are links. */
export async function createEmptyProject(): Promise<EmptyProject> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "empty-project-")));
  const run = promisify(execFile);
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination"];
  await run("npm", [...pack, folder], { cwd: ROOT });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  const target = join(folder, "node_modules", manifest.name);
  mkdirSync(target, { recursive: true });
  const strip = ["--strip-components=1", "-C", target];
  await run("tar", ["-xzf", join(folder, tarball ?? ""), ...strip]);
  for (const name of INSTALLED) link(name, folder);
  writeFileSync(
    join(folder, "package.json"),
    '{ "name": "empty-project", "private": true }\n',
  );
  const bin = join(folder, "node_modules/.bin");
  mkdirSync(bin);
  for (const [name, file] of Object.entries(manifest.bin))
    symlinkSync(join(target, file), join(bin, name));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function link(name: string, folder: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules", name), path);
}
