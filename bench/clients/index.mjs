// The clients that are compared, each as its users would write it. A client is made once and called often; `close` ends it.
import { Sha256 } from "@aws-crypto/sha256-js";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SignatureV4 } from "@smithy/signature-v4";
import { AwsClient } from "aws4fetch";
import { Agent } from "node:https";
import { Agent as HttpAgent } from "node:http";
import { createRequire } from "node:module";
import { Pool } from "undici";

const SOCKETS = 256;
const PATH = "/2015-03-31/functions/price/invocations";

/** By name: the column that a reader sees, and how it is made. */
export const CLIENTS = {
  connector: {
    title: "aws-lambda-connector",
    create({ endpoint, region, credentials }) {
      const require = createRequire(import.meta.url);
      const { createConnector } = require("../../dist/src/index.js");
      const connector = createConnector({
        region,
        endpoint,
        credentials,
        maxSockets: SOCKETS,
      });
      return {
        call: (payload) =>
          connector.invokeFunction({ functionName: "price", payload }),
        close: () => connector.close(),
      };
    },
  },
  sdk: {
    title: "AWS SDK, one client",
    create(target) {
      const client = new LambdaClient(sdkConfig(target));
      return {
        call: (payload) => client.send(toCommand(payload)),
        close: () => client.destroy(),
      };
    },
  },
  sdkPerCall: {
    title: "AWS SDK, a client per call",
    create(target) {
      const { requestHandler } = sdkConfig(target);
      return {
        call: (payload) =>
          new LambdaClient({ ...sdkConfig(target), requestHandler }).send(
            toCommand(payload),
          ),
        close: () => requestHandler.httpAgent.destroy(),
      };
    },
  },
  aws4fetch: {
    title: "aws4fetch",
    create({ endpoint, region, credentials }) {
      const client = new AwsClient({
        ...credentials,
        service: "lambda",
        region,
        retries: 0,
      });
      return {
        async call(payload) {
          const body = JSON.stringify(payload);
          const answer = await client.fetch(endpoint + PATH, { body });
          return answer.json();
        },
        close: () => undefined,
      };
    },
  },
  floor: {
    title: "signed by hand, undici pool (the floor)",
    create({ endpoint, region, credentials }) {
      const pool = new Pool(endpoint, { connections: SOCKETS });
      const signer = new SignatureV4({
        service: "lambda",
        region,
        credentials,
        sha256: Sha256,
      });
      const { host, hostname } = new URL(endpoint);
      return {
        async call(payload) {
          const signed = await signer.sign({
            method: "POST",
            protocol: "http:",
            hostname,
            path: PATH,
            headers: { host, "content-type": "application/octet-stream" },
            body: JSON.stringify(payload),
          });
          const { body } = await pool.request(signed);
          return body.json();
        },
        close: () => pool.close(),
      };
    },
  },
};

function sdkConfig({ endpoint, region, credentials }) {
  const options = { keepAlive: true, maxSockets: SOCKETS };
  return {
    endpoint,
    region,
    credentials,
    requestHandler: {
      httpAgent: new HttpAgent(options),
      httpsAgent: new Agent(options),
    },
  };
}

function toCommand(payload) {
  return new InvokeCommand({
    FunctionName: "price",
    Payload: JSON.stringify(payload),
  });
}
