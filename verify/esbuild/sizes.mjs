// Prints the minified size of ES module bundles beside the AWS SDK's, and fails if one exceeds its limit.
import process from "node:process";
import { build } from "esbuild";

const CONNECTOR = "aws-lambda-connector";
const ENTRIES = {
  "LambdaClient, InvokeCommand": "@aws-sdk/client-lambda",
  InvokeFunction: CONNECTOR,
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
 * Limits in KB, with the AWS SDK external and modules first. Half of the first two are texts: error messages with advice, and
 * names of fields. The goals are 85 and 205 KB; the credential chain, proxies, roles and settings of the connection have been
 * added since.
 */
const LIMITS = {
  InvokeFunction: 170,
  createConnector: 310,
  invokePolicy: 25,
  isConnectorError: 3,
};

/** How much larger than the raw SDK one invocation may be, in KB, with the AWS SDK inside and modules first. */
const MORE_THAN_SDK = 30;

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
async function measure({ name, source, mainFields, external }) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${name} } from "${source}";`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
    mainFields,
    external: [...external, "node-forge", "jks-js"],
  });
  return Math.round(outputFiles[0].contents.length / 100) / 10;
}

function check(name, size, limit) {
  if (size <= limit) return;
  console.error(`${name}: ${size} KB exceeds ${limit} KB`);
  process.exitCode = 1;
}
