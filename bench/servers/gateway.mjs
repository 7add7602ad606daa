// The services that a gateway uses: an origin, and the embedded AWS with a function in another account. Sends their addresses to
// the parent process.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { createAccountOptions } from "./crossAccount.mjs";

const require = createRequire(import.meta.url);
const { startLocalAws } = require("../../dist/local/index.js");

const guard = async ({ slow }) => {
  if (slow) await setTimeout(3_000);
  return { modify: { addHeaders: { "x-partner": "globex-eu" } }, level: 5 };
};
const local = await startLocalAws(createAccountOptions(guard));

const ORDER = JSON.stringify({ order: 1187, text: "x".repeat(170) });
const origin = createServer(
  { keepAliveTimeout: 60_000 },
  (request, response) => {
    request.resume().once("end", () => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(ORDER);
    });
  },
).listen(0, "127.0.0.1", () => {
  const { endpoint, region, credentials } = local;
  const { port } = origin.address();
  process.send({
    endpoint,
    region,
    credentials,
    origin: `http://127.0.0.1:${port}`,
  });
});
