import type { PolicyScope } from "../../../gateway/gravitee/configuration/PolicyConfiguration";
import type { PolicyOptions } from "../../../gateway/gravitee/configuration/PolicyOptions";
import type { Step } from "../../../gateway/route/Step";
import { call, type Scenario } from "./scenario";

const seen = "{#request.content}|{#response.content}|{#response.status}";

const v4 = (flow: "request" | "response"): Partial<PolicyOptions> => ({
  semantics: "v4",
  flow,
});

const v3 = (
  scope: PolicyScope,
  scenario: Scenario = {},
): Scenario & { options: object } => ({
  ...scenario,
  configuration: { scope, ...scenario.configuration },
  options: { semantics: "v3", ...scenario.options },
});

/** Where the function sees the bodies, and where it does not. */
const places: readonly [string, Scenario, string][] = [
  ["v3 REQUEST", v3("REQUEST"), "||"],
  ["v3 REQUEST_CONTENT", v3("REQUEST_CONTENT"), "asked||"],
  ["v3 RESPONSE", v3("RESPONSE"), "||418"],
  ["v3 RESPONSE_CONTENT", v3("RESPONSE_CONTENT"), "|told|418"],
  ["v4 request", { options: v4("request") }, "asked||"],
  ["v4 response", { options: v4("response") }, "asked|told|418"],
];

describe("the time of the invocation", () => {
  it.each(places)(
    "invokes at %s with the bodies that are available",
    async (_, scenario, payload) => {
      const { asked } = await call({
        ...scenario,
        configuration: {
          ...scenario.configuration,
          payload: seen
            .replace("{#response.content}", "{#response?.content}")
            .replace("{#response.status}", "{#response?.status}"),
        },
        request: { method: "POST", body: "asked" },
        response: { status: 418, body: "told" },
      });

      expect(asked.map((each) => each.payload)).toEqual([payload]);
    },
  );

  it("invokes once in the order of the steps: v3 runs all header phases before any content phase", async () => {
    const order: string[] = [];
    const says = (name: string): Step => ({
      name,
      request: () => {
        order.push(name);
        return undefined;
      },
    });
    const noting: Partial<PolicyOptions> = {
      variables: ({ id }) => {
        order.push(id === "" ? "" : "policy");
        return {};
      },
    };

    await call({
      ...v3("REQUEST_CONTENT", { options: noting }),
      behind: [says("behind")],
    });
    await call({
      ...v3("REQUEST", { options: noting }),
      behind: [says("behind")],
    });

    expect(order).toEqual(["behind", "policy", "policy", "behind"]);
  });

  it.each<[PolicyScope, "request" | "response"]>([
    ["REQUEST", "response"],
    ["REQUEST_CONTENT", "response"],
    ["RESPONSE", "request"],
    ["RESPONSE_CONTENT", "request"],
  ])("never invokes for v3 scope %s in the %s flow", async (scope, flow) => {
    const { asked, body } = await call(
      v3(scope, {
        configuration: { sendToConsumer: true },
        options: { flow },
      }),
    );

    expect([asked, body]).toEqual([[], "response from backend"]);
  });

  it.each<[PolicyScope, "request" | "response"]>([
    ["REQUEST", "response"],
    ["RESPONSE_CONTENT", "request"],
  ])("invokes by flow for v4 and ignores the scope %s", async (scope, flow) => {
    const { asked } = await call({
      configuration: { scope },
      options: v4(flow),
    });

    expect(asked).toHaveLength(1);
  });

  it("waits for the function before it runs later steps", async () => {
    const { attributes } = await call({
      configuration: {
        variables: [{ name: "status", value: "{#lambdaResponse.status}" }],
      },
      behind: [
        {
          name: "copies",
          request: ({ attributes }) => {
            attributes.set("copied", attributes.get("status"));
            return undefined;
          },
        },
      ],
    });

    expect(attributes.get("copied")).toBe("200");
  });
});

const answered = {
  request: { method: "POST", body: "asked" },
  response: {
    status: 404,
    headers: ["Content-Type", "text/x", "Content-Length", "21", "X-Kept", "1"],
  },
  answers: [{ text: "from the function" }],
};

const shown = async (scenario: Scenario): Promise<unknown[]> => {
  const { status, headers, body, origin, faults } = await call({
    ...answered,
    ...scenario,
  });
  expect(faults).toEqual([]);
  return [
    status,
    headers.get("content-type"),
    headers.get("x-kept"),
    body,
    origin !== undefined,
  ];
};

const consumer = { sendToConsumer: true };
const ORIGINAL = [404, "text/x", "1", "response from backend", true];

