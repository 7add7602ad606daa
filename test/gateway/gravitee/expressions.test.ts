import { call, type Scenario } from "./scenario";

const FIXED = {
  method: "POST",
  url: "/orders/7?sku=A-17&size=1&size=2",
  headers: ["X-Tier", "gold", "x-multi", "1", "X-Multi", "2"],
};

/** What a payload of one expression comes to. */
async function evaluated(
  expression: string,
  scenario: Scenario = {},
): Promise<string | undefined> {
  const { asked, failures } = await call({
    request: FIXED,
    ...scenario,
    configuration: { payload: `{${expression}}`, ...scenario.configuration },
  });
  expect(failures).toEqual([]);
  return asked.at(-1)?.payload;
}

describe("#request", () => {
  it.each([
    ["method", "POST"],
    ["uri", "/shop/orders/7?sku=A-17&size=1&size=2"],
    ["path", "/shop/orders/7"],
    ["paths", ",shop,orders,7"],
    ["paths[2]", "orders"],
    ["pathInfo", "/orders/7"],
    ["pathInfos", ",orders,7"],
    ["contextPath", "/shop/"],
    ["scheme", "https"],
    ["host", "api.globex.example"],
    ["remoteAddress", "198.51.100.24"],
    ["localAddress", "10.0.0.1"],
    ["version", "HTTP_1_1"],
    ["params['sku']", "A-17"],
    ["params.sku", "A-17"],
    ["params['size']", "1,2"],
    ["params['size'][1]", "2"],
    ["params.getFirst('size')", "1"],
    ["params['none'] == null", "true"],
    ["pathParams['id']", "7"],
    ["headers['X-Tier']", "gold"],
    ["headers['x-tier'][0]", "gold"],
    ["headers['X-MULTI']", "1,2"],
    ["headers.getFirst('X-Multi')", "1"],
    ["headers['None'] == null", "true"],
    ["ssl['clientDn']", "CN=globex"],
    ["timestamp > 1700000000000", "true"],
    ["id == #request.transactionId", "true"],
    ["id.length()", "36"],
  ])("has the property %s", async (property, text) => {
    const scenario: Scenario = {
      native: { httpVersion: "1.1", socket: { localAddress: "10.0.0.1" } },
      options: {
        variables: () => ({
          pathParams: { id: "7" },
          ssl: { clientDn: "CN=globex" },
        }),
      },
    };

    expect(await evaluated(`#request.${property}`, scenario)).toBe(text);
  });

  it.each([
    ["content", '{"a":{"b":[1,2.50,"x"]}}', '{"a":{"b":[1,2.50,"x"]}}'],
    ["jsonContent.a.b[0]", '{"a":{"b":[1,2.50,"x"]}}', "1"],
    ["jsonContent.a.b[1]", '{"a":{"b":[1,2.50,"x"]}}', "2.5"],
    ["jsonContent['a']['b']", '{"a":{"b":[1,2.50,"x"]}}', "1,2.5,x"],
    ["jsonContent.size()", "no JSON", "0"],
    ["jsonContent.size()", "", "0"],
    ["xmlContent.b", "<a><b>7</b></a>", "7"],
    ["xmlContent['b'][1]", "<a><b>7</b><b>8</b></a>", "8"],
    ["xmlContent['c']['d']", '<a><c e="f"><d>9</d></c></a>', "9"],
    ["xmlContent['c']['e']", '<a><c e="f"><d>9</d></c></a>', "f"],
    ["xmlContent['']", "<a>7</a>", "7"],
    ["xmlContent.size()", "<a", "0"],
    ["xmlContent.size()", "", "0"],
  ])("evaluates %s of the body %j", async (property, body, text) => {
    expect(
      await evaluated(`#request.${property}`, { request: { ...FIXED, body } }),
    ).toBe(text);
  });

  it.each([
    [
      "jsonContent",
      `{"a":1,"p":[${'{"a":1},'.repeat(300_000)}{}]}`,
      /exceeded the limit of (\d+ bytes|50 ms)/,
    ],
    [
      "xmlContent",
      `<r><a>1</a>${"<b>1</b>".repeat(200_000)}</r>`,
      /exceeded the limit of (\d+ bytes|50 ms)/,
    ],
    ["xmlContent", "<!DOCTYPE r><r><a>1</a></r>", /document type/],
  ])(
    "fails when the body is too large for %s, so that it cannot bypass a condition",
    async (property, body, reason) => {
      const { status, failures } = await call({
        options: { condition: `{#request.${property}.a == 1}` },
        request: { method: "POST", body },
      });

      expect(status).toBe(500);
      expect(String(failures[0]?.error.cause)).toMatch(reason);
    },
  );

  it("forwards the whole body to the origin after the policy has read it", async () => {
    const { origin } = await call({
      configuration: { payload: "{#request.content}" },
      request: { method: "POST", body: "body" },
    });

    expect(Buffer.from((await origin?.body.read(9)) ?? []).toString()).toBe(
      "body",
    );
  });

  it("contains the changes of earlier steps", async () => {
    const text = await evaluated("#request.headers['X-New'][0]", {
      ahead: [
        {
          name: "sets",
          request: () => ({ change: { setHeaders: { "X-New": "yes" } } }),
        },
      ],
    });

    expect(text).toBe("yes");
  });
});

