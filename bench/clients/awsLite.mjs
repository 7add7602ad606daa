import awsLite from "@aws-lite/client";
import lambda from "@aws-lite/lambda";

export async function create({ endpoint, region, credentials }) {
  const aws = await awsLite({
    ...credentials,
    region,
    endpoint,
    keepAlive: true,
    plugins: [lambda],
  });
  return {
    call: (payload) =>
      aws.Lambda.Invoke({ FunctionName: "price", Payload: payload }),
    // It has its own agent. Idle sockets do not keep the process alive.
    close: () => undefined,
  };
}
