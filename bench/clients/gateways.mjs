// Gateways that ask a function about each request and send it on to an origin: ours, and what one writes by hand.
import { createServer, request as ask, Agent } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { ACROSS } from "../servers/across.mjs";
import { connect } from "./connector.mjs";
import { SOCKETS } from "./target.mjs";

/** The connector's gateway, with as many steps as are asked for. */
function ours(target, { steps = 1, params = "" } = {}) {
  const require = createRequire(import.meta.url);
  const {
    createRoute,
    sidecar,
    toExpress,
    toNode,
  } = require("../../dist/gateway/index.js");
  const connector = connect(target);
  const step = () =>
    sidecar({
      connector,
      endpoint: { serviceId: "svc", endpointId: "ep" },
      preInput: `region:eu-central-1
        functionARN:${ACROSS.functionName}
        roleARN:${ACROSS.roleArn}
        externalIdKey:${ACROSS.externalIdKey}
        include-request-headers:Authorization,X-Tier
        expand-input:requestPayload,operation
        ${params}`,
    });
  const route = createRoute({
    steps: Array.from({ length: steps }, step),
    origin: target.origin,
  });
  return { route, toExpress, toNode };
}

/** By name: starts a gateway, and answers with its server. */
export const GATEWAYS = {
  express(target, options) {
    const { route, toExpress } = ours(target, options);
    return express().use(toExpress(route)).listen(0, "127.0.0.1");
  },
  node(target, options) {
    const { route, toNode } = ours(target, options);
    return createServer(toNode(route)).listen(0, "127.0.0.1");
  },
  async byHand(target) {
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
        const { authorization } = req.headers;
        const answer = await lambda.send(
          new InvokeCommand({
            FunctionName: ACROSS.functionName,
            Payload: JSON.stringify({
              point: "PreProcessor",
              request: {
                headers: { authorization, "x-tier": req.headers["x-tier"] },
                payload: req.body.toString(),
                payloadLength: req.body.length,
              },
              operation: {
                httpVerb: req.method,
                path: req.path,
                query: req.query,
                uri: req.originalUrl,
              },
            }),
          }),
        );
        if (answer.FunctionError) return res.sendStatus(502);
        const { modify, terminate } = JSON.parse(
          answer.Payload.transformToString(),
        );
        if (terminate)
          return res.status(terminate.code).send(terminate.message);
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
  },
};

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
