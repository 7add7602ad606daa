// Gateways that invoke a function for each request and forward it to an origin: the connector's, and one with Express and the AWS SDK.
import { Agent, createServer, request } from "node:http";
import { createRequire } from "node:module";
import express from "express";
import { CROSS_ACCOUNT } from "../servers/crossAccount.mjs";
import { startExpressGateway } from "./expressGateway.mjs";
import { connect } from "./connector.mjs";
import { SOCKETS } from "./settings.mjs";

/** Creates the connector's gateway with the given number of steps. */
function createGateway(connection, { steps = 1, params = "" } = {}) {
  const require = createRequire(import.meta.url);
  const {
    createRoute,
    toExpress,
    toNode,
  } = require("../../dist/gateway/index.js");
  const { sidecar } = require("../../dist/gateway/boomi/index.js");
  const connector = connect(connection);
  const step = () =>
    sidecar({
      connector,
      endpoint: { serviceId: "svc", endpointId: "ep" },
      preInput: `region:eu-central-1
        functionARN:${CROSS_ACCOUNT.functionName}
        roleARN:${CROSS_ACCOUNT.roleArn}
        externalIdKey:${CROSS_ACCOUNT.externalIdKey}
        include-request-headers:Authorization,X-Tier
        expand-input:requestPayload,operation
        ${params}`,
    });
  const route = createRoute({
    steps: Array.from({ length: steps }, step),
    origin: connection.origin,
  });
  return { route, toExpress, toNode };
}

/** Creates a router with the given number of routes to the origin. */
export function createRouterOf(origin, routes) {
  const require = createRequire(import.meta.url);
  const { createRouter } = require("../../dist/gateway/index.js");
  const entries = Array.from({ length: routes - 1 }, (_, n) => [
    `POST /service-${n % 100}/orders-${n}/{id}`,
    { origin },
  ]);
  return createRouter({
    routes: { ...Object.fromEntries(entries), "POST /orders": { origin } },
  });
}

/** Steps that let every request of the benchmark pass, by name. */
function createLimits() {
  const require = createRequire(import.meta.url);
  const gateway = require("../../dist/gateway/index.js");
  const { apiKeys, cache, concurrency, cors, quota, shed, throttle } = gateway;
  const most = { rate: 1_000_000, burst: 1_000_000 };
  return {
    throttle: () => [throttle(most)],
    throttleTwice: () => [throttle([most, { ...most, key: "route" }])],
    throttleByHeader: () => [throttle({ ...most, key: { header: "x-tier" } })],
    quota: () => [quota({ limit: 1_000_000_000, period: "day" })],
    concurrency: () => [concurrency({ limit: 1_000 })],
    shed: () => [
      shed({ eventLoopDelayMs: 60_000, inFlight: 1_000, bodyMemory: 1 }),
    ],
    cors: () => [cors({ origins: ["https://shop.example"] })],
    apiKeys: () => [
      apiKeys({ header: "x-tier", keys: [{ id: "gold", key: "gold" }] }),
    ],
    cachePast: () => [cache({ ttlMs: 60_000 })],
    cacheHit: () => [
      // Responses to requests with credentials are not shared.
      {
        name: "anonymous",
        request: () => ({ change: { dropHeaders: ["authorization"] } }),
      },
      cache({ ttlMs: 600_000, methods: ["POST"], key: () => "orders" }),
    ],
  };
}

/** Functions that start a gateway and return its server, by name. */
export const GATEWAYS = {
  router(connection, { routes }) {
    const require = createRequire(import.meta.url);
    const { toNode } = require("../../dist/gateway/index.js");
    const router = createRouterOf(connection.origin, routes);
    return createServer(toNode(router)).listen(0, "127.0.0.1");
  },
  express(connection, options) {
    const { route, toExpress } = createGateway(connection, options);
    return express().use(toExpress(route)).listen(0, "127.0.0.1");
  },
  node(connection, options) {
    const { route, toNode } = createGateway(connection, options);
    return createServer(toNode(route)).listen(0, "127.0.0.1");
  },
  /** The gateway with a limit instead of a function. */
  limit(connection, { limit }) {
    const { createRoute, toNode } = createRequire(import.meta.url)(
      "../../dist/gateway/index.js",
    );
    const steps = createLimits()[limit]();
    const route = createRoute({ steps, origin: connection.origin });
    return createServer(toNode(route)).listen(0, "127.0.0.1");
  },
  /** Forwards requests without any checks. */
  bareProxy(connection) {
    const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
    const { hostname: host, port } = new URL(connection.origin);
    return createServer((req, res) => {
      const { method, url: path, headers } = req;
      const options = { agent, host, port, method, path, headers };
      const outgoing = request(options, (incoming) => {
        res.writeHead(incoming.statusCode, incoming.rawHeaders);
        incoming.pipe(res);
      });
      outgoing.once("error", () => res.destroy());
      req.pipe(outgoing);
    }).listen(0, "127.0.0.1");
  },
  expressAndSdk: (connection) =>
    startExpressGateway(connection, {
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
