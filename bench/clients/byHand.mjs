// A gateway as one writes it by hand, of Express and the AWS SDK: it asks a function about each request and sends that on.
import { Agent, request as ask } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { ACROSS } from "../servers/across.mjs";
import { SOCKETS } from "./target.mjs";

/** Starts one, given what the function is told of a request, and what is made of its answer. */
export async function byHand(target, { toPayload, use }) {
  const { InvokeCommand, LambdaClient } =
    await import("@aws-sdk/client-lambda");
  const lambda = new LambdaClient({
    region: target.region,
    endpoint: target.endpoint,
    credentials: await borrowed(target),
    requestHandler: {
      httpAgent: new Agent({ keepAlive: true, maxSockets: SOCKETS }),
    },
  });
  const wires = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const origin = new URL(target.origin);
  return express()
    .use(express.raw({ type: "*/*", limit: "10kb" }))
    .use(async (req, res) => {
      const answer = await lambda.send(
        new InvokeCommand({
          FunctionName: ACROSS.functionName,
          Payload: toPayload(req),
        }),
      );
      if (answer.FunctionError) return res.sendStatus(502);
      const { modify, terminate } = use(
        answer.Payload.transformToString(),
        req,
      );
      if (terminate) return res.status(terminate.code).send(terminate.message);
      const { host, ...headers } = req.headers;
      delete headers.connection;
      const there = ask({
        agent: wires,
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
      there.once("error", () => res.sendStatus(502));
      there.once("response", (incoming) => {
        res.writeHead(incoming.statusCode, incoming.headers);
        incoming.pipe(res);
      });
      there.end(req.body);
    })
    .listen(0, "127.0.0.1");
}

/** The role's keys, asked for once, as one who writes by hand does at best. */
async function borrowed(target) {
  const require = createRequire(import.meta.url);
  const {
    AssumeRoleCommand,
    STSClient,
  } = require("../../node_modules/@aws-sdk/client-sts");
  const sts = new STSClient(target);
  const { Credentials: keys } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: ACROSS.roleArn,
      RoleSessionName: "by-hand",
      ExternalId: "a-secret-that-nobody-sees",
    }),
  );
  return {
    accessKeyId: keys.AccessKeyId,
    secretAccessKey: keys.SecretAccessKey,
    sessionToken: keys.SessionToken,
  };
}
