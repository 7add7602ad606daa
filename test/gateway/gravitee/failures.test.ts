import {
  CredentialsError,
  DeadlineError,
  ServiceError,
  TransportError,
} from "../../../src";
import type { PolicyOptions } from "../../../gateway/gravitee/configuration/PolicyOptions";
import type { ResponseTemplates } from "../../../gateway/gravitee/configuration/ResponseTemplates";
import { call, type Answering, type Scenario } from "./scenario";

const refusal = (httpStatus: number, cause?: Error): ServiceError =>
  new ServiceError({
    operation: "InvokeFunction",
    message: "InvokeFunction: AWS returned an error.",
    retryable: false,
    httpStatus,
    serviceCode: "Refused",
    requestId: "b2c9",
    cause,
  });

const failing = { functionError: "Unhandled", text: '{"errorType":"Boom"}' };
const MESSAGE = "An error occurs while invoking lambda function.";
const details = (text: string): string => `${MESSAGE} Details: [${text}]`;

const AWS = (httpStatus: number, words: string): Answering => ({
  thrown: refusal(httpStatus, new Error(words)),
});

/** Gravitee's error table, row by row: the scenario, and the status, key and message that it leads to. */
const rows: readonly [string, Scenario, number, string, string][] = [
  [
    "AWS refuses with 403",
    { answers: [AWS(403, "Not authorized")] },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details(
      "Not authorized (Service: Lambda, Status Code: 403, Request ID: b2c9)",
    ),
  ],
  [
    "there is no such function",
    { answers: [AWS(404, "Function not found")] },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details(
      "Function not found (Service: Lambda, Status Code: 404, Request ID: b2c9)",
    ),
  ],
  [
    "AWS throttles",
    { answers: [AWS(429, "Rate Exceeded.")] },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details(
      "Rate Exceeded. (Service: Lambda, Status Code: 429, Request ID: b2c9)",
    ),
  ],
  [
    "AWS says nothing with its refusal",
    { answers: [{ thrown: refusal(403) }] },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("null (Service: Lambda, Status Code: 403, Request ID: b2c9)"),
  ],
  [
    "the function throws",
    { answers: [failing] },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    MESSAGE,
  ],
  [
    "the function fails in a way that Gravitee does not know",
    { answers: [{ ...failing, functionError: "Unheard-of" }] },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    MESSAGE,
  ],
  [
    "the status is not a success",
    { answers: [{ status: 302 }] },
    400,
    "AWS_LAMBDA_INVALID_STATUS_CODE",
    "Invalid status code from lambda function response.",
  ],
  [
    "the role is refused",
    {
      answers: [
        {
          thrown: new CredentialsError({
            operation: "AssumeRoleInvoke",
            message: "AssumeRoleInvoke: the role could not be assumed.",
            retryable: false,
            cause: refusal(403, new Error("not authorized to AssumeRole")),
          }),
        },
      ],
    },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details(
      "not authorized to AssumeRole (Status Code: 403, Request ID: b2c9)",
    ),
  ],
  [
    "the AWS host is not found",
    {
      answers: [
        {
          thrown: new TransportError({
            operation: "InvokeFunction",
            message: "InvokeFunction: the host was not found; look there.",
            retryable: true,
            cause: new Error("getaddrinfo ENOTFOUND lambda.example"),
          }),
        },
      ],
    },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("getaddrinfo ENOTFOUND lambda.example"),
  ],
  [
    "time runs out",
    {
      answers: [
        {
          thrown: new DeadlineError({
            operation: "InvokeFunction",
            message: "InvokeFunction: there was no response within 5 ms.",
            retryable: false,
            reason: "timeout",
            timeoutMs: 5,
          }),
        },
      ],
    },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("no response within 5 ms"),
  ],
  [
    "an option cannot be evaluated",
    { configuration: { qualifier: "{#api.nope}" } },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("Invalid configuration"),
  ],
  [
    "the payload cannot be evaluated",
    { configuration: { payload: "a {#api.nope}" } },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("Invalid configuration"),
  ],
  [
    "the condition cannot be evaluated",
    { options: { condition: "{#api.nope}" } },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("Invalid configuration"),
  ],
  [
    "the trust store that an expression names is not there",
    {
      configuration: {
        ssl: {
          trustStoreType: "PEM",
          trustStorePath: "/no/{#request.method}",
        },
      },
    },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("Failed to configure SSL truststore for AWS Lambda policy"),
  ],
  [
    "a body is longer than expressions may read",
    {
      configuration: { payload: "{#request.content}" },
      request: { body: "long" },
      options: { bodyLimit: 3 },
    },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("Invalid configuration"),
  ],
  [
    "the host does not know what it is asked",
    {
      options: {
        variables: () => {
          throw new Error("the database is away");
        },
      },
    },
    500,
    "AWS_LAMBDA_INVALID_RESPONSE",
    details("Invalid configuration"),
  ],
  [
    "a variable cannot be evaluated",
    { configuration: { variables: [{ name: "a", value: "{#api.nope}" }] } },
    500,
    "AWS_LAMBDA_TEMPLATE_VARIABLE_EXCEPTION",
    "An error occurs while processing context variables. Details: [Expression: #api.nope failed with message ",
  ],
];

