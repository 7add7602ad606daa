import { call, configured, type World } from "./world";

const IDS = { packageKey: "", serviceId: "svc81hh2k", endpointId: "ep44tt09x" };
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

async function inputOf(
  world: World,
): Promise<Record<string, unknown> | undefined> {
  const { inputs, faults } = await call(world);
  expect(faults).toEqual([]);
  return inputs[0];
}

describe("what a function is given", () => {
  it("is, where nothing is selected, the point, the mode and the ids", async () => {
    expect(await inputOf({ pre: configured("synchronicity:event") })).toEqual({
      point: "PreProcessor",
      synchronicity: "Event",
      masheryMessageId: uuid,
      ...IDS,
    });
    expect(await inputOf({ post: configured() })).toEqual({
      point: "PostProcessor",
      synchronicity: "RequestResponse",
      masheryMessageId: uuid,
      ...IDS,
    });
  });

  it("is before the origin what the vendor's whole example selects", async () => {
    const input = await inputOf({
      pre: configured(
        "timeout:400",
        "require-request-headers:Authorization",
        "include-request-headers:X-Region,X-Tier",
        "require-eavs:contractId",
        "include-packageKey-eavs:salesChannel",
        "expand-input:requestPayload,operation,remoteAddress",
        "max-payload-size:64",
        "sidecar-param-strict:true",
        "sidecar-param-threshold:0.75",
        "sidecar-param-retries:3",
        "sidecar-param-label:summer",
      ),
      request: {
        headers: [
          "Authorization",
          "Bearer 91c0ffee",
          "X-Region",
          "north",
          "x-tier",
          "gold",
          "Content-Type",
          "application/json",
          "X-Other",
          "1",
        ],
        body: '{"sku":"A-17","amount":2}',
      },
      options: {
        caller: () => ({
          packageKey: "pk7r2wq9d4mz",
          messageId: "5d2e6a38-0c57-4c2b-9f6e-7a1c3b90d412",
        }),
        applicationEavs: () => ({ contractId: "C-2044", other: "x" }),
        packageKeyEavs: () => Promise.resolve({ salesChannel: "partner" }),
      },
    });

    expect(input).toEqual({
      point: "PreProcessor",
      synchronicity: "RequestResponse",
      masheryMessageId: "5d2e6a38-0c57-4c2b-9f6e-7a1c3b90d412",
      packageKey: "pk7r2wq9d4mz",
      serviceId: "svc81hh2k",
      endpointId: "ep44tt09x",
      params: { strict: true, threshold: 0.75, retries: 3, label: "summer" },
      request: {
        headers: {
          authorization: "Bearer 91c0ffee",
          "x-region": "north",
          "x-tier": "gold",
        },
        payloadLength: 25,
        payload: '{"sku":"A-17","amount":2}',
        payloadBase64Encoded: false,
      },
      eavs: { contractId: "C-2044" },
      packageKeyEAVs: { salesChannel: "partner" },
      operation: {
        httpVerb: "POST",
        path: "/orders",
        query: { dryRun: "yes" },
        uri: "https://api.globex.example/shop/orders?dryRun=yes",
      },
      remoteAddr: "198.51.100.24",
    });
  });

  it("is after the origin its status, its headers and its payload", async () => {
    const input = await inputOf({
      post: configured(
        "include-response-headers:Content-Type,X-Origin-Node",
        "expand-input:responsePayload",
      ),
      response: {
        status: 201,
        headers: ["Content-Type", "application/json", "X-Origin-Node", "n3"],
        body: '{"order":1187,"state":"ok"}',
      },
    });

    expect(input?.["response"]).toEqual({
      code: 201,
      headers: { "content-type": "application/json", "x-origin-node": "n3" },
      payloadLength: 27,
      payload: '{"order":1187,"state":"ok"}',
      payloadBase64Encoded: false,
    });
  });

  it("has no response where the header that was selected is not there", async () => {
    expect(
      await inputOf({ post: configured("include-response-headers:X-None") }),
    ).not.toHaveProperty("response");
  });

  it("has after the origin the request's payload as well, where it was selected", async () => {
    const input = await inputOf({
      post: configured("expand-input:requestPayload"),
      request: { headers: ["Content-Type", "text/plain"], body: "hello" },
    });

    expect(input?.["request"]).toEqual({
      payloadLength: 5,
      payload: "hello",
      payloadBase64Encoded: false,
    });
  });

  it.each([
    ["text/plain", "aé€", "utf-8 where no charset is named"],
    ["application/json; charset=utf-8", "{}", "JSON"],
    ["application/problem+json", "{}", "its relatives"],
    ["application/xml", "<a/>", "XML"],
    ["application/x-www-form-urlencoded", "a=1", "a form"],
    ["application/graphql", "{a}", "GraphQL"],
    ["application/yaml", "a: 1", "YAML"],
    ["application/javascript", "1", "JavaScript"],
  ])("has a payload of %s as text: %s (%s)", async (type, body) => {
    const input = await inputOf({
      pre: configured("expand-input:requestPayload"),
      request: { headers: ["Content-Type", type], body },
    });

    expect(input?.["request"]).toEqual({
      payloadLength: Buffer.byteLength(body),
      payload: body,
      payloadBase64Encoded: false,
    });
  });

  it.each([
    ["an image", ["Content-Type", "image/png"]],
    ["what names no type", []],
    [
      "a packed text",
      ["Content-Type", "text/plain", "Content-Encoding", "gzip"],
    ],
    [
      "a text in a charset that nobody knows",
      ["Content-Type", "text/plain; charset=x-none"],
    ],
  ])("has %s as Base64, with the length of its bytes", async (_, headers) => {
    const input = await inputOf({
      pre: configured("expand-input:requestPayload"),
      request: { headers, body: "hello" },
    });

    expect(input?.["request"]).toEqual({
      payloadLength: 5,
      payload: "aGVsbG8=",
      payloadBase64Encoded: true,
    });
  });

  it("has bytes that are no text in their charset as Base64", async () => {
    const body = Uint8Array.of(0xff, 0xfe, 0x41);
    const input = await inputOf({
      pre: configured("expand-input:requestPayload"),
      request: { headers: ["Content-Type", "text/plain"], body },
    });

    expect(input?.["request"]).toMatchObject({
      payload: "//5B",
      payloadBase64Encoded: true,
    });
  });

  it("has a text in Latin-1 as the text that it is", async () => {
    const body = Uint8Array.of(0x61, 0xe9);
    const input = await inputOf({
      pre: configured("expand-input:requestPayload"),
      request: {
        headers: ["Content-Type", "text/plain; charset=ISO-8859-1"],
        body,
      },
    });

    expect(input?.["request"]).toMatchObject({
      payload: "aé",
      payloadLength: 2,
    });
  });

  it("has no payload where there is none", async () => {
    expect(
      await inputOf({ pre: configured("expand-input:requestPayload") }),
    ).not.toHaveProperty("request");
  });

  it.each([
    ["only what is included", ["include-request-headers:X-A"], { "x-a": "1" }],
    [
      "also what is required",
      ["require-request-headers:X-B", "include-request-headers:X-A"],
      { "x-b": "2", "x-a": "1" },
    ],
    [
      "all but what is skipped",
      ["skip-request-headers:X-A, Host"],
      { "x-b": "2", cookie: "a=1; b=2" },
    ],
    [
      "not what is skipped, whatever else is said of it",
      [
        "require-request-headers:X-A",
        "include-request-headers:X-A,X-B",
        "skip-request-headers:X-A",
      ],
      { "x-b": "2" },
    ],
  ])("has of the headers %s", async (_, lines, headers) => {
    const input = await inputOf({
      pre: configured(...lines),
      request: {
        headers: [
          "Host",
          "h",
          "X-A",
          "1",
          "x-B",
          "2",
          "Cookie",
          "a=1",
          "cookie",
          "b=2",
        ],
      },
    });

    expect(input?.["request"]).toEqual({ headers });
  });

  it("has no headers where none are selected", async () => {
    expect(
      await inputOf({ pre: configured(), request: { headers: ["X-A", "1"] } }),
    ).not.toHaveProperty("request");
  });

  it("has attributes as text, and none that is blank or not there", async () => {
    const input = await inputOf({
      pre: configured(
        "include-eavs:limit,vip,none,blank,__proto__,toString",
        "include-packageKey-eavs:none",
      ),
      options: {
        applicationEavs: () => ({ limit: 5, vip: true, blank: "" }),
        packageKeyEavs: () => undefined,
      },
    });

    expect(input?.["eavs"]).toEqual({ limit: "5", vip: "true" });
    expect(input).not.toHaveProperty("packageKeyEAVs");
  });

  it("has token and routing as the host tells them", async () => {
    const token = {
      scope: "orders:write",
      userContext: "u-5521",
      grantType: "client_credentials",
    };
    const input = await inputOf({
      pre: configured("expand-input:token,routing"),
      options: {
        caller: () => ({ token }),
        endpoint: {
          serviceId: "s",
          endpointId: "e",
          origin: "https://origin.globex.example/",
        },
      },
    });

    expect(input).toMatchObject({
      token,
      routing: {
        httpVerb: "POST",
        uri: "https://origin.globex.example/orders?dryRun=yes",
      },
    });
  });

  it("has several values of a query parameter, and odd names, without harm", async () => {
    const input = await inputOf({
      pre: configured("expand-input:operation"),
      request: { url: "/a/%2Fb?x=1&x=2&__proto__=y&p=a+b%2Bc" },
    });

    expect(
      JSON.stringify((input?.["operation"] as { query: object }).query),
    ).toBe('{"x":"1,2","__proto__":"y","p":"a b+c"}');
    expect(input?.["operation"]).toMatchObject({ path: "/a/%2Fb" });
  });

  it("goes to the function under the role, with session name, duration and key of the configuration", async () => {
    const { asked } = await call({
      pre: configured("sessionName:orders-pre", "expirationDuration:15"),
    });

    expect(asked[0]).toMatchObject({
      functionName:
        "arn:aws:lambda:eu-central-1:222233334444:function:order-guard",
      roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders",
      externalIdKey: "globex/prod/orderTrust",
      roleSessionName: "orders-pre",
      durationSeconds: 900,
      invocationType: "RequestResponse",
    });
  });

  it.each([10 * 1024, 10 * 1024 + 1])(
    "takes a payload of 10 KB by default, and no byte more: %d",
    async (length) => {
      const { status } = await call({
        pre: configured("expand-input:requestPayload"),
        request: { body: "x".repeat(length) },
      });

      expect(status).toBe(length > 10 * 1024 ? 413 : 200);
    },
  );

  it.each(["filtering", "Filtering"])(
    "passes a payload that is too large by, under %s, and asks no function",
    async (condition) => {
      const body = "x".repeat(2 * 1024 * 1024);

      const { status, inputs, origin } = await call({
        pre: configured(
          "expand-input:requestPayload",
          `max-payload-condition:${condition}`,
        ),
        request: { body },
      });

      expect([status, inputs.length]).toEqual([200, 0]);
      expect((await origin?.body.read(3_000_000))?.length).toBe(body.length);
    },
  );

  it("leaves a payload that nobody selected as large as it is", async () => {
    const { status, inputs } = await call({
      pre: configured(),
      request: { body: "x".repeat(100_000) },
    });

    expect([status, inputs.length]).toEqual([200, 1]);
  });
});
