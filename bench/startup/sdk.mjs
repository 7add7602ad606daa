import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { writeSync } from "node:fs";

const client = new LambdaClient(JSON.parse(process.env.BENCH_CONNECTION));
await client.send(
  new InvokeCommand({
    FunctionName: "price",
    Payload: JSON.stringify({ sku: "A-17" }),
  }),
);
writeSync(1, ".");
