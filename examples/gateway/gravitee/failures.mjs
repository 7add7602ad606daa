// What becomes of a call when the function, or AWS, does not do what it is asked.
import { writes } from "./steps.mjs";

const plain = (at) => `curl -i ${at}/orders/7`;

export const FAILURES = [
  {
    path: "/failing",
    shows: "a function that fails, as the vendor tells of it",
    policies: [{ configuration: { function: "stock-broken" } }],
    curl: [plain, (at) => `curl -i -H 'Accept: text/plain' ${at}/orders/7`],
  },
  {
    path: "/template",
    shows: "the same function, and templates for the error",
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
    path: "/refused/told",
    shows: "AWS refuses; the client hears why, as at the vendor's",
    policies: [{ configuration: { function: "stock-lost" } }],
    curl: [plain],
  },
  {
    path: "/refused/hidden",
    shows: "the same, and the client does not hear why",
    policies: [
      { details: "hidden", configuration: { function: "stock-lost" } },
    ],
    curl: [plain],
  },
  {
    path: "/timeout",
    shows: "a function that takes longer than readTimeoutMs lets it",
    policies: [
      { configuration: { function: "stock-slow", readTimeoutMs: 300 } },
    ],
    curl: [plain],
  },
  {
    path: "/fail-safe",
    shows: "the function that fails, and traffic goes on",
    policies: [{ failSafe: true, configuration: { function: "stock-broken" } }],
    curl: [plain],
  },
  {
    path: "/continue",
    shows: "a function's failure as something that a later step can read",
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
    behind: [writes("why", "x-stock-error")],
    curl: [plain],
  },
];
