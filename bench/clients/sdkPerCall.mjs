import { LambdaClient } from "@aws-sdk/client-lambda";
import { sdkConfig, toCommand } from "./sdk.mjs";

export function create(target) {
  // One agent for all: with one each, the machine would run out of ports before the loop ends.
  const config = sdkConfig(target);
  return {
    call: (payload) => new LambdaClient(config).send(toCommand(payload)),
    close: () => config.requestHandler.httpAgent.destroy(),
  };
}
