// Options that Gravitee's policy does not have.
import { ECHO, ROLE } from "./environment.mjs";

const JSON_BODY = "-H 'Content-Type: application/json' -d";
const simpleRequest = (at) => `curl -i ${at}/orders/7`;

const injected = {
  function: "echo",
  payload: '{ "role": "guest", "sku": "{#request.jsonContent.sku}" }',
  sendToConsumer: true,
};
const inject = (at) =>
  `curl -i ${JSON_BODY} '{"sku":"A-17\\",\\"role\\":\\"admin"}' ${at}/orders`;

export const ADDITIONAL = [
  {
    path: "/raw",
    shows: "a value with a quotation mark, inserted into the payload unchanged",
    policies: [{ configuration: injected }],
    curl: [inject],
  },
  {
    path: "/escaped",
    shows: "the same value, escaped",
    policies: [{ escape: "json", configuration: injected }],
    curl: [inject],
  },
  {
    path: "/proxy",
    shows: "status, headers and body from the function's JSON",
    policies: [
      {
        responseFormat: "proxy",
        configuration: {
          function: "order-page",
          payload: '{ "id": "{#request.pathInfos[2]}" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [simpleRequest],
  },
  {
    path: "/condition",
    shows: "a condition: the function is invoked for POST only",
    policies: [
      {
        condition: "{#request.method == 'POST'}",
        configuration: {
          function: "stock-lookup",
          payload: '{ "sku": "A-17" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [simpleRequest, (at) => `curl -i -d '' ${at}/orders`],
  },
  {
    path: "/event",
    shows: "an asynchronous invocation",
    policies: [
      {
        configuration: {
          function: "order-log",
          invocationType: "Event",
          payload: '{ "asked": "{#request.method} {#request.pathInfo}" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [simpleRequest],
  },
  {
    path: "/role",
    shows: "a role in another account that requires an external ID",
    policies: [
      {
        externalIdKey: "globex/prod/orderTrust",
        configuration: {
          function: ECHO,
          roleArn: ROLE,
          payload: '{ "of": "the customer" }',
          sendToConsumer: true,
        },
      },
    ],
    curl: [simpleRequest],
  },
];