describe("sendToConsumer", () => {
  it.each([
    ["v3 REQUEST", v3("REQUEST")],
    ["v3 REQUEST_CONTENT", v3("REQUEST_CONTENT")],
    ["v3 RESPONSE", v3("RESPONSE")],
    ["v3 RESPONSE_CONTENT", v3("RESPONSE_CONTENT")],
    ["v4 request", { options: v4("request") }],
    ["v4 response", { options: v4("response") }],
  ])(
    "false forwards the origin's response unchanged: %s",
    async (_, scenario) => {
      expect(await shown(scenario)).toEqual(ORIGINAL);
    },
  );

  it.each([
    ["v3 REQUEST", v3("REQUEST", { configuration: consumer })],
    ["v3 REQUEST_CONTENT", v3("REQUEST_CONTENT", { configuration: consumer })],
    ["v4 request", { configuration: consumer, options: v4("request") }],
  ])(
    "true sends the function's response without calling the origin: %s",
    async (_, scenario) => {
      expect(await shown(scenario)).toEqual([
        200,
        undefined,
        undefined,
        "from the function",
        false,
      ]);
    },
  );

  it.each([
    ["v3 RESPONSE", v3("RESPONSE", { configuration: consumer })],
    [
      "v3 RESPONSE_CONTENT",
      v3("RESPONSE_CONTENT", { configuration: consumer }),
    ],
  ])(
    "true replaces the body and keeps the origin's status and headers: %s",
    async (_, scenario) => {
      expect(await shown(scenario)).toEqual([
        404,
        "text/x",
        "1",
        "from the function",
        true,
      ]);
    },
  );

  it("true replaces body and status and keeps other headers in the response flow of v4", async () => {
    expect(
      await shown({ configuration: consumer, options: v4("response") }),
    ).toEqual([200, "text/x", "1", "from the function", true]);
  });

  it("removes the headers of the replaced body", async () => {
    const { headers } = await call({
      ...answered,
      configuration: consumer,
      options: v4("response"),
      response: {
        headers: [
          "Content-Length",
          "21",
          "Content-Encoding",
          "gzip",
          "ETag",
          "e",
        ],
      },
    });

    expect(headers.names()).toEqual([]);
  });

  it("runs later request steps, and response steps see the function's response", async () => {
    const seen: unknown[] = [];
    await call({
      ...answered,
      configuration: consumer,
      behind: [
        {
          name: "looks",
          request: ({ request }) => {
            seen.push(request.method);
            return undefined;
          },
          response: ({ response }) => {
            seen.push(response?.status);
            return undefined;
          },
        },
      ],
    });

    expect(seen).toEqual(["POST", 200]);
  });

  it("calls both functions of two policies and sends the last response", async () => {
    const { body, asked } = await call({
      configuration: consumer,
      more: [{ configuration: consumer }],
      answers: [{ text: "first" }, { text: "second" }],
    });

    expect([body, asked.length]).toEqual(["second", 2]);
  });

  it("sends an API Gateway response unchanged unless responseFormat is proxy", async () => {
    const text =
      '{"statusCode":418,"headers":{"X-Tea":"yes"},"body":"short","isBase64Encoded":false}';
    const scenario = {
      ...answered,
      configuration: consumer,
      answers: [{ text }],
    };

    const plain = await call(scenario);
    const before = await call({
      ...scenario,
      options: { responseFormat: "proxy" },
    });
    const behind = await call({
      ...scenario,
      options: { ...v4("response"), responseFormat: "proxy" },
    });

    expect([plain.status, plain.body]).toEqual([200, text]);
    for (const { status, headers, body } of [before, behind])
      expect([status, headers.get("x-tea"), body]).toEqual([
        418,
        "yes",
        "short",
      ]);
    expect(behind.headers.get("x-kept")).toBe("1");
  });

  it.each([
    '{"statusCode":"ok"}',
    '{"statusCode":200,"body":{}}',
    '{"statusCode":200,"headers":{"X-A":"a\\r\\nb"}}',
    "no JSON",
    '{"statusCode":99}',
  ])("fails for an invalid proxy response: %s", async (text) => {
    const { status, body, failures } = await call({
      configuration: consumer,
      options: { responseFormat: "proxy" },
      answers: [{ text }],
    });

    expect([status, body]).toEqual([
      500,
      "An error occurs while invoking lambda function.",
    ]);
    expect(failures).toHaveLength(1);
  });

  it("fails for a proxy response with too many values", async () => {
    const { status, failures } = await call({
      configuration: consumer,
      options: { responseFormat: "proxy" },
      answers: [{ text: `[${"1,".repeat(100_001)}1]` }],
    });

    expect(status).toBe(500);
    expect(failures).toHaveLength(1);
  });
});

describe("invocationType", () => {
  it.each([
    ["RequestResponse", 200, "out"],
    ["Event", 202, ""],
    ["DryRun", 204, ""],
  ])("%s returns %d", async (invocationType, status, content) => {
    const outcome = await call({
      configuration: {
        invocationType,
        ...consumer,
        variables: [
          { name: "status", value: "{#lambdaResponse.status}" },
          { name: "content", value: "{#lambdaResponse.content}" },
        ],
      },
      answers: [{ text: content }],
    });

    expect([outcome.status, outcome.body]).toEqual([status, content]);
    expect(outcome.attributes.get("status")).toBe(String(status));
    expect(outcome.attributes.get("content")).toBe(content);
  });

  it.each(["Event", "DryRun"])(
    "%s has no JSON, which fails for v4 and is skipped by v3",
    async (invocationType) => {
      const configuration = {
        invocationType,
        variables: [
          { name: "a", value: "{#jsonPath(#lambdaResponse.content, '$.a')}" },
          { name: "b", value: "set" },
        ],
      };

      const four = await call({
        configuration,
        options: { details: "shown" },
      });
      const three = await call({
        configuration,
        options: { semantics: "v3" },
      });

      expect(four.status).toBe(500);
      expect(four.body).toMatch(/processing context variables.*Expression: /);
      expect([three.status, three.attributes.get("b")]).toEqual([200, "set"]);
      expect(three.attributes.has("a")).toBe(false);
    },
  );
});
