// Prints the minified size of ES module bundles beside the AWS SDK's, and fails if one exceeds its limit.
import process from "node:process";
import { build } from "esbuild";

const CONNECTOR = "aws-lambda-connector";
const ENTRIES = {
  "LambdaClient, InvokeCommand": "@aws-sdk/client-lambda",
  InvokeFunction: CONNECTOR,
  "InvokeFunction, AssumeRoleInvoke": CONNECTOR,
  createConnector: CONNECTOR,
  invokePolicy: CONNECTOR,
  isConnectorError: CONNECTOR,
};
const SDK = ["@aws-sdk/*", "@smithy/*"];
const SETTINGS = {
  "module-first, SDK external": [["module", "main"], SDK],
  "module-first, SDK inside": [["module", "main"], []],
  "default, SDK external": [["main", "module"], SDK],
  "default, SDK inside": [["main", "module"], []],
};

/**
 * Limits in KB, with the AWS SDK external and modules first. The goals of the first two are 85 and 205 KB. Of the 167 KB of
 * `InvokeFunction`, 22 are credentials from the default chain, 27 roles, 17 error messages, 8 class-validator, and 5 proxies.
 */
const LIMITS = {
  InvokeFunction: 170,
  "InvokeFunction, AssumeRoleInvoke": 175,
  createConnector: 310,
  invokePolicy: 25,
  isConnectorError: 3,
};

/** How much larger than the raw SDK one invocation may be, in KB, with the AWS SDK inside and modules first. */
const MORE_THAN_SDK = 30;

/** Column of what a program loads at start, if esbuild puts what is loaded on first use into files of its own. */
const SPLIT = "module-first, SDK inside, split: at start";

const sizes = {};
for (const [name, source] of Object.entries(ENTRIES))
  sizes[name] = Object.fromEntries(
    await Promise.all(
      Object.entries(SETTINGS).map(
        async ([setting, [mainFields, external]]) => [
          setting,
          await measure({ name, source, mainFields, external }),
        ],
      ),
    ),
  );
for (const [name, source] of Object.entries(ENTRIES))
  sizes[name][SPLIT] = await measureSplit({ name, source });
console.table(sizes);

const external = "module-first, SDK external";
const inside = "module-first, SDK inside";
for (const [name, limit] of Object.entries(LIMITS))
  check(name, sizes[name][external], limit);
const raw = sizes["LambdaClient, InvokeCommand"][inside];
check(
  "InvokeFunction with the SDK",
  sizes.InvokeFunction[inside],
  raw + MORE_THAN_SDK,
);

/** The size of a bundle, in KB. */
async function measure({ external, ...options }) {
  const { outputFiles } = await bundle({ external, ...options });
  return toKilobytes(outputFiles[0].contents.length);
}

/** The size of the files that a split bundle loads at start, in KB: the entry and what it imports statically. */
async function measureSplit(options) {
  const { metafile } = await bundle({
    ...options,
    mainFields: ["module", "main"],
    external: [],
    splitting: true,
    outdir: "split",
  });
  const { outputs } = metafile;
  const isEntry = (file) => outputs[file].entryPoint === "<stdin>";
  const loaded = new Set(Object.keys(outputs).filter(isEntry));
  for (const file of loaded)
    for (const { path, kind, external } of outputs[file].imports)
      if (kind === "import-statement" && !external) loaded.add(path);
  return toKilobytes(
    [...loaded].reduce((total, file) => total + outputs[file].bytes, 0),
  );
}

function bundle({ name, source, external, ...options }) {
  return build({
    stdin: {
      contents: `export { ${name} } from "${source}";`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
    external: [...external, "node-forge", "jks-js"],
    ...options,
  });
}

function toKilobytes(bytes) {
  return Math.round(bytes / 100) / 10;
}

function check(name, size, limit) {
  if (size <= limit) return;
  console.error(`${name}: ${size} KB exceeds ${limit} KB`);
  process.exitCode = 1;
}
