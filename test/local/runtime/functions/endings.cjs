/* global console, process, queueMicrotask, setImmediate, setTimeout */
let count = 0;

exports.exits = ({ status }) => {
  console.log("about to exit");
  process.exit(status);
};
exports.exitsWhenTold = async ({ exit }) => {
  if (exit) process.exit(1);
  return (count += 1);
};
exports.signals = () => process.kill(process.pid, "SIGKILL");
exports.loops = () => {
  console.log("about to loop");
  for (;;);
};
exports.prints = () => {
  for (;;) console.log("x".repeat(1000));
};
// In turns of the event loop, so that V8 can end the thread alone.
exports.leaks = async () => {
  const list = [];
  for (;;) {
    for (let index = 0; index < 1000; index++) list.push({ values: [index] });
    await new Promise((resolve) => setImmediate(resolve));
  }
};
exports.failsAfterwards = async () => {
  process.once("exit", () => console.log("ending"));
  setTimeout(() => {
    throw new Error("too late");
  }, 10);
  return (count += 1);
};
// Answers, stays busy until the next invocation has come, and fails.
exports.failsBeforeTheNext = async () => {
  let turns = 10;
  const fail = () => {
    turns -= 1;
    if (turns > 0) return queueMicrotask(fail);
    const end = Date.now() + 100;
    while (Date.now() < end);
    throw new Error("too late");
  };
  queueMicrotask(fail);
  return (count += 1);
};
