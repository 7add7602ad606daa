/* global setTimeout, Buffer, process */
const { threadId } = require("node:worker_threads");

let count = 0;

exports.promise = async (event) => ({ promised: event });
exports.callback = (event, context, callback) => {
  setTimeout(() => callback(null, { called: event }), 1);
};
exports.callbackNow = (event, context, callback) => {
  callback(undefined, "now");
  callback(null, "again");
};
exports.plain = (event) => ({ plain: event });
exports.nothing = async () => {};
exports.noValue = async () => () => 1;
exports.unicode = async (event) => event;
exports.bytes = async () => new Uint8Array([0, 255, 10, 200]);
exports.text = async () => Buffer.from("not JSON: {");
exports.noBytes = async () => new Uint8Array(0);
exports.ofSize = async ({ bytes }) => "x".repeat(bytes - 2);
exports.count = async () => (count += 1);
let running = 0;
exports.wait = async ({ ms }) => {
  running += 1;
  const concurrent = running;
  await new Promise((resolve) => setTimeout(resolve, ms));
  running -= 1;
  return { concurrent, threadId };
};
exports.context = async (event, context) => ({
  ...context,
  remaining: context.getRemainingTimeInMillis(),
});
exports.environment = async () => ({ ...process.env });
