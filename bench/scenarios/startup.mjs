// Time from the start of a process to the response of its first invocation.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { atMost, format } from "../runner/targets.mjs";
import { ENVIRONMENT, resolveFile, withServer } from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

const TARGETS = { require: 0.45, import: 0.5, bundle: 0.5 };
/** More rounds than elsewhere, because start times vary. */
const TIMES = 5;

/** Programs that write one byte when the response arrives. */
const PROGRAMS = {
  "bare.cjs": "bare Node",
  "connector.cjs": "aws-lambda-connector, `require`",
  "connector.mjs": "aws-lambda-connector, `import`",
  "connector.bundle.mjs": "aws-lambda-connector, bundled",
  "invokeFunction.bundle.mjs":
    "aws-lambda-connector, only `InvokeFunction`, bundled",
  "connector.split.mjs": "aws-lambda-connector, bundled with `splitting`",
  "invokeFunction.split.mjs":
    "aws-lambda-connector, only `InvokeFunction`, bundled with `splitting`",
  "sdk.cjs": "AWS SDK, `require`",
  "sdk.mjs": "AWS SDK, `import`",
  "sdk.bundle.mjs": "AWS SDK, bundled",
  "sdk.split.mjs": "AWS SDK, bundled with `splitting`",
  "awsLite.mjs": "aws-lite, `import`",
  "aws4fetch.mjs": "aws4fetch, `import`",
};

/**
 * Bundles the programs that are measured as bundles: minified ES modules with everything inside, in one file each or, with
 * `splitting`, with what is loaded on first use in files of its own. Returns the folder.
 */
async function bundle() {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  for (const program of Object.keys(PROGRAMS).filter(isBundled)) {
    const [name, kind] = program.split(".");
    await build({
      entryPoints: {
        [basename(program, ".mjs")]: resolveFile(`startup/${name}.mjs`),
      },
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: kind === "split",
      minify: true,
      format: "esm",
      platform: "node",
      target: "node20",
      mainFields: ["module", "main"],
      external: ["node-forge"],
      plugins: [useEsModules],
      logLevel: "error",
    });
  }
  return folder;
}

const isBundled = (program) => /\.(bundle|split)\.mjs$/.test(program);

/** The programs import the package's CommonJS file. Bundlers find its ES modules by the condition `module`. */
const useEsModules = {
  name: "ES modules",
  setup({ onResolve }) {
    onResolve({ filter: /\/dist\/src\/index\.js$/ }, () => ({
      path: resolveFile("../dist/esm/src/index.js"),
    }));
  },
};

/** Starts a program and waits for its byte. */
async function measureStart({ file, connection }) {
  const env = { ...ENVIRONMENT, BENCH_CONNECTION: JSON.stringify(connection) };
  const start = performance.now();
  const child = spawn(process.execPath, [file], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  await Promise.race([
    once(child.stdout, "data"),
    ended.then(([code]) => {
      throw new Error(`${file} ended with ${code} without a response`);
    }),
  ]);
  const ms = performance.now() - start;
  child.kill();
  await ended;
  return { ms };
}

export async function run({ rounds }) {
  const times = rounds * TIMES + 1;
  const bundles = await bundle();
  const toFile = (program) =>
    isBundled(program)
      ? join(bundles, program)
      : resolveFile(`startup/${program}`);
  const median = await withServer("stub", ({ connection }) =>
    interleave({
      rounds: times,
      jobs: Object.fromEntries(
        Object.keys(PROGRAMS).map((program) => [
          program,
          { file: toFile(program), connection },
        ]),
      ),
      measure: measureStart,
    }),
  );
  await rm(bundles, { recursive: true });
  const ms = (program) => median(program, "ms");
  const over = (program) => ms(program) - ms("bare.cjs");
  const ratio = (kind) => over(`connector.${kind}`) / over(`sdk.${kind}`);
  return {
    title: "Start-up",
    note: `Time from the start of a process to the response of its first invocation, minus the time of bare Node; medians of ${times} starts.`,
    targets: [
      atMost(TARGETS.require, {
        short: "start to first response, require",
        what: "Start to first response over bare Node, `require`, against the AWS SDK",
        value: ratio("cjs"),
      }),
      atMost(TARGETS.import, {
        short: "start to first response, import",
        what: "Start to first response over bare Node, `import`, against the AWS SDK",
        value: ratio("mjs"),
      }),
      atMost(TARGETS.bundle, {
        short: "start to first response, bundled",
        what: "Start to first response over bare Node, bundled, against the AWS SDK",
        value: ratio("bundle.mjs"),
      }),
    ],
    table: {
      heads: [
        "start to first response",
        "ms",
        "over bare Node",
        "against the AWS SDK, `require`",
      ],
      rows: Object.entries(PROGRAMS).map(([program, title]) => [
        title,
        ms(program).toFixed(0),
        over(program).toFixed(0),
        program === "bare.cjs"
          ? "–"
          : format(over(program) / over("sdk.cjs"), "×"),
      ]),
    },
  };
}