const NULL = "{#context.attributes['none']}";

const overridden = (
  values: string | Readonly<Record<string, unknown>>,
  value?: unknown,
): Scenario => ({
  ahead: [
    {
      name: "overrides",
      request: ({ attributes }) => {
        const all = typeof values === "string" ? { [values]: value } : values;
        for (const [name, each] of Object.entries(all))
          attributes.set(`gravitee.attributes.secret.aws.${name}`, each);
        return undefined;
      },
    },
  ],
});

/** With the details, as Gravitee sends them. */
const shown = (scenario: Scenario): Scenario => ({
  ...scenario,
  options: { ...scenario.options, details: "shown" },
});

describe("a failure of the policy", () => {
  it.each(rows)(
    "stops before the origin and reports to the host when %s",
    async (...row) => {
      const [, scenario, status, key, text] = row;
      const outcome = await call(shown(scenario));

      expect(outcome.status).toBe(status);
      expect(outcome.body.slice(0, text.length)).toBe(text);
      expect(outcome.origin).toBeUndefined();
      expect(outcome.failures).toMatchObject([
        { error: { key, status, name: "PolicyError" }, isSuppressed: false },
      ]);
      expect(outcome.faults).toEqual([]);
    },
  );

  it.each(rows)(
    "replaces the origin's response when %s",
    async (_, scenario, status) => {
      const outcome = await call({
        ...scenario,
        options: { ...scenario.options, flow: "response" },
        ...(scenario.request && {
          configuration: { payload: "{#response.content}" },
        }),
      });

      expect(outcome.status).toBe(status);
      expect(outcome.body).not.toContain("backend");
      expect(outcome.origin).toBeDefined();
    },
  );

  it.each(rows)(
    "forwards traffic with failSafe when %s",
    async (_, scenario) => {
      const outcome = await call({
        ...scenario,
        options: { ...scenario.options, failSafe: true },
      });

      expect([outcome.status, outcome.body]).toEqual([
        200,
        "response from backend",
      ]);
      expect(outcome.failures).toMatchObject([{ isSuppressed: true }]);
    },
  );

  it.each(rows)(
    "sends no details to the client, unless details is shown, when %s",
    async (_, scenario) => {
      const { body, failures } = await call(scenario);

      expect(body).not.toContain("Details");
      expect(failures[0]?.error.message).not.toContain("Details");
    },
  );

  it("does not affect traffic when onFailure fails", async () => {
    const onFailures: NonNullable<PolicyOptions["onFailure"]>[] = [
      () => {
        throw new Error("the log is full");
      },
      () => Promise.reject(new Error("the log is away")),
    ];

    for (const onFailure of onFailures) {
      const { status } = await call({
        answers: [failing],
        options: { onFailure, failSafe: true },
      });
      expect(status).toBe(200);
    }
  });

  it.each<[string, Scenario]>([
    ["accessKey", { configuration: { accessKey: NULL, secretKey: "s" } }],
    ["secretKey", { configuration: { accessKey: "AKIA", secretKey: NULL } }],
    ["roleArn", { configuration: { roleArn: NULL } }],
    [
      "roleArn",
      {
        configuration: { roleArn: "{#secrets.get('/a')}" },
        options: { secrets: () => undefined as never },
      },
    ],
    ["roleArn", overridden("roleArn", null)],
    ["accessKey", overridden("accessKey", "")],
    ["secretKey", overridden({ accessKey: "AKIA", secretKey: "" })],
  ])(
    "never calls with other credentials when %s evaluates to an empty string: %#",
    async (name, scenario) => {
      const { asked, failures, status } = await call(scenario);

      expect([asked, status]).toEqual([[], 500]);
      expect(String(failures[0]?.error.cause)).toContain(`${name} is empty`);
    },
  );

  const PREFIX = "gravitee.attributes.secret.aws.";
  const own = { accessKey: "AKIAHOST", secretKey: "host" };
  const TOGETHER = `the attributes ${PREFIX}accessKey and ${PREFIX}secretKey must be set together`;
  const NO_OPTION =
    "overrides no option; the options of the identity are accessKey, secretKey, roleArn, roleSessionName";

  it.each<[string, Scenario, string]>([
    [
      "accessKey without secretKey",
      overridden({ accessKey: "AKIATENANT" }),
      TOGETHER,
    ],
    [
      "secretKey without accessKey",
      overridden({ secretKey: "tenant" }),
      TOGETHER,
    ],
    [
      "accessKey, next to the configuration's own pair",
      { ...overridden({ accessKey: "AKIATENANT" }), configuration: own },
      TOGETHER,
    ],
    [
      "secretKey, next to the configuration's own pair",
      { ...overridden({ secretKey: "tenant" }), configuration: own },
      TOGETHER,
    ],
    [
      "a session token, which Gravitee does not know",
      overridden({ sessionToken: "token" }),
      `the attribute ${PREFIX}sessionToken ${NO_OPTION}`,
    ],
    [
      "a role in another spelling",
      overridden({ roleARN: "arn:aws:iam::222233334444:role/r" }),
      `the attribute ${PREFIX}roleARN ${NO_OPTION}`,
    ],
    [
      "a session name without a role",
      overridden({ roleSessionName: "tenant" }),
      `the attribute ${PREFIX}roleSessionName requires roleArn`,
    ],
    [
      "ssl.trustAll with another value",
      overridden({ "ssl.trustAll": "yes" }),
      `the attribute ${PREFIX}ssl.trustAll must be true or false`,
    ],
  ])(
    "is a part of an identity, and calls nothing, when attributes override %s",
    async (_, scenario, reason) => {
      const { asked, failures, status, body } = await call(scenario);

      expect([asked, status, body]).toEqual([[], 500, MESSAGE]);
      expect((failures[0]?.error.cause as Error).message).toBe(reason);
    },
  );

  it("does not occur when attributes override a whole identity", async () => {
    const { asked } = await call({
      ...overridden({
        accessKey: "AKIATENANT",
        secretKey: "tenant",
        roleArn: "arn:aws:iam::222233334444:role/r",
        roleSessionName: "tenant",
        "ssl.trustAll": "false",
      }),
      configuration: { ...own, ssl: { trustAll: true } },
    });

    expect(asked).toMatchObject([
      {
        operation: "assumeRoleInvoke",
        connection: {
          credentials: { accessKeyId: "AKIATENANT", secretAccessKey: "tenant" },
        },
        request: { roleSessionName: "tenant" },
      },
    ]);
    expect(asked[0]?.connection).not.toHaveProperty("rejectUnauthorized");
  });

  it("does not occur when the condition is false: nothing is invoked, read or looked up", async () => {
    const never = (): never => {
      throw new Error("asked");
    };
    const { status, failures } = await call({
      configuration: {
        payload: "{#request.content}{#api.id}",
        roleArn: "{#secrets.get('/a')}",
      },
      request: { method: "POST", body: "longer" },
      options: {
        condition: "{#request.method == 'PUT'}",
        bodyLimit: 5,
        variables: never,
        secrets: never,
      },
    });

    expect([status, failures]).toEqual([200, []]);
  });

  it("does not occur when the condition is true by the host's variables", async () => {
    const { asked } = await call({
      options: {
        condition: "{#api.id == 'a1'}",
        variables: () => ({ api: { id: "a1" } }),
      },
    });

    expect(asked).toHaveLength(1);
  });

  it("reports policy, option and function error to the host", async () => {
    const named = await call({
      options: { name: "stock" },
      configuration: { qualifier: "{#api.nope}" },
    });
    const unnamed = await call({ answers: [failing] });

    expect(named.failures).toMatchObject([{ policy: "stock" }]);
    expect(String(named.failures[0]?.error.cause)).toMatch(/qualifier: line 1/);
    expect(unnamed.failures).toMatchObject([
      {
        policy: "aws-lambda",
        error: {
          cause: {
            code: "ERR_FUNCTION",
            response: { payloadText: failing.text },
          },
        },
      },
    ]);
  });

  it.each([5, { apis: {} }, "text"])(
    "occurs when the host returns invalid variables: %j",
    async (known) => {
      const { failures } = await call({
        options: { variables: () => known as never },
      });

      expect(String(failures[0]?.error.cause)).toContain(
        "variables must return",
      );
    },
  );

  it("sets neither #lambdaResponse nor variables after a failure", async () => {
    const { attributes } = await call({
      configuration: { variables: [{ name: "a", value: "b" }] },
      answers: [failing],
      options: { failSafe: true },
      more: [{ configuration: { payload: "{#lambdaResponse?.status}" } }],
    });

    expect(attributes.size).toBe(0);
  });

  it("continues after a function error when configured, and passes it to later steps", async () => {
    const { attributes, status } = await call({
      configuration: {
        variables: [
          { name: "error", value: "{#lambdaResponse.functionError}" },
          { name: "content", value: "{#lambdaResponse.content}" },
        ],
      },
      answers: [failing],
      options: { onFunctionError: "continue" },
    });

    expect(status).toBe(200);
    expect([...attributes]).toEqual([
      ["error", "Unhandled"],
      ["content", failing.text],
    ]);
  });
});

