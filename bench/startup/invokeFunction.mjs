import { writeSync } from "node:fs";
import { InvokeFunction } from "../../dist/src/index.js";

const invokeFunction = new InvokeFunction(
  JSON.parse(process.env.BENCH_CONNECTION),
);
await invokeFunction.execute({
  functionName: "price",
  payload: { sku: "A-17" },
});
writeSync(1, ".");
