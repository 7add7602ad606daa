// The embedded AWS in a process of its own: a function here, one in another account behind a role with an external id.
// Sends home where it listens; counts its requests when it is asked.
import { createRequire } from "node:module";
import { furnish } from "./across.mjs";

const require = createRequire(import.meta.url);
const { startLocalAws } = require("../../dist/local/index.js");
const price = async () => ({ total: 1290 });
const local = await startLocalAws({
  functions: { price },
  ...furnish(price),
});

process.on("message", (question) => {
  if (question === "clear") local.requests.clear();
  const count = (operation) => local.requests.of(operation).length;
  process.send({
    all: local.requests.length,
    AssumeRole: count("AssumeRole"),
    GetParameter: count("GetParameter"),
    Invoke: count("Invoke"),
  });
});

const { endpoint, region, credentials } = local;
process.send({ endpoint, region, credentials });
process.on("disconnect", () => process.exit());
