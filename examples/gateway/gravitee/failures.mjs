// Responses when the function or AWS fails.
import { addRequestHeader } from "./steps.mjs";

const simpleRequest = (at) => `curl -i ${at}/orders/7`;

export const FAILURES = [
  {
    path: "/failing",
    shows: "a function that fails, with Gravitee's default response",
    policies: [{ configuration: { function: "stock-broken" } }],
    curl: [
      simpleRequest,
      (at) => `curl -i -H 'Accept: text/plain' ${at}/orders/7`,
    ],
  },
  {
    path: "/template",
    shows: "the same function, with response templates",
    policies: [
      {
        configuration: { function: "stock-broken" },
        responseTemplates: {
          AWS_LAMBDA_INVALID_RESPONSE: {
            "application/json": {
              status: 503,
              headers: { "Retry-After": "30" },
              body: `{"error":"{#error.key}","function":"{#parameters['function']}"}`,
            },
            "*/*": { status: 503, body: "{#error.message}" },
          },
        },
      },
    ],
    curl: [
      (at) => `curl -i -H 'Accept: application/json' ${at}/orders/7`,
      (at) => `curl -i -H 'Accept: text/html' ${at}/orders/7`,
    ],
  },
  {
    path: "/refused/shown",
    shows: "AWS refuses; the client sees AWS's message, as in Gravitee",
    policies: [{ details: "shown", configuration: { function: "stock-lost" } }],
    curl: [simpleRequest],
  },
  {
    path: "/refused/hidden",
    shows: "the same by default; the client does not see AWS's message",
    policies: [{ configuration: { function: "stock-lost" } }],
    curl: [simpleRequest],
  },
  {
    path: "/timeout",
    shows: "a function that takes longer than readTimeoutMs",
    policies: [
      { configuration: { function: "stock-slow", readTimeoutMs: 300 } },
    ],
    curl: [simpleRequest],
  },
  {
    path: "/fail-safe",
    shows: "a function that fails; the request continues",
    policies: [{ failSafe: true, configuration: { function: "stock-broken" } }],
    curl: [simpleRequest],
  },
  {
    path: "/continue",
    shows: "a function that fails; a later step reads its error",
    policies: [
      {
        onFunctionError: "continue",
        configuration: {
          function: "stock-broken",
          variables: [
            {
              name: "why",
              value:
                "{#lambdaResponse.functionError}: {#jsonPath(#lambdaResponse.content, '$.errorMessage')}",
            },
          ],
        },
      },
    ],
    laterSteps: [addRequestHeader("why", "x-stock-error")],
    curl: [simpleRequest],
  },
];
