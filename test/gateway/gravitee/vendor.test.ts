import { ServiceError } from "../../../src";
import { call, copying, type Scenario } from "./scenario";

/** The step that Gravitee's tests put into a flow. */
const step = {
  region: "us-east-1",
  function: "lambda-example",
  payload: '{ "key": "value" }',
  sendToConsumer: false,
  variables: [
    {
      name: "lambdaResponse",
      value: "{#jsonPath(#lambdaResponse.content, '$')}",
    },
  ],
};

const secrets = {
  accessKey: "{#secrets.get('/vault/aws:accessKey')}",
  secretKey: "{#secrets.get('/vault/aws:secretKey')}",
  roleArn: "{#secrets.get('/vault/aws:role')}",
};

const vault: Readonly<Record<string, string>> = {
  "/vault/aws:accessKey": "AKIAIOSFODNN7EXAMPLE",
  "/vault/aws:secretKey": "a secret",
  "/vault/aws:role": "arn:aws:iam::222233334444:role/gravitee",
};

/** The APIs of Gravitee's tests: where the step is configured, and how many requests the origin receives if the function fails. */
const apis: readonly [string, Scenario, number][] = [
  [
    "v2 /on-request",
    {
      options: { semantics: "v3", flow: "request" },
      configuration: { ...step, scope: "REQUEST" },
    },
    0,
  ],
  [
    "v2 /on-request-content",
    {
      options: { semantics: "v3", flow: "request" },
      configuration: { ...step, scope: "REQUEST_CONTENT" },
    },
    0,
  ],
  [
    "v2 /on-response",
    {
      options: { semantics: "v3", flow: "response" },
      configuration: { ...step, scope: "RESPONSE" },
    },
    1,
  ],
  [
    "v2 /on-response-content",
    {
      options: { semantics: "v3", flow: "response" },
      configuration: { ...step, scope: "RESPONSE_CONTENT" },
    },
    1,
  ],
  [
    "v2 /secret-support",
    {
      options: {
        semantics: "v3",
        flow: "request",
        secrets: (path) => vault[path] ?? "",
      },
      configuration: { ...step, ...secrets, scope: "REQUEST" },
    },
    0,
  ],
  [
    "v4 /proxy-request",
    {
      options: { semantics: "v4", flow: "request" },
      configuration: { ...step, scope: "REQUEST" },
    },
    0,
  ],
  [
    "v4 /proxy-response, whatever its scope says",
    {
      options: { semantics: "v4", flow: "response" },
      configuration: { ...step, scope: "REQUEST" },
    },
    1,
  ],
  [
    "v4 message /message-request, as a route",
    {
      options: { semantics: "v4", flow: "request" },
      configuration: { ...step, scope: "REQUEST" },
    },
    0,
  ],
  [
    "v4 message /message-response, as a route, whose origin plays the message endpoint",
    {
      options: { semantics: "v4", flow: "response" },
      configuration: { ...step, scope: "REQUEST" },
    },
    1,
  ],
  [
    "v4 /secret-support",
    {
      options: {
        semantics: "v4",
        flow: "request",
        secrets: (path) => Promise.resolve(vault[path] ?? ""),
      },
      configuration: { ...step, ...secrets, scope: "REQUEST" },
    },
    0,
  ],
];

const forbidden = new ServiceError({
  operation: "InvokeFunction",
  message: "InvokeFunction: AWS refused.",
  retryable: false,
  httpStatus: 403,
  serviceCode: "Unknown",
});

describe("the cases of Gravitee's own tests", () => {
  it.each(apis)(
    "%s: returns 500 with the message of AWS when AWS refuses the call",
    async (_, scenario, asked) => {
      const { status, body, origin, headers } = await call({
        ...scenario,
        // As in Gravitee. By default, clients do not see the details.
        options: { ...scenario.options, details: "shown" },
        answers: [{ thrown: forbidden }],
      });

      expect(status).toBe(500);
      expect(body).toContain("An error occurs while invoking lambda function.");
      expect(body).toContain("Status Code: 403");
      expect(headers.get("content-type")).toBe("text/plain");
      expect(origin === undefined ? 0 : 1).toBe(asked);
    },
  );

  it.each(apis)(
    "%s: keeps a response that is not JSON as an attribute",
    async (_, scenario) => {
      const { status, body, origin, attributes } = await call({
        ...scenario,
        answers: [{ text: "response from lambda" }],
        behind: [copying("lambdaResponse")],
      });

      expect(status).toBe(200);
      expect(origin).toBeDefined();
      // Behind the head of a response, there is no step left that could copy what a content has set.
      expect(attributes.get("lambdaResponse")).toBe("response from lambda");
      if (scenario.configuration?.scope !== "RESPONSE_CONTENT")
        expect(body).toBe("response from lambda");
    },
  );

  it("v2 /send-to-consumer: ignores a policy whose scope belongs to the other flow", async () => {
    const { status, body, asked, origin } = await call({
      options: { semantics: "v3", flow: "response" },
      configuration: { ...step, scope: "REQUEST", sendToConsumer: true },
      behind: [copying("lambdaResponse")],
    });

    expect([status, body]).toEqual([200, "noContent"]);
    expect(asked).toEqual([]);
    expect(origin).toBeDefined();
  });

  it("reads credentials and role from the host's secrets", async () => {
    const [, scenario] =
      apis.find(([name]) => name === "v4 /secret-support") ?? [];

    const { asked } = await call({ ...scenario, answers: [{ text: "1" }] });

    expect(asked).toMatchObject([
      {
        operation: "assumeRoleInvoke",
        request: {
          roleArn: vault["/vault/aws:role"],
          roleSessionName: "gravitee",
        },
        connection: {
          region: "us-east-1",
          credentials: {
            accessKeyId: vault["/vault/aws:accessKey"],
            secretAccessKey: vault["/vault/aws:secretKey"],
          },
        },
      },
    ]);
  });
});
