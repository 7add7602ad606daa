// Processes: servers that run beside, and measurements that have one each.
import { fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ANYWHERE } from "../clients/target.mjs";

/** The environment of every process: without the AWS SDK's notice of the Node versions it will drop. */
export const ENVIRONMENT = {
  ...process.env,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** Where a file of this folder is. */
export const fileOf = (name) =>
  fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Starts a file in a process of its own, and waits until it has spoken. */
async function start(name, args = []) {
  const child = fork(fileOf(name), args, { env: ENVIRONMENT });
  const message = await Promise.race([
    once(child, "message").then(([told]) => told),
    once(child, "exit").then(([code]) => {
      throw new Error(`${name} ${args.join(" ")} ended with ${code}`);
    }),
  ]);
  return { child, message };
}

/** Lends a server to some work: where it is, and how it is asked. Ends it when the work is done. */
export async function withServer(name, work) {
  const { child, message } = await start(`servers/${name}.mjs`);
  const ask = async (question) => {
    child.send(question);
    const [answer] = await once(child, "message");
    return answer;
  };
  try {
    return await work({ target: { ...ANYWHERE, ...message }, ask });
  } finally {
    child.kill();
  }
}

/** One measurement of a scenario, in a fresh process. */
export async function measure(job) {
  const { child, message } = await start("runner/worker.mjs", [
    JSON.stringify(job),
  ]);
  if (child.exitCode === null) await once(child, "exit");
  return message;
}
