// Command line of the examples.
import process from "node:process";
import { parseArgs } from "node:util";

// Hides the AWS SDK's notice about Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** Reads `--port`. Defaults to 8080; 0 selects a free port. */
export const readPort = () => readArguments([]).port;

/** Reads `--port`, and one of the given words. Defaults to the first word. */
export function readArguments(words) {
  try {
    const { values, positionals } = parseArgs({
      options: { port: { type: "string", default: "8080" } },
      allowPositionals: words.length > 0,
    });
    const port = Number(values.port);
    const [word = words[0]] = positionals;
    if (word !== undefined && !words.includes(word))
      return exit(
        `The argument must be one of ${words.join(", ")}, not ${word}.`,
      );
    if (/^\d+$/.test(values.port) && port <= 65_535) return { port, word };
    return exit(`--port must be a number from 0 to 65535, not ${values.port}.`);
  } catch (error) {
    return exit(error.message);
  }
}

/** Imports a web framework, which is not a dependency of the package. */
export async function importFramework(name, caption, version = "5") {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return exit(
      `This example requires ${caption} ${version}, which is not installed; run npm install ${name}@${version}`,
    );
  }
}

/** Reports that a port is in use. */
export function reportPortInUse(error, port) {
  if (error.code !== "EADDRINUSE") throw error;
  exit(
    `Port ${port} is in use. Choose another one with --port, or 0 for any free port.`,
  );
}

function exit(message) {
  console.error(message);
  process.exit(1);
}
