// Gateways that make a payload of each request, ask a function with it, keep a part of the answer, and send the request on: the
// connector's policy, and what one writes by hand.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { ACROSS } from "../servers/across.mjs";
import { byHand } from "./byHand.mjs";
import { SOCKETS } from "./target.mjs";

/** What a policy evaluates for one request. */
export const EXPRESSIONS = {
  payload:
    '{ "sku": "{#request.params[\'sku\']}", "tier": "{#request.headers[\'X-Tier\'][0]}", "call": "{#request.method} {#request.path}" }',
  variable: "{#jsonPath(#lambdaResponse.content, '$.level')}",
};

async function ours({ endpoint, region, credentials, origin }) {
  const require = createRequire(import.meta.url);
  const {
    createRoute,
    toExpress,
    toNode,
  } = require("../../dist/gateway/index.js");
  const { awsLambdaPolicy } = require("../../dist/gateway/gravitee/index.js");
  const step = await awsLambdaPolicy({
    semantics: "v4",
    connection: { endpoint, credentials, maxSockets: SOCKETS },
    externalIdKey: ACROSS.externalIdKey,
    configuration: {
      region,
      function: ACROSS.functionName,
      roleArn: ACROSS.roleArn,
      payload: EXPRESSIONS.payload,
      variables: [{ name: "level", value: EXPRESSIONS.variable }],
    },
  });
  return { route: createRoute({ steps: [step], origin }), toExpress, toNode };
}

/** By name: starts a gateway, and answers with its server. */
export const POLICIES = {
  async policyInExpress(target) {
    const { route, toExpress } = await ours(target);
    return express().use(toExpress(route)).listen(0, "127.0.0.1");
  },
  async policyInNode(target) {
    const { route, toNode } = await ours(target);
    return createServer(toNode(route)).listen(0, "127.0.0.1");
  },
  policyByHand: (target) =>
    byHand(target, {
      toPayload: (req) =>
        `{ "sku": "${req.query.sku}", "tier": "${req.headers["x-tier"]}", "call": "${req.method} ${req.path}" }`,
      use: (answer, req) => {
        req.level = JSON.parse(answer).level;
        return {};
      },
    }),
};
