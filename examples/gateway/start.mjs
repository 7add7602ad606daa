// How the examples begin.
import process from "node:process";
import { parseArgs } from "node:util";

// The AWS SDK's notice of the Node versions it will drop; the README says it once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The port from the command line; 8080 where it names none, and 0 leaves it to the system. */
export const portAsked = () => asked([]).port;

/** The port, and one of these words; the first where there is none. */
export function asked(words) {
  try {
    const { values, positionals } = parseArgs({
      options: { port: { type: "string", default: "8080" } },
      allowPositionals: words.length > 0,
    });
    const port = Number(values.port);
    const [word = words[0]] = positionals;
    if (word !== undefined && !words.includes(word))
      return leave(`It takes ${words.join(", ")}, not ${word}.`);
    if (/^\d+$/.test(values.port) && port <= 65_535) return { port, word };
    return leave(`--port takes a number from 0 to 65535, not ${values.port}.`);
  } catch (error) {
    return leave(error.message);
  }
}

/** The web framework, which the package does not bring along. */
export async function framework(name, caption, version = "5") {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return leave(
      `This example needs ${caption} ${version}, which is not installed: npm install ${name}@${version}`,
    );
  }
}

/** What is told where a port is taken. */
export function notListening(error, port) {
  if (error.code !== "EADDRINUSE") throw error;
  leave(
    `Something else listens on port ${port} already; --port takes another one, or 0 for any that is free.`,
  );
}

function leave(message) {
  console.error(message);
  process.exit(1);
}