describe("#response", () => {
  it.each([
    ["status", "418"],
    ["headers['X-Tea'][0]", "yes"],
    ["content", '{"a":1}'],
    ["jsonContent.a", "1"],
  ])("has %s in the response flow", async (property, text) => {
    expect(
      await evaluated(`#response.${property}`, {
        options: { flow: "response" },
        response: { status: 418, headers: ["X-Tea", "yes"], body: '{"a":1}' },
      }),
    ).toBe(text);
  });

  it("is null before the origin responds", async () => {
    expect(await evaluated("#response == null")).toBe("true");
  });
});

describe("the host's variables", () => {
  it.each([
    ["#api.id", "a1"],
    ["#api.properties['colour']", "red"],
    ["#properties['colour']", "red"],
    ["#dictionaries['cities']['ber']", "Berlin"],
    ["#endpoints['main']", "http://main"],
    ["#node.zone", "eu"],
    ["#subscription.metadata['tier']", "gold"],
    ["#context.attributes['application']", "app-1"],
    ["#context.attributes['plan']", "free"],
    ["#context.attributes['gravitee.attribute.plan']", "free"],
    ["#context.attributes['nope'] == null", "true"],
  ])("evaluates %s", async (expression, text) => {
    expect(
      await evaluated(expression, {
        options: {
          variables: () =>
            Promise.resolve({
              api: { id: "a1" },
              properties: { colour: "red" },
              dictionaries: { cities: { ber: "Berlin" } },
              endpoints: { main: "http://main" },
              node: { zone: "eu" },
              subscription: { metadata: { tier: "gold" } },
            }),
        },
        ahead: [
          {
            name: "knows",
            request: ({ attributes }) => {
              attributes.set("application", "app-1");
              attributes.set("gravitee.attribute.plan", "free");
              return undefined;
            },
          },
        ],
      }),
    ).toBe(text);
  });

  it("evaluates a variable that the host does not provide to null", async () => {
    for (const name of ["api", "dictionaries", "node", "subscription"])
      expect(await evaluated(`#${name} == null`)).toBe("true");
  });

  it("does not read a body that no expression uses", async () => {
    const { origin } = await call({
      configuration: { payload: "{#request.method}" },
      request: { method: "POST", body: "longer than it may be" },
      options: { bodyLimit: 1 },
    });

    expect(origin).toBeDefined();
  });
});

describe("#lambdaResponse", () => {
  const variables = (value: string): Scenario => ({
    configuration: { variables: [{ name: "a", value }] },
    answers: [{ text: '{"level":5}', log: "START" }],
  });

  it.each([
    ["{#lambdaResponse.status}", "200"],
    ["{#lambdaResponse.content}", '{"level":5}'],
    ["{#jsonPath(#lambdaResponse.content, '$.level')}", "5"],
    ["{#jsonPath(#lambdaResponse.content, '$.level') + 20}", "25"],
    ["{#lambdaResponse.log}", "START"],
    ["{#lambdaResponse.functionError}", null],
    ["{#lambdaResponse.executedVersion}", null],
    ["{#lambdaResponse.requestId}", null],
  ])("%s is %j", async (value, text) => {
    const { attributes } = await call(variables(value));

    expect(attributes.get("a")).toBe(text);
  });

  it("is null before the first call and then the response of the last call", async () => {
    const payload = "{#lambdaResponse?.content}";
    const { asked } = await call({
      configuration: { payload },
      more: [{ configuration: { payload } }, { configuration: { payload } }],
      answers: [{ text: "first" }, { text: "second" }, {}],
    });

    expect(asked.map((each) => each.payload)).toEqual([
      undefined,
      "first",
      "second",
    ]);
  });

  it("is available in the response flow", async () => {
    const { asked } = await call({
      more: [
        {
          configuration: { payload: "{#lambdaResponse.content}" },
          options: { flow: "response" },
        },
      ],
      answers: [{ text: "before" }, {}],
    });

    expect(asked.at(-1)?.payload).toBe("before");
  });
});

