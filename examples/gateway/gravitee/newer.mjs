// The policy as the vendor's gateway of today runs it: its place in the flow says where.
import { writes } from "./steps.mjs";

const JSON_BODY = "-H 'Content-Type: application/json' -d";
const plain = (at) => `curl -i ${at}/orders/7`;

const lookUp = {
  function: "stock-lookup",
  payload: `{ "sku": "{#request.params['sku']}" }`,
  variables: [
    {
      name: "stock.level",
      value: "{#jsonPath(#lambdaResponse.content, '$.level')}",
    },
  ],
};

export const NEWER = [
  {
    path: "/payload",
    shows: "a payload made from path, query, header and body of the request",
    policies: [
      {
        configuration: {
          function: "echo",
          payload: `{ "order": "{#request.pathInfos[2]}", "currency": "{#request.params['currency']}",
  "tier": "{#request.headers['X-Tier'][0]}", "sku": "{#jsonPath(#request.content, '$.line.sku')}" }`,
          sendToConsumer: true,
        },
      },
    ],
    curl: [
      (at) =>
        `curl -i -H 'X-Tier: gold' ${JSON_BODY} '{"line":{"sku":"A-17"}}' '${at}/orders/7?currency=EUR'`,
    ],
  },
  {
    path: "/attribute",
    shows:
      "an attribute set from the answer, and a later step that sends it on",
    policies: [{ configuration: lookUp }],
    behind: [writes("stock.level", "x-stock-level")],
    curl: [(at) => `curl -i '${at}/orders/7?sku=A-17'`],
  },
  {
    path: "/chain",
    shows: "the same attribute in the payload of a later policy",
    policies: [
      { configuration: lookUp },
      {
        configuration: {
          function: "price-quote",
          payload: `{ "sku": "{#request.params['sku']}", "level": {#context.attributes['stock.level']} }`,
          sendToConsumer: true,
        },
      },
    ],
    curl: [(at) => `curl -i '${at}/orders/7?sku=A-17'`],
  },
  {
    path: "/before",
    shows: "sendToConsumer before the origin: the origin is not asked",
    policies: [
      {
        configuration: {
          function: "stock-lookup",
          payload: '{ "sku": "A-17" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [plain],
  },
  {
    path: "/after",
    shows:
      "sendToConsumer after the origin: body and status are the function's",
    policies: [
      {
        flow: "response",
        configuration: {
          function: "order-mask",
          payload: '{ "was": {#response.status} }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [plain, (at) => `curl -i ${at}/gone/7`],
  },
];
