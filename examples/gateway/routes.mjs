// What the gateway serves: for each path the vendor's lines, and a line of curl that shows what they do.
import { createRoute } from "aws-lambda-connector/gateway";
import { sidecar } from "aws-lambda-connector/gateway/boomi";
import { paint } from "../print.mjs";
import { CUSTOMER, ROLE } from "./world.mjs";

/** The lines that each sidecar has; those that follow are what it shows. */
const ask = (name, ...lines) =>
  [
    "region:eu-central-1",
    `functionARN:arn:aws:lambda:eu-central-1:${CUSTOMER}:function:${name}`,
    `roleARN:${ROLE}`,
    "externalIdKey:globex/prod/orderTrust",
    ...lines,
  ].join("\n");

/** The same, with the key of an external id that is not the one for which the role asks. */
const askInVain = (...lines) =>
  ask("order-allow", ...lines).replace("/prod/", "/staging/");

const JSON_ORDER = `-H 'Content-Type: application/json' -d '{"sku":"A-17"}'`;

const SERVED = [
  {
    path: "/before/allow",
    shows: "a function before the origin lets the call pass",
    sidecar: { preInput: ask("order-allow") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/before/modify",
    shows: "it changes headers and body of the request",
    sidecar: { preInput: ask("order-stamp", "expand-input:requestPayload") },
    curl: [(at) => `curl -i -H 'X-Debug: on' ${JSON_ORDER} ${at}/orders`],
  },
  {
    path: "/before/terminate",
    shows: "it stops the call: the origin is not asked",
    sidecar: { preInput: ask("order-closed") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/after/allow",
    shows: "a function after the origin lets the answer pass",
    sidecar: { postInput: ask("order-allow") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/after/modify",
    shows: "it changes status, headers and body of the answer",
    sidecar: { postInput: ask("order-mask", "expand-input:responsePayload") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/after/terminate",
    shows: "it keeps the answer back, and gives one of its own",
    sidecar: { postInput: ask("order-withhold") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/sure-fire",
    shows: "a function that fails fails the call",
    sidecar: { preInput: ask("order-broken") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/fail-safe",
    shows: "the same function, and traffic goes on",
    sidecar: { preInput: ask("order-broken", "failSafe:true") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/timeout",
    shows: "a function that takes longer than it may",
    sidecar: { preInput: ask("order-slow", "timeout:300") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/event",
    shows: "a function is told, and its answer not waited for",
    sidecar: {
      preInput: ask(
        "order-log",
        "synchronicity:event",
        "expand-input:operation",
      ),
    },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/required",
    shows: "a header without which nobody passes",
    sidecar: {
      preInput: ask("order-allow", "require-request-headers:Authorization"),
    },
    curl: [
      (at) => `curl -i ${at}/orders/7`,
      (at) => `curl -i -H 'Authorization: Bearer 91c0ffee' ${at}/orders/7`,
    ],
  },
  {
    path: "/size/blocking",
    shows: "a payload that is too large; the limit is 16 bytes",
    sidecar: {
      preInput: ask(
        "order-allow",
        "expand-input:requestPayload",
        "max-payload-size:0.015625",
      ),
    },
    curl: [(at) => `curl -i -d 'more than sixteen bytes' ${at}/orders`],
  },
  {
    path: "/size/filtering",
    shows: "the same limit: the function is not asked, the call goes on",
    sidecar: {
      preInput: ask(
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
    shows: "a role that refuses, as its external id is another; in AWS's words",
    sidecar: { preInput: askInVain() },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/refused/hidden",
    shows: "the same, and the client is not told of accounts and roles",
    sidecar: { preInput: askInVain(), awsErrors: "hidden" },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/own",
    shows: "no origin: the framework's own handler answers",
    isOwn: true,
    sidecar: { preInput: ask("order-stamp") },
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
];

/** The routes, ready for an adapter. */
export function routesOf({ connector, origin }) {
  return SERVED.map(({ sidecar: given, ...served }) => {
    const step = sidecar({
      connector,
      endpoint: { serviceId: "shop", endpointId: served.path.slice(1) },
      onFailure: ({ error, point, isSuppressed }) => {
        const then = isSuppressed ? "the call goes on" : "the call is answered";
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
