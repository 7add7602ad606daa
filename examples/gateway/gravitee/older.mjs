// The same policy as the vendor's older gateway runs it: `scope` says where.
import { answers } from "./steps.mjs";

export const OLDER = [
  {
    path: "/v3/request",
    shows: "scope REQUEST: at the head of the request",
    policies: [
      {
        semantics: "v3",
        configuration: {
          scope: "REQUEST",
          function: "stock-lookup",
          payload: '{ "sku": "A-17" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
  {
    path: "/v3/request-content",
    shows: "scope REQUEST_CONTENT: when the request's body has been read",
    policies: [
      {
        semantics: "v3",
        configuration: {
          scope: "REQUEST_CONTENT",
          function: "stock-lookup",
          payload: "{#request.content}",
          variables: [
            {
              name: "level",
              value: "{#jsonPath(#lambdaResponse.content, '$.level')}",
            },
          ],
        },
      },
    ],
    behind: [answers("level", "x-stock-level")],
    curl: [(at) => `curl -i -d '{"sku":"A-17"}' ${at}/orders`],
  },
  {
    path: "/v3/response",
    shows:
      "scope RESPONSE: at the head of the response, which keeps its status",
    policies: [
      {
        semantics: "v3",
        configuration: {
          scope: "RESPONSE",
          function: "order-mask",
          payload: '{ "was": {#response.status} }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [(at) => `curl -i ${at}/gone/7`],
  },
  {
    path: "/v3/response-content",
    shows: "scope RESPONSE_CONTENT: when the response's body has been read",
    policies: [
      {
        semantics: "v3",
        configuration: {
          scope: "RESPONSE_CONTENT",
          function: "order-mask",
          payload: '{ "was": {#response.content} }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [(at) => `curl -i ${at}/gone/7`],
  },
  {
    path: "/v3/elsewhere",
    shows: "scope REQUEST in the response flow: nothing",
    policies: [
      {
        semantics: "v3",
        flow: "response",
        configuration: {
          scope: "REQUEST",
          function: "stock-broken",
          sendToConsumer: true,
        },
      },
    ],
    curl: [(at) => `curl -i ${at}/orders/7`],
  },
];