describe("variables", () => {
  it("sets variables in order as strings, each after the previous ones", async () => {
    const { attributes } = await call({
      configuration: {
        variables: [
          { name: "number", value: "{1 + 1}" },
          { name: "twice", value: "{#context.attributes['number'] + '0'}" },
          { name: "flag", value: "{(1 == 1)}" },
          { name: "plain", value: "as it is" },
          { name: "none", value: null },
          { name: "absent" },
          { name: "null", value: "{#context.attributes['nope']}" },
          { name: "mixed", value: "<{#context.attributes['nope']}>" },
        ],
      },
    });

    expect([...attributes]).toEqual([
      ["number", "{1 + 1}"],
      ["twice", "{1 + 1}0"],
      ["flag", "true"],
      ["plain", "as it is"],
      ["none", null],
      ["absent", null],
      ["null", null],
      ["mixed", "<>"],
    ]);
  });

  it("sets variables whether or not sendToConsumer is true", async () => {
    const { attributes, body } = await call({
      configuration: {
        sendToConsumer: true,
        variables: [{ name: "a", value: "{#lambdaResponse.content}" }],
      },
      answers: [{ text: "out" }],
    });

    expect([attributes.get("a"), body]).toEqual(["out", "out"]);
  });

  const three = {
    variables: [
      { name: "first", value: "1" },
      { name: "second", value: "{#api.nope}" },
      { name: "third", value: "3" },
    ],
  };

  it("ends the exchange at the first variable of v4 that fails and keeps those before it", async () => {
    const { attributes, status, origin } = await call({ configuration: three });

    expect([...attributes]).toEqual([["first", "1"]]);
    expect([status, origin]).toEqual([500, undefined]);
  });

  it("skips each variable of v3 that fails and reports it to the host", async () => {
    const { attributes, status, failures } = await call({
      configuration: three,
      options: { semantics: "v3" },
    });

    expect([...attributes.keys()]).toEqual(["first", "third"]);
    expect(status).toBe(200);
    expect(failures).toMatchObject([
      {
        isSuppressed: true,
        error: { key: "AWS_LAMBDA_TEMPLATE_VARIABLE_EXCEPTION" },
      },
    ]);
  });

  it("reads a body that nothing has read before for a variable", async () => {
    const { attributes } = await call({
      configuration: {
        variables: [{ name: "a", value: "{#request.jsonContent.b}" }],
      },
      request: { method: "POST", body: '{"b":"c"}' },
    });

    expect(attributes.get("a")).toBe("c");
  });
});