describe("the failure response", () => {
  const written = async (
    accept: string | undefined,
    responseTemplates?: ResponseTemplates,
    answers: readonly Answering[] = [failing],
  ): Promise<unknown[]> => {
    const { status, headers, body } = await call({
      answers,
      request: { headers: accept === undefined ? [] : ["Accept", accept] },
      options: { ...(responseTemplates && { responseTemplates }) },
    });
    return [status, headers.get("content-type"), body];
  };
  const JSON_TEXT = JSON.stringify({ message: MESSAGE, http_status_code: 500 });

  it.each([
    ["application/json", "application/json", JSON_TEXT],
    ["*/*", "application/json", JSON_TEXT],
    ["text/html, application/json;q=0.1", "application/json", JSON_TEXT],
    ["text/html", "text/plain", MESSAGE],
    [undefined, "text/plain", MESSAGE],
    ["", "text/plain", MESSAGE],
    ["nonsense", "text/plain", MESSAGE],
  ])("for Accept %j is sent as %s", async (accept, type, body) => {
    expect(await written(accept)).toEqual([500, type, body]);
  });

  const templates: ResponseTemplates = {
    AWS_LAMBDA_INVALID_RESPONSE: {
      "application/json": {
        status: 503,
        headers: { "X-Key": "a", "Retry-After": "1" },
        body: '{"key":"{#error.key}","status":{#error.statusCode}}',
      },
      "text/xml": { body: "<e>{#xmlEscape(#error.message)}</e>" },
      "*/*": {
        body: "{#parameters['function']} {#error.parameters['region']} {#request.method}",
      },
    },
    DEFAULT: { "*/*": { status: 599, headers: { "Content-Type": "x/y" } } },
  };

  it.each([
    [
      "application/json",
      503,
      "application/json",
      '{"key":"AWS_LAMBDA_INVALID_RESPONSE","status":500}',
    ],
    [
      "text/xml;q=0.9, application/json;q=0.1",
      500,
      "text/xml",
      `<e>${MESSAGE}</e>`,
    ],
    ["text/css", 500, "text/css", "lambda-example us-east-1 GET"],
    ["*/*", 500, undefined, "lambda-example us-east-1 GET"],
    [undefined, 500, undefined, "lambda-example us-east-1 GET"],
  ])("uses the host's template for Accept %j", async (accept, ...answer) => {
    expect(await written(accept, templates)).toEqual(answer);
  });

  it("uses the template for all error keys with its content type", async () => {
    expect(await written("a/b", templates, [{ status: 302 }])).toEqual([
      599,
      "x/y",
      "",
    ]);
  });

  it("is the default when no template matches or the matching one fails", async () => {
    const none = { AWS_LAMBDA_INVALID_RESPONSE: { "text/css": {} } };
    const broken = { DEFAULT: { "*/*": { body: "{#api.nope}" } } };

    expect(await written("text/xml", none)).toEqual([
      500,
      "text/plain",
      MESSAGE,
    ]);
    expect(await written("text/xml", broken)).toEqual([
      500,
      "text/plain",
      MESSAGE,
    ]);
  });

  it.each<[string, Partial<Scenario>, Record<string, string>]>([
    [
      "a function's error",
      { answers: [failing] },
      { function: "lambda-example", region: "us-east-1", error: "Unhandled" },
    ],
    [
      "a bad status",
      { answers: [{ status: 302 }] },
      { function: "lambda-example", region: "us-east-1" },
    ],
    [
      "an exception",
      { answers: [{ thrown: refusal(403) }] },
      { function: "lambda-example", region: "us-east-1" },
    ],
  ])(
    "passes the parameters of %s to the template",
    async (_, scenario, parameters) => {
      const { failures } = await call(scenario);

      expect(failures[0]?.error.parameters).toEqual(parameters);
    },
  );
});
