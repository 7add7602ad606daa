import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { Agent } from "node:http";
import { SOCKETS } from "./settings.mjs";

/** Configuration of the AWS SDK's client: a keep-alive agent with the connector's number of sockets. */
export function sdkConfig({ endpoint, region, credentials }) {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  return { endpoint, region, credentials, requestHandler: { httpAgent } };
}

export function toCommand(payload) {
  return new InvokeCommand({
    FunctionName: "price",
    Payload: JSON.stringify(payload),
  });
}

export function create(connection) {
  const client = new LambdaClient(sdkConfig(connection));
  return {
    call: (payload) => client.send(toCommand(payload)),
    close: () => client.destroy(),
  };
}
