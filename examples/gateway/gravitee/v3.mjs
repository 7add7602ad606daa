// Policies with v3 semantics: `scope` decides when they run.
import { addResponseHeader } from "./steps.mjs";

export const V3 = [
  {
    path: "/v3/request",
    shows: "scope REQUEST: before the request body is read",
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
    shows: "scope REQUEST_CONTENT: after the request body is read",
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
    laterSteps: [addResponseHeader("level", "x-stock-level")],
    curl: [(at) => `curl -i -d '{"sku":"A-17"}' ${at}/orders`],
  },
  {
    path: "/v3/response",
    shows: "scope RESPONSE: before the response body is read; the status stays",
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
    shows: "scope RESPONSE_CONTENT: after the response body is read",
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
    shows: "scope REQUEST in the response flow: the policy does nothing",
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
