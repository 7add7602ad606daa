// The routes of the gateway: for each path Boomi's configuration lines, and a curl command that shows what they do.
import { createRoute } from "aws-lambda-connector/gateway";
import { sidecar } from "aws-lambda-connector/gateway/boomi";
import { paint } from "../print.mjs";
import { CUSTOMER, ROLE } from "./world.mjs";

/** The configuration lines of a function: the connection, and the lines that the example is about. */
const configure = (name, ...lines) =>
  [
    "region:eu-central-1",
    `functionARN:arn:aws:lambda:eu-central-1:${CUSTOMER}:function:${name}`,
    `roleARN:${ROLE}`,
    "externalIdKey:globex/prod/orderTrust",
    ...lines,
  ].join("\n");

/** The same, with an external ID that the role does not accept. */
const configureWrongExternalId = (...lines) =>
  configure("order-allow", ...lines).replace("/prod/", "/staging/");

const JSON_ORDER = `-H 'Content-Type: application/json' -d '{"sku":"A-17"}'`;

const SERVED = [
  {
    path: "/before/allow",
    shows: "a pre-processing function forwards the request unchanged",
    sidecar: { preInput: configure("order-allow") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/before/modify",
    shows: "a pre-processing function changes headers and body of the request",
    sidecar: {
      preInput: configure("order-stamp", "expand-input:requestPayload"),
    },
    curl: [(at) => `curl -i -H 'X-Debug: on' ${JSON_ORDER} ${at}/orders`],
  },
  {
    path: "/before/terminate",
    shows: "a pre-processing function stops the call: the origin is not called",
    sidecar: { preInput: configure("order-closed") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/after/allow",
    shows: "a post-processing function forwards the response unchanged",
    sidecar: { postInput: configure("order-allow") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/after/modify",
    shows:
      "a post-processing function changes status, headers and body of the response",
    sidecar: {
      postInput: configure("order-mask", "expand-input:responsePayload"),
    },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/after/terminate",
    shows: "a post-processing function replaces the response by its own",
    sidecar: { postInput: configure("order-withhold") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/sure-fire",
    shows: "a failing function fails the call",
    sidecar: { preInput: configure("order-broken") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/fail-safe",
    shows: "the same function with failSafe: the call continues",
    sidecar: { preInput: configure("order-broken", "failSafe:true") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/timeout",
    shows: "a function that exceeds its timeout",
    sidecar: { preInput: configure("order-slow", "timeout:300") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/event",
    shows: "an event: the function's response is not used",
    sidecar: {
      preInput: configure(
        "order-log",
        "synchronicity:event",
        "expand-input:operation",
      ),
    },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/required",
    shows: "a required request header",
    sidecar: {
      preInput: configure(
        "order-allow",
        "require-request-headers:Authorization",
      ),
    },
    curl: [
      (at) => `curl -i ${at}/orders/7`,
      (at) => `curl -i -H 'Authorization: Bearer 91c0ffee' ${at}/orders/7`,
    ],
  },
  {
    path: "/size/blocking",
    shows: "a payload above the limit of 16 bytes",
    sidecar: {
      preInput: configure(
        "order-allow",
        "expand-input:requestPayload",
        "max-payload-size:0.015625",
      ),
    },
    curl: [(at) => `curl -i -d 'more than sixteen bytes' ${at}/orders`],
  },
  {
    path: "/size/filtering",
    shows:
      "the same limit with filtering: the function is skipped, the call continues",
    sidecar: {
      preInput: configure(
        "order-closed",
        "expand-input:requestPayload",
        "max-payload-size:0.015625",
        "max-payload-condition:filtering",
      ),
    },
    curl: [(at) => `curl -i -d 'more than sixteen bytes' ${at}/orders`],
  },
  {
    path: "/refused/told",
    shows:
      "a role that can't be assumed, because its external ID differs: with awsErrors: shown, the client receives AWS's message",
    sidecar: { preInput: configureWrongExternalId(), awsErrors: "shown" },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/refused/hidden",
    shows: "the same by default: the client sees no account IDs and role names",
    sidecar: { preInput: configureWrongExternalId() },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/own",
    shows: "no origin: the framework's own handler responds",
    isOwn: true,
    sidecar: { preInput: configure("order-stamp") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
];

/** Creates the routes for an adapter. */
export function routesOf({ connector, origin }) {
  return SERVED.map(({ sidecar: given, ...served }) => {
    const step = sidecar({
      connector,
      endpoint: { serviceId: "shop", endpointId: served.path.slice(1) },
      onFailure: ({ error, point, isSuppressed }) => {
        const then = isSuppressed
          ? "the call continues"
          : "the client receives it";
        console.log(
          `   ${paint("yellow", "!")} ${error.name} (${point}): ${then}`,
        );
      },
      ...given,
    });
    const route = createRoute({
      steps: [step],
      ...(!served.isOwn && { origin }),
      onFault: ({ where, error }) => {
        console.log(`   ${paint("red", "✗")} ${where}: ${error.message}`);
      },
    });
    return { ...served, route };
  });
}
