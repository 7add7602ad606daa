// What goes beyond the vendor.
import { ECHO, ROLE } from "./world.mjs";

const JSON_BODY = "-H 'Content-Type: application/json' -d";
const plain = (at) => `curl -i ${at}/orders/7`;

const injected = {
  function: "echo",
  payload: '{ "role": "guest", "sku": "{#request.jsonContent.sku}" }',
  sendToConsumer: true,
};
const inject = (at) =>
  `curl -i ${JSON_BODY} '{"sku":"A-17\\",\\"role\\":\\"admin"}' ${at}/orders`;

export const FURTHER = [
  {
    path: "/raw",
    shows: "a quotation mark in a value, put into the payload as it is",
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
    shows: "status, headers and body out of the function's JSON",
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
    curl: [plain],
  },
  {
    path: "/condition",
    shows: "a condition: the function is called for POST alone",
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
    curl: [plain, (at) => `curl -i -d '' ${at}/orders`],
  },
  {
    path: "/event",
    shows: "a function is told, and its answer not waited for",
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
    curl: [plain],
  },
  {
    path: "/role",
    shows: "a role of another account, which asks for an external id",
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
    curl: [plain],
  },
];
