import { LambdaClient } from "@aws-sdk/client-lambda";
import { sdkConfig, toCommand } from "./sdk.mjs";

export function create(connection) {
  // All clients share one agent: with one agent each, the machine would run out of ports.
  const config = sdkConfig(connection);
  return {
    call: (payload) => new LambdaClient(config).send(toCommand(payload)),
    close: () => config.requestHandler.httpAgent.destroy(),
  };
}
