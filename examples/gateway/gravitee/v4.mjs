// Policies with v4 semantics: their place in the flow decides when they run.
import { addRequestHeader } from "./steps.mjs";

const JSON_BODY = "-H 'Content-Type: application/json' -d";
const simpleRequest = (at) => `curl -i ${at}/orders/7`;

const stockLookup = {
  function: "stock-lookup",
  payload: `{ "sku": "{#request.params['sku']}" }`,
  variables: [
    {
      name: "stock.level",
      value: "{#jsonPath(#lambdaResponse.content, '$.level')}",
    },
  ],
};

export const V4 = [
  {
    path: "/payload",
    shows:
      "a payload with the path, the query, a header and the body of the request",
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
      "an attribute set from the response, which a later step sends to the origin",
    policies: [{ configuration: stockLookup }],
    laterSteps: [addRequestHeader("stock.level", "x-stock-level")],
    curl: [(at) => `curl -i '${at}/orders/7?sku=A-17'`],
  },
  {
    path: "/chain",
    shows: "the same attribute in the payload of a later policy",
    policies: [
      { configuration: stockLookup },
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
    shows: "sendToConsumer before the origin: the origin is not called",
    policies: [
      {
        configuration: {
          function: "stock-lookup",
          payload: '{ "sku": "A-17" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [simpleRequest],
  },
  {
    path: "/after",
    shows:
      "sendToConsumer after the origin: body and status come from the function",
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
    curl: [simpleRequest, (at) => `curl -i ${at}/gone/7`],
  },
];
