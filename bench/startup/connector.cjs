const { createConnector } = require("../../dist/src/index.js");

createConnector(JSON.parse(process.env.BENCH_CONNECTION))
  .invokeFunction({ functionName: "price", payload: { sku: "A-17" } })
  .then(() => require("node:fs").writeSync(1, "."));
