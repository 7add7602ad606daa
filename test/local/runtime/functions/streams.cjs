/* global awslambda, Buffer, console, process, setTimeout */
const { existsSync } = require("node:fs");
const { Readable } = require("node:stream");
const { pipeline } = require("node:stream/promises");

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const streamed = (handler, options) =>
  awslambda.streamifyResponse(handler, options);

exports.pieces = streamed(async ({ pieces, ms = 0, gate }, out, context) => {
  out.setContentType("text/plain");
  for (const piece of pieces) {
    out.write(piece);
    if (ms > 0) await wait(ms);
    while (gate && !existsSync(gate)) await wait(5);
  }
  console.log(`wrote ${pieces.length} for ${context.functionName}`);
  out.end();
});
exports.breaks = streamed(async ({ how, size = 0 }, out) => {
  out.write("half");
  if (size > 0) out.write(Buffer.alloc(size, "x"));
  await wait(5);
  if (how === "exit") process.exit(3);
  if (how === "throw") throw new RangeError("stock empty");
  if (how === "destroy") return void out.destroy(new Error("torn"));
  if (how === "forget") return;
  await wait(60_000);
});
exports.uncaught = streamed(async (event, out) => {
  out.write("half");
  setTimeout(() => {
    throw new RangeError("later");
  }, 1);
  await wait(60_000);
});
exports.piped = streamed(async ({ count }, out) => {
  const pieces = Array.from({ length: count }, (_, index) => `${index},`);
  await pipeline(Readable.from(pieces), out);
});
exports.notAsync = streamed((event, out) => {
  out.end("x");
});
exports.objects = streamed(async (event, out) => {
  out.write({ a: 1 });
  out.write(new Uint8Array([0, 255]));
  out.end("é");
});
exports.nothing = streamed(async (event, out) => {
  out.end();
});
exports.late = streamed(async (event, out) => {
  out.write("x");
  try {
    out.setContentType("text/html");
  } catch (error) {
    out.end(`${error.name}: ${error.message}`);
  }
});
exports.http = streamed(async (event, out) => {
  const http = awslambda.HttpResponseStream.from(out, {
    statusCode: 201,
    headers: { "X-A": "b" },
  });
  http.write("body");
  http.end();
});
exports.reuses = streamed(async (event, out) => {
  const bytes = Buffer.alloc(4);
  for (const letter of "abc") {
    bytes.fill(letter);
    if (!out.write(bytes)) await new Promise((go) => out.once("drain", go));
  }
  out.end();
});
// Answers with how much could be written before the reader had to be waited for, and whether the mark was heeded.
exports.fills = streamed(
  async ({ total }, out) => {
    const piece = Buffer.alloc(16_384, "x");
    for (let left = total; left > 0; left -= piece.length) {
      if (out.write(piece)) continue;
      console.log(`waits with ${left} left`);
      await new Promise((go) => out.once("drain", go));
    }
    out.end(String(out.writableHighWaterMark));
  },
  { highWaterMark: 32_768 },
);
