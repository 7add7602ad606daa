// Gateways that invoke a function for each request and forward it to an origin: the connector's, and one with Express and the AWS SDK.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { ACROSS } from "../servers/across.mjs";
import { startExpressGateway } from "./expressGateway.mjs";
import { connect } from "./connector.mjs";

/** Creates the connector's gateway with the given number of steps. */
function createGateway(target, { steps = 1, params = "" } = {}) {
  const require = createRequire(import.meta.url);
  const {
    createRoute,
    toExpress,
    toNode,
  } = require("../../dist/gateway/index.js");
  const { sidecar } = require("../../dist/gateway/boomi/index.js");
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

/** Functions that start a gateway and return its server, by name. */
export const GATEWAYS = {
  express(target, options) {
    const { route, toExpress } = createGateway(target, options);
    return express().use(toExpress(route)).listen(0, "127.0.0.1");
  },
  node(target, options) {
    const { route, toNode } = createGateway(target, options);
    return createServer(toNode(route)).listen(0, "127.0.0.1");
  },
  expressAndSdk: (target) =>
    startExpressGateway(target, {
      toPayload: (req) => {
        const { authorization } = req.headers;
        return JSON.stringify({
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
        });
      },
      toVerdict: (payload) => JSON.parse(payload),
    }),
};
