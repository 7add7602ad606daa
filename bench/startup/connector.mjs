import { writeSync } from "node:fs";
import { createConnector } from "../../dist/src/index.js";

const connector = createConnector(JSON.parse(process.env.BENCH_CONNECTION));
await connector.invokeFunction({
  functionName: "price",
  payload: { sku: "A-17" },
});
writeSync(1, ".");
