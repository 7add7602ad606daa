import { fork } from "node:child_process";
import { once } from "node:events";
import { resolveFile } from "../runner/processes.mjs";

/** Starts the embedded AWS in a child process, and returns functions to control it. */
export async function startAws() {
  const child = fork(resolveFile("soak/aws.mjs"), {
    serialization: "advanced",
  });
  const [connection] = await once(child, "message");
  const waiting = new Map();
  let last = 0;
  child.on("message", ({ number, answer }) => {
    waiting.get(number)(answer);
    waiting.delete(number);
  });
  child.once("exit", (code) => {
    if (code) throw new Error(`The embedded AWS ended with ${code}`);
  });
  return {
    connection,
    ask(what, given) {
      const number = ++last;
      child.send({ number, what, given });
      return new Promise((resolve) => waiting.set(number, resolve));
    },
    async close() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
