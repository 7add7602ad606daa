// Child processes: one for each server and each measurement.
import { fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { DEFAULTS } from "../clients/settings.mjs";

/** Environment of every process. It hides the AWS SDK's notice about Node 20. */
export const ENVIRONMENT = {
  ...Object.fromEntries(
    // Settings of this machine, for example a bundle of certificates to read, would change the results.
    Object.entries(process.env).filter(
      ([name]) => !/^AWS_|_proxy$/i.test(name),
    ),
  ),
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** Path of a file in `bench/`. */
export const resolveFile = (name) =>
  fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Starts a file in a child process, and waits for its first message. */
async function start(name, args = []) {
  const child = fork(resolveFile(name), args, { env: ENVIRONMENT });
  const message = await Promise.race([
    once(child, "message").then(([message]) => message),
    once(child, "exit").then(([code]) => {
      throw new Error(`${name} ${args.join(" ")} ended with ${code}`);
    }),
  ]);
  return { child, message };
}

/** Starts a server, calls `work` with its address and a function to send it messages, and stops it. */
export async function withServer(name, work) {
  const { child, message } = await start(`servers/${name}.mjs`);
  const ask = async (question) => {
    child.send(question);
    const [reply] = await once(child, "message");
    return reply;
  };
  try {
    return await work({ connection: { ...DEFAULTS, ...message }, ask });
  } finally {
    child.kill();
  }
}

/** Makes one measurement of a scenario in a new process. */
export async function measure(job) {
  const { child, message } = await start("runner/worker.mjs", [
    JSON.stringify(job),
  ]);
  if (child.exitCode === null) await once(child, "exit");
  return message;
}
