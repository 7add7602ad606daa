// Gateways that ask a function about each request and send it on to an origin: ours, and what one writes by hand.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { ACROSS } from "../servers/across.mjs";
import { byHand } from "./byHand.mjs";
import { connect } from "./connector.mjs";

/** The connector's gateway, with as many steps as are asked for. */
function ours(target, { steps = 1, params = "" } = {}) {
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
  byHand: (target) =>
    byHand(target, {
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
      use: (answer) => JSON.parse(answer),
    }),
};
