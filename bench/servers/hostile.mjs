// A server that sends hostile responses of Lambda and STS. The function's name selects Lambda's response.
import { createServer } from "node:http";
import { setImmediate } from "node:timers";

const MB = 1024 * 1024;
const LARGEST = 6 * MB;

const NESTED = Buffer.from("[".repeat(LARGEST / 2) + "]".repeat(LARGEST / 2));
const BLOCK = Buffer.alloc(MB, "A");

/** Sends the same block again and again. */
function stream(response, blocks) {
  const next = (left) => {
    if (left === 0) response.end();
    else if (response.write(BLOCK)) setImmediate(next, left - 1);
    else response.once("drain", () => next(left - 1));
  };
  next(blocks);
}

const RESPONSES = {
  small: (response) => response.end("{}"),
  nested: (response) => response.end(NESTED),
  endless: (response) => stream(response, 300),
  sts: (response) =>
    response.end(
      `<AssumeRoleResponse>${"<a b='&amp;'><!-- - --></a>".repeat(40_000)}</AssumeRoleResponse>`,
    ),
};

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const name = Object.keys(RESPONSES).find((each) =>
      request.url.includes(`/${each}/`),
    );
    response.on("error", () => response.destroy());
    RESPONSES[name ?? "sts"](response);
  });
});
server.listen(0, "127.0.0.1", () =>
  process.send({ endpoint: `http://127.0.0.1:${server.address().port}` }),
);
process.on("disconnect", () => process.exit());
