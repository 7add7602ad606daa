// A gateway built directly with Express and the AWS SDK: it invokes a function for each request and forwards the request.
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { CROSS_ACCOUNT, EXTERNAL_ID } from "../servers/crossAccount.mjs";
import { SOCKETS } from "./settings.mjs";

/** Starts the gateway. `toPayload` creates the function's input, and `toVerdict` reads its response. */
export async function startExpressGateway(
  connection,
  { toPayload, toVerdict },
) {
  const { InvokeCommand, LambdaClient } =
    await import("@aws-sdk/client-lambda");
  const lambda = new LambdaClient({
    region: connection.region,
    endpoint: connection.endpoint,
    credentials: await assumeRole(connection),
    requestHandler: {
      httpAgent: new Agent({ keepAlive: true, maxSockets: SOCKETS }),
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const origin = new URL(connection.origin);
  return express()
    .use(express.raw({ type: "*/*", limit: "10kb" }))
    .use(async (req, res) => {
      const response = await lambda.send(
        new InvokeCommand({
          FunctionName: CROSS_ACCOUNT.functionName,
          Payload: toPayload(req),
        }),
      );
      if (response.FunctionError) return res.sendStatus(502);
      const { modify, terminate } = toVerdict(
        response.Payload.transformToString(),
        req,
      );
      if (terminate) return res.status(terminate.code).send(terminate.message);
      const { host, ...headers } = req.headers;
      delete headers.connection;
      const originRequest = request({
        agent,
        host: origin.hostname,
        port: origin.port,
        method: req.method,
        path: req.url,
        headers: {
          ...headers,
          ...modify?.addHeaders,
          "x-forwarded-host": host,
        },
      });
      originRequest.once("error", () => res.sendStatus(502));
      originRequest.once("response", (incoming) => {
        res.writeHead(incoming.statusCode, incoming.headers);
        incoming.pipe(res);
      });
      originRequest.end(req.body);
    })
    .listen(0, "127.0.0.1");
}

/** Assumes the role once. */
async function assumeRole(connection) {
  const require = createRequire(import.meta.url);
  const {
    AssumeRoleCommand,
    STSClient,
  } = require("../../node_modules/@aws-sdk/client-sts");
  const sts = new STSClient(connection);
  const { Credentials: credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: CROSS_ACCOUNT.roleArn,
      RoleSessionName: "bench",
      ExternalId: EXTERNAL_ID,
    }),
  );
  return {
    accessKeyId: credentials.AccessKeyId,
    secretAccessKey: credentials.SecretAccessKey,
    sessionToken: credentials.SessionToken,
  };
}
