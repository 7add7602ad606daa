const { InvokeCommand, LambdaClient } = require("@aws-sdk/client-lambda");

new LambdaClient(JSON.parse(process.env.BENCH_CONNECTION))
  .send(
    new InvokeCommand({
      FunctionName: "price",
      Payload: JSON.stringify({ sku: "A-17" }),
    }),
  )
  .then(() => require("node:fs").writeSync(1, "."));
