// Gateways that invoke a function with a payload created from the request, keep part of the response, and forward the request: the
// connector's policy, and one with Express, the AWS SDK and template literals.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { CROSS_ACCOUNT } from "../servers/crossAccount.mjs";
import { startExpressGateway } from "./expressGateway.mjs";
import { SOCKETS } from "./settings.mjs";

/** The expressions that the policy evaluates for each request. */
export const EXPRESSIONS = {
  payload:
    '{ "sku": "{#request.params[\'sku\']}", "tier": "{#request.headers[\'X-Tier\'][0]}", "call": "{#request.method} {#request.path}" }',
  variable: "{#jsonPath(#lambdaResponse.content, '$.level')}",
};

async function createPolicyRoute({ endpoint, region, credentials, origin }) {
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
    externalIdKey: CROSS_ACCOUNT.externalIdKey,
    configuration: {
      region,
      function: CROSS_ACCOUNT.functionName,
      roleArn: CROSS_ACCOUNT.roleArn,
      payload: EXPRESSIONS.payload,
      variables: [{ name: "level", value: EXPRESSIONS.variable }],
    },
  });
  return { route: createRoute({ steps: [step], origin }), toExpress, toNode };
}

/** Functions that start a gateway and return its server, by name. */
export const POLICIES = {
  async policyInExpress(connection) {
    const { route, toExpress } = await createPolicyRoute(connection);
    return express().use(toExpress(route)).listen(0, "127.0.0.1");
  },
  async policyInNode(connection) {
    const { route, toNode } = await createPolicyRoute(connection);
    return createServer(toNode(route)).listen(0, "127.0.0.1");
  },
  templatesInExpress: (connection) =>
    startExpressGateway(connection, {
      toPayload: (req) =>
        `{ "sku": "${req.query.sku}", "tier": "${req.headers["x-tier"]}", "call": "${req.method} ${req.path}" }`,
      toVerdict: (payload, req) => {
        req.level = JSON.parse(payload).level;
        return {};
      },
    }),
};
