// The embedded AWS with a function in the caller's account, and one in another account. Sends its address to the parent process, and
// counts its requests on demand.
import { createRequire } from "node:module";
import { createAccountOptions } from "./crossAccount.mjs";

const require = createRequire(import.meta.url);
const { startLocalAws } = require("../../dist/local/index.js");
const price = async () => ({ total: 1290 });
const local = await startLocalAws({
  functions: { price },
  ...createAccountOptions(price),
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