describe("options", () => {
  it("evaluates every option of v4 as a template", async () => {
    const { asked } = await call({
      request: FIXED,
      configuration: {
        region: "{#request.params['r'] ?: 'eu-west-1'}",
        function: "orders-{#request.headers['X-Tier'][0]}",
        qualifier: "{#request.params['sku'][0]}",
        invocationType: "{#request.method == 'POST' ? 'Event' : 'DryRun'}",
        logType: "{(1 == 1) ? 'Tail' : 'None'}",
        roleArn: "arn:aws:iam::222233334444:role/{#request.pathInfos[1]}",
        roleSessionName: "{#request.host.replace('.', '-')}",
        payload: "{#request.params['size']}",
      },
    });

    expect(asked).toMatchObject([
      {
        connection: { region: "eu-west-1" },
        request: {
          functionName: "orders-gold",
          qualifier: "A-17",
          invocationType: "Event",
          logType: "Tail",
          roleArn: "arn:aws:iam::222233334444:role/orders",
          roleSessionName: "api-globex-example",
        },
        payload: "1,2",
      },
    ]);
  });

  it("evaluates every option of v3 as a template", async () => {
    expect(
      await evaluated("#request.method", { options: { semantics: "v3" } }),
    ).toBe("POST");
  });

  it("omits an option that evaluates to null", async () => {
    const { asked } = await call({
      configuration: {
        qualifier: "{#request.params['q']}",
        payload: "{#request.params['q']}",
      },
    });

    expect(asked[0]?.payload).toBeUndefined();
    expect(asked[0]?.request).not.toHaveProperty("qualifier");
  });

  it("prefers the attribute that overrides an option", async () => {
    const { asked } = await call({
      request: FIXED,
      configuration: { function: "f", readTimeoutMs: 5 },
      ahead: [
        {
          name: "overrides",
          request: ({ attributes }) => {
            const set = (name: string, value: unknown): void => {
              attributes.set(`gravitee.attributes.secret.aws.${name}`, value);
            };
            set("function", "g");
            set("payload", "new");
            set("readTimeoutMs", "7");
            set("ssl.trustAll", true);
            return undefined;
          },
        },
      ],
    });

    expect(asked).toMatchObject([
      {
        request: { functionName: "g" },
        payload: "new",
        options: { timeoutMs: 7 },
        connection: { rejectUnauthorized: false },
      },
    ]);
  });

  it.each<[string, unknown]>([
    ["function", 7],
    ["payload", { a: 1 }],
    ["ssl.trustAll", "on"],
    ["readTimeoutMs", "soon"],
    ["readTimeoutMs", 1.5],
  ])("refuses an attribute that is invalid for %s", async (name, value) => {
    const { body } = await call({
      options: { details: "shown" },
      ahead: [
        {
          name: "overrides",
          request: ({ attributes }) => {
            attributes.set(`gravitee.attributes.secret.aws.${name}`, value);
            return undefined;
          },
        },
      ],
    });

    expect(body).toContain("Invalid configuration");
  });

  it.each([
    ["payload", "payload"],
    ["function", "functionName"],
    ["qualifier", "qualifier"],
    ["invocationType", "invocationType"],
    ["logType", "logType"],
    ["roleArn", "roleArn"],
    ["region", "region"],
    ["endpoint", "endpoint"],
  ])(
    "does not evaluate the text of a client that overrides %s",
    async (option, field) => {
      const text =
        "{#context.attributes['jwt']}{(1+1)}{T(java.lang.Math).abs(1)}";

      const { asked, failures } = await call({
        configuration: {
          variables: [
            {
              name: `gravitee.attributes.secret.aws.${option}`,
              value: "{#request.headers['X-Text'][0]}",
            },
            { name: "jwt", value: "HOST-SECRET-4711" },
          ],
        },
        more: [
          {
            configuration: { roleArn: "arn:aws:iam::222233334444:role/r" },
            options: { honourEndpoint: true },
          },
        ],
        request: { headers: ["X-Text", text] },
      });

      const { request = {}, payload, connection = {} } = asked[1] ?? {};
      expect(failures).toEqual([]);
      expect({ ...connection, ...request, payload }).toMatchObject({
        [field]: text,
      });
    },
  );

  it("does not evaluate text that a template inserts", async () => {
    const text = "{#context.attributes['jwt']}";
    const inserted = "{#request.headers['X-Text'][0]}";

    const { asked, attributes, body } = await call({
      answers: [{ text }, { text, functionError: "Unhandled" }],
      configuration: {
        payload: inserted,
        function: inserted,
        variables: [
          { name: "jwt", value: "HOST-SECRET-4711" },
          { name: "header", value: inserted },
          { name: "response", value: "{#lambdaResponse.content}" },
          { name: text, value: "named" },
        ],
      },
      more: [
        {
          configuration: { payload: "{#context.attributes['response']}" },
          options: {
            responseTemplates: {
              DEFAULT: { "*/*": { body: `${inserted} {#error.message}` } },
            },
          },
        },
      ],
      request: { headers: ["X-Text", text] },
    });

    expect(asked).toMatchObject([
      { payload: text, request: { functionName: text } },
      { payload: text },
    ]);
    expect(attributes.get("header")).toBe(text);
    expect(attributes.get(text)).toBe("named");
    expect(body).toBe(
      `${text} An error occurs while invoking lambda function.`,
    );
  });

  it("uses one connector for equal connections", async () => {
    const { asked } = await call({
      configuration: { region: "eu-west-1", payload: "{#request.id}" },
      times: 3,
    });

    expect(new Set(asked.map(({ connection }) => connection)).size).toBe(1);
    expect(new Set(asked.map(({ payload }) => payload)).size).toBe(3);
  });

  it("inserts values into a payload unescaped, or escaped for JSON when asked", async () => {
    const scenario: Scenario = {
      configuration: { payload: `{"sku":"{#request.params['s'][0]}"}` },
      request: { url: `/?s=${encodeURIComponent('","admin":"yes')}` },
    };

    const as = await call(scenario);
    const escaped = await call({ ...scenario, options: { escape: "json" } });

    expect(JSON.parse(as.asked[0]?.payload ?? "")).toEqual({
      sku: "",
      admin: "yes",
    });
    expect(JSON.parse(escaped.asked[0]?.payload ?? "")).toEqual({
      sku: '","admin":"yes',
    });
  });
});
