import { InvalidInputError } from "../../../src";
import { call, configured, type Scenario } from "./scenario";

const IDS = { packageKey: "", serviceId: "svc81hh2k", endpointId: "ep44tt09x" };
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

async function inputOf(
  scenario: Scenario,
): Promise<Record<string, unknown> | undefined> {
  const { inputs, faults } = await call(scenario);
  expect(faults).toEqual([]);
  return inputs[0];
}

describe("the function's input", () => {
  it("contains processor, synchronicity and IDs when nothing is selected", async () => {
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

  it("contains at the pre-processor what Boomi's complete example selects", async () => {
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

  it("contains status, headers and payload of the response at the post-processor", async () => {
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

  it("contains no response when the selected header is missing", async () => {
    expect(
      await inputOf({ post: configured("include-response-headers:X-None") }),
    ).not.toHaveProperty("response");
  });

  it("contains the request's payload at the post-processor when it is selected", async () => {
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
    ["text/plain", "aé€", "UTF-8 without a charset"],
    ["application/json; charset=utf-8", "{}", "JSON"],
    ["application/problem+json", "{}", "a +json type"],
    ["application/xml", "<a/>", "XML"],
    ["application/x-www-form-urlencoded", "a=1", "a form"],
    ["application/graphql", "{a}", "GraphQL"],
    ["application/yaml", "a: 1", "YAML"],
    ["application/javascript", "1", "JavaScript"],
  ])(
    "contains a payload of type %s as a string: %s (%s)",
    async (type, body) => {
      const input = await inputOf({
        pre: configured("expand-input:requestPayload"),
        request: { headers: ["Content-Type", type], body },
      });

      expect(input?.["request"]).toEqual({
        payloadLength: Buffer.byteLength(body),
        payload: body,
        payloadBase64Encoded: false,
      });
    },
  );

  it.each([
    ["an image", ["Content-Type", "image/png"]],
    ["a payload without a Content-Type", []],
    [
      "compressed text",
      ["Content-Type", "text/plain", "Content-Encoding", "gzip"],
    ],
    [
      "text in an unknown charset",
      ["Content-Type", "text/plain; charset=x-none"],
    ],
  ])("contains %s in Base64 with its length in bytes", async (_, headers) => {
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

  it("contains bytes that are invalid in their charset in Base64", async () => {
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

  it("decodes a Latin-1 payload to a string", async () => {
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

  it("contains no payload when the message has no body", async () => {
    expect(
      await inputOf({ pre: configured("expand-input:requestPayload") }),
    ).not.toHaveProperty("request");
  });

  it.each([
    ["only the included ones", ["include-request-headers:X-A"], { "x-a": "1" }],
    [
      "also the required ones",
      ["require-request-headers:X-B", "include-request-headers:X-A"],
      { "x-b": "2", "x-a": "1" },
    ],
    [
      "all but the skipped ones",
      ["skip-request-headers:X-A, Host"],
      { "x-b": "2", cookie: "a=1; b=2" },
    ],
    [
      "not a skipped one, even if it is included or required",
      [
        "require-request-headers:X-A",
        "include-request-headers:X-A,X-B",
        "skip-request-headers:X-A",
      ],
      { "x-b": "2" },
    ],
  ])("contains of the headers %s", async (_, lines, headers) => {
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

  it("contains no headers when none are selected", async () => {
    expect(
      await inputOf({ pre: configured(), request: { headers: ["X-A", "1"] } }),
    ).not.toHaveProperty("request");
  });

  it("contains EAVs as strings, without those that are blank or missing", async () => {
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

  it("contains token and routing as the host provides them", async () => {
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

  it("contains every value of a query parameter, whatever its name", async () => {
    const input = await inputOf({
      pre: configured("expand-input:operation"),
      request: { url: "/a/%2Fb?x=1&x=2&__proto__=y&p=a+b%2Bc" },
    });

    expect(
      JSON.stringify((input?.["operation"] as { query: object }).query),
    ).toBe('{"x":"1,2","__proto__":"y","p":"a b+c"}');
    expect(input?.["operation"]).toMatchObject({ path: "/a/%2Fb" });
  });

  it("is sent under the configured role, session name, duration and external ID key", async () => {
    const { requests } = await call({
      pre: configured("sessionName:orders-pre", "expirationDuration:15"),
    });

    expect(requests[0]).toMatchObject({
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
    "accepts a payload of 10 KB by default and refuses a longer one: %d bytes",
    async (length) => {
      const { status } = await call({
        pre: configured("expand-input:requestPayload"),
        request: { body: "x".repeat(length) },
      });

      expect(status).toBe(length > 10 * 1024 ? 413 : 200);
    },
  );

  it.each(["filtering", "Filtering"])(
    "forwards a payload that is too large without calling the function under max-payload-condition %s, and reports it",
    async (condition) => {
      const body = "x".repeat(1024 * 1024);

      const { status, inputs, origin, failures } = await call({
        pre: configured(
          "expand-input:requestPayload",
          `max-payload-condition:${condition}`,
        ),
        request: { body },
      });

      expect([status, inputs.length]).toEqual([200, 0]);
      expect((await origin?.body.read(3_000_000))?.length).toBe(body.length);
      expect(failures).toMatchObject([
        {
          isSuppressed: true,
          point: "PreProcessor",
          error: { name: "MaxPayloadConditionFailure", status: 413 },
        },
      ]);
    },
  );

  it.each([
    ["filtering", ["max-payload-condition:filtering"]],
    ["failSafe", ["failSafe:true"]],
    ["an event", ["synchronicity:event"]],
    [
      "filtering and failSafe",
      ["max-payload-condition:filtering", "failSafe:true"],
    ],
  ])("rejects a payload above 1 MB with %s", async (_, lines) => {
    const body = "x".repeat(1024 * 1024 + 1);

    const before = await call({
      pre: configured("expand-input:requestPayload", ...lines),
      request: { body },
    });
    const after = await call({
      post: configured("expand-input:responsePayload", ...lines),
      response: { body },
    });

    for (const { status, body: text, inputs, failures } of [before, after]) {
      expect([status, text, inputs.length]).toEqual([
        413,
        "<h1>Payload length is more than 1MB.</h1>",
        0,
      ]);
      expect(failures).toMatchObject([{ isSuppressed: false }]);
    }
    expect(before.origin).toBeUndefined();
  });

  it("rejects a request payload above 1 MB before the origin is called if post-processing receives it", async () => {
    const { status, origin, failures } = await call({
      post: configured(
        "expand-input:requestPayload",
        "max-payload-condition:filtering",
      ),
      request: { body: "x".repeat(1024 * 1024 + 1) },
    });

    expect([status, origin]).toEqual([413, undefined]);
    expect(failures).toMatchObject([{ point: "PostProcessor" }]);
  });

  it("sends a request payload above 1 MB to post-processing if pre-processing has replaced it", async () => {
    const { status, inputs } = await call({
      pre: configured(),
      post: configured("expand-input:requestPayload"),
      answers: [{ json: { modify: { payload: "short" } } }, { json: {} }],
      request: { body: "x".repeat(1024 * 1024 + 1) },
    });

    expect(status).toBe(200);
    expect(inputs[1]).toMatchObject({ request: { payloadLength: 5 } });
  });

  it("rejects an input above Lambda's limit with failSafe, so that no client skips the function by it", async () => {
    const tooLarge = new InvalidInputError({
      operation: "AssumeRoleInvoke",
      message: "AssumeRoleInvoke: payload must have at most 6,291,456 bytes.",
      retryable: false,
      issues: [{ path: "payload", rule: "size", message: "too large" }],
    });

    const { status, origin, failures } = await call({
      pre: configured("expand-input:requestPayload", "failSafe:true"),
      answers: [{ thrown: tooLarge }],
      request: { body: "\u0001" },
    });

    expect([status, origin]).toEqual([413, undefined]);
    expect(failures).toMatchObject([{ isSuppressed: false }]);
  });

  it("does not limit a payload that is not selected", async () => {
    const { status, inputs } = await call({
      pre: configured(),
      request: { body: "x".repeat(100_000) },
    });

    expect([status, inputs.length]).toEqual([200, 1]);
  });
});
