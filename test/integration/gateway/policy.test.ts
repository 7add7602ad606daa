import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startLocalAws, type LocalAws } from "aws-lambda-connector/local";
import {
  awsLambdaPolicy,
  type PolicyConfiguration,
  type PolicyFailure,
  type PolicyOptions,
} from "aws-lambda-connector/gateway/gravitee";
import type { Step } from "aws-lambda-connector/gateway";
import { Front } from "../front";
import { answers, silent, untrusted } from "../troubles";
import { CUSTOMER, EXTERNAL_ID, ROLE_ARN, trustedRole } from "../world";
import { hosts } from "./hosts";
import { valuesOf } from "./Inbox";
import {
  FLAT_BYTES,
  passHundredMegabytes,
  TRANSFER_TIMEOUT_MS,
} from "./hundredMegabytes";
import {
  fakeTimers,
  ok,
  setUp,
  setUpOwn,
  takeDown,
  until,
  untilAfter,
} from "./setting";

jest.setTimeout(120_000);
afterEach(async () => {
  jest.useRealTimers();
  await takeDown();
});

const tls = (name: string): string =>
  join(__dirname, "../../fixtures/tls", name);
const MESSAGE = "An error occurs while invoking lambda function.";

let local: LocalAws;
/** What the functions were given. */
const told: unknown[] = [];

beforeAll(async () => {
  const echo = (event: unknown): unknown => {
    told.push(event);
    return event;
  };
  local = await startLocalAws({
    functions: {
      echo,
      stock: () => ({ level: 5 }),
      broken: () => {
        throw new Error("stock table unreachable");
      },
    },
    parameters: { "/acme/prod/trustKey": EXTERNAL_ID },
    accounts: {
      [CUSTOMER]: {
        functions: { echo },
        roles: { tibco_sidecar_connector_prices: trustedRole() },
      },
    },
  });
});

beforeEach(() => {
  told.length = 0;
});

afterAll(() => local.close());

/** A policy that calls a function of the embedded AWS; its connections are closed after the test. */
async function policy(
  configuration: Partial<PolicyConfiguration>,
  options: Partial<PolicyOptions> = {},
): Promise<Step> {
  const { endpoint, credentials } = local;
  return untilAfter(
    await awsLambdaPolicy({
      semantics: "v4",
      connection: { endpoint, credentials },
      ...options,
      configuration: {
        region: "eu-central-1",
        function: "echo",
        ...configuration,
      },
    }),
  );
}

/** The same, before an AWS that makes trouble. */
async function policyBehind(
  front: Parameters<typeof Front.open>[1],
  configuration: Partial<PolicyConfiguration> = {},
  options: Partial<PolicyOptions> = {},
): Promise<{ step: Step; front: Front; failures: PolicyFailure[] }> {
  const opened = untilAfter(await Front.open(local.endpoint, front));
  const { credentials } = local;
  const failures: PolicyFailure[] = [];
  const step = await policy(configuration, {
    connection: { endpoint: opened.endpoint, credentials },
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  return { step, front: opened, failures };
}

/** Says an attribute in a header, to the origin and to the client. */
const saying = (attribute: string): Step => {
  const say: NonNullable<Step["request"]> = ({ attributes }) => ({
    change: { setHeaders: { "x-said": String(attributes.get(attribute)) } },
  });
  return { name: "says", request: say, response: say };
};

const level = {
  name: "level",
  value: "{#jsonPath(#lambdaResponse.content, '$.level')}",
};

/** The phases of a policy, and the effect of `sendToConsumer` in each. */
interface Sending
  extends Pick<PolicyConfiguration, "scope">, Pick<PolicyOptions, "flow"> {
  readonly what: string;
  readonly status: number;
  /** How many requests the origin receives. */
  readonly asked: number;
}

describe.each(hosts)("the aws-lambda policy under $name", (host) => {
  it("builds a payload from query, header, path and JSON body, and forwards the request unchanged", async () => {
    const step = await policy({
      payload: `{ "q": "{#request.params['sku'][1]}", "h": "{#request.headers['x-tier']}", "p": "{#request.paths[2]}",
        "b": {#jsonPath(#request.content, '$.line.count')}, "j": "{#request.jsonContent.line.sku}", "m": "{#request.method}" }`,
    });
    const { wire, origin } = await setUp(host, ok("b"), { steps: [step] });
    const body = '{"line":{"sku":"A-17","count":3}}';

    wire.send(
      "POST /orders/7?sku=A-16&sku=A-17",
      ["X-Tier: gold", `Content-Length: ${body.length}`],
      body,
    );
    await wire.answer();

    expect(told).toEqual([
      { q: "A-17", h: "gold", p: "7", b: 3, j: "A-17", m: "POST" },
    ]);
    expect(origin.request.start).toBe(
      "POST /orders/7?sku=A-16&sku=A-17 HTTP/1.1",
    );
    expect(origin.request.body).toBe(body);
  });

  it("sets attributes that later steps and policies can read", async () => {
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [
        await policy({ function: "stock", variables: [level] }),
        await policy({
          payload: `{ "level": {#context.attributes['level']}, "status": {#lambdaResponse.status} }`,
        }),
        saying("level"),
      ],
    });

    wire.send("GET /orders/7");
    await wire.answer();

    expect(told).toEqual([{ level: 5, status: 200 }]);
    expect(valuesOf(origin.request.lines, "x-said")).toEqual(["5"]);
  });

  it.each<Sending>([
    { what: "v4, request flow", status: 200, asked: 0 },
    { what: "v4, response flow", flow: "response", status: 200, asked: 1 },
    { what: "v3, REQUEST", scope: "REQUEST", status: 200, asked: 0 },
    {
      what: "v3, REQUEST_CONTENT",
      scope: "REQUEST_CONTENT",
      status: 200,
      asked: 0,
    },
    { what: "v3, RESPONSE", scope: "RESPONSE", status: 404, asked: 1 },
    {
      what: "v3, RESPONSE_CONTENT",
      scope: "RESPONSE_CONTENT",
      status: 404,
      asked: 1,
    },
  ])(
    "sends the function's response to the consumer: $what",
    async ({ scope, flow, status, asked }) => {
      const step = await policy(
        {
          function: "stock",
          variables: [level],
          sendToConsumer: true,
          ...(scope && { scope }),
        },
        { semantics: scope ? "v3" : "v4", ...(flow && { flow }) },
      );
      const { wire, origin, faults } = await setUp(
        host,
        'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nETag: "a"\r\nX-Own: 1\r\n\r\nold',
        { steps: [step, saying("level")] },
      );

      wire.send("GET /orders/7");
      const answer = await wire.answer();

      expect(answer.start).toContain(` ${status} `);
      expect(answer.body).toBe('{"level":5}');
      expect(valuesOf(answer.lines, "etag")).toEqual([]);
      expect(valuesOf(answer.lines, "content-length")).toEqual(["11"]);
      expect(valuesOf(answer.lines, "x-own")).toEqual(asked ? ["1"] : []);
      expect(origin.requests).toHaveLength(asked);
      expect(faults).toEqual([]);
      const isBehindHeads = scope === "RESPONSE_CONTENT";
      expect(valuesOf(answer.lines, "x-said")).toEqual([
        isBehindHeads ? "undefined" : "5",
      ]);
    },
  );

  it("does nothing when the v3 scope belongs to the other flow", async () => {
    const step = await policy(
      { scope: "REQUEST", sendToConsumer: true },
      { semantics: "v3", flow: "response" },
    );
    const { wire } = await setUp(host, ok("b"), { steps: [step] });

    wire.send("GET /");

    expect((await wire.answer()).body).toBe("b");
    expect(told).toEqual([]);
  });

  it.each([
    ["request", 0],
    ["response", 1],
  ] as const)(
    "returns 500 when the function fails in the %s flow",
    async (flow, asked) => {
      const step = await policy({ function: "broken" }, { flow });
      const { wire, origin } = await setUp(host, ok("b"), { steps: [step] });

      wire.send("GET /");
      const { start, body, lines } = await wire.answer();
      wire.send("GET /", ["Accept: application/json"]);
      const json = await wire.answer();

      expect(start).toContain(" 500 ");
      expect(body).toBe(MESSAGE);
      expect(valuesOf(lines, "content-type").join()).toContain("text/plain");
      expect(JSON.parse(json.body)).toEqual({
        message: MESSAGE,
        http_status_code: 500,
      });
      expect(origin.requests).toHaveLength(2 * asked);
    },
  );

  it("returns 500 when AWS refuses with status 403 and an empty body", async () => {
    const { step, front } = await policyBehind(
      answers(403, ""),
      {},
      { details: "shown" },
    );
    const { wire, origin } = await setUp(host, ok("b"), { steps: [step] });

    wire.send("GET /");
    const { start, body } = await wire.answer();

    expect(start).toContain(" 500 ");
    expect(body).toContain(MESSAGE);
    expect(body).toContain("Status Code: 403");
    expect(front.requests).toBe(1);
    expect(origin.requests).toEqual([]);
  });

  it.each([
    ["Event", 202, 1],
    ["DryRun", 204, 0],
  ])(
    "returns the status of the invocation: %s",
    async (invocationType, status, runs) => {
      const step = await policy({
        invocationType,
        payload: "7",
        variables: [{ name: "content", value: "[{#lambdaResponse.content}]" }],
        sendToConsumer: true,
      });
      const { wire } = await setUp(host, ok("b"), {
        steps: [step, saying("content")],
      });

      wire.send("GET /");
      const answer = await wire.answer({ isBare: status === 204 });
      await until(() => told.length >= runs);

      expect(answer.start).toContain(` ${status} `);
      expect(answer.body).toBe("");
      expect(valuesOf(answer.lines, "x-said")).toEqual(["[]"]);
      expect(told).toHaveLength(runs);
    },
  );

  it("assumes a role with the external ID from Parameter Store", async () => {
    const configuration = {
      function: `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:echo`,
      roleArn: ROLE_ARN,
      payload: '{ "of": "the customer" }',
    };
    const step = await policy(configuration, {
      externalIdKey: "acme/prod/trustKey",
    });
    const without = await policy(configuration, { details: "shown" });
    const { wire } = await setUp(host, ok("b"), { steps: [step] });
    const bare = await setUp(host, ok("b"), { steps: [without] });

    wire.send("GET /");
    const answer = await wire.answer();
    bare.wire.send("GET /");
    const refused = await bare.wire.answer();

    expect(answer.body).toBe("b");
    expect(told).toEqual([{ of: "the customer" }]);
    expect(refused.start).toContain(" 500 ");
    expect(refused.body).toContain("sts:AssumeRole");
    expect(refused.body).not.toContain(EXTERNAL_ID);
  });

  it("ends a call after readTimeoutMs and does not retry it", async () => {
    const { step, front } = await policyBehind(silent, { readTimeoutMs: 200 });
    const { wire } = await setUp(host, ok("b"), { steps: [step] });
    fakeTimers();

    wire.send("GET /");
    await until(() => front.requests === 1);
    jest.advanceTimersByTime(200);
    const { start, body } = await wire.answer();

    expect(start).toContain(" 500 ");
    expect(body).toBe(MESSAGE);
    expect(front.requests).toBe(1);
  });

  it.each<[string, PolicyConfiguration["ssl"], boolean]>([
    ["only the machine's certificates by default", undefined, false],
    ["every certificate with trustAll", { trustAll: true }, true],
    [
      "certificates in a PEM string",
      {
        trustStoreType: "PEM",
        trustStoreContent: readFileSync(tls("cert.pem"), "utf8"),
      },
      true,
    ],
    [
      "certificates in a PEM file",
      { trustStoreType: "pem", trustStorePath: tls("cert.pem") },
      true,
    ],
    [
      "certificates in a Java key store",
      {
        trustStoreType: "JKS",
        trustStorePath: tls("trust.jks"),
        trustStorePassword: "changeit",
      },
      true,
    ],
    [
      "certificates in PKCS 12",
      {
        trustStoreType: "PKCS12",
        trustStorePath: tls("trust.p12"),
        trustStorePassword: "changeit",
      },
      true,
    ],
  ])("trusts %s", async (_, ssl, isTrusted) => {
    const { step, front } = await policyBehind(untrusted, ssl ? { ssl } : {});
    const { wire } = await setUp(host, ok("b"), { steps: [step] });

    wire.send("GET /");
    const { body } = await wire.answer();

    expect(body.startsWith(MESSAGE)).toBe(!isTrusted);
    expect(front.requests).toBe(isTrusted ? 1 : 0);
  });

  it("sends failures by the host's response templates and the client's Accept header", async () => {
    const step = await policy(
      { function: "broken" },
      {
        responseTemplates: {
          AWS_LAMBDA_INVALID_RESPONSE: {
            "application/json": {
              status: 503,
              headers: { "Retry-After": "30" },
              body: `{"error":"{#error.key}","of":"{#parameters['function']}","by":"{#request.headers['x-client']}"}`,
            },
            "text/html": { body: "<h1>{#error.message}</h1>" },
          },
        },
      },
    );
    const { wire } = await setUp(host, ok("b"), { steps: [step] });
    const ask = async (accept: string) => {
      wire.send("GET /", [`Accept: ${accept}`, "X-Client: globex"]);
      const { start, lines, body } = await wire.answer();
      return [
        start.split(" ")[1],
        valuesOf(lines, "content-type").join().split(";")[0],
        valuesOf(lines, "retry-after").join(),
        body,
      ];
    };

    expect(await ask("application/json")).toEqual([
      "503",
      "application/json",
      "30",
      '{"error":"AWS_LAMBDA_INVALID_RESPONSE","of":"broken","by":"globex"}',
    ]);
    expect(await ask("application/json;q=0.5, text/html")).toEqual([
      "500",
      "text/html",
      "",
      `<h1>${MESSAGE}</h1>`,
    ]);
    expect(await ask("image/png")).toEqual(["500", "text/plain", "", MESSAGE]);
  });

  it(
    "applies back-pressure and keeps memory flat for 100 MB each way when expressions read only headers",
    async () => {
      const payload = `{ "of": "{#request.headers['host'][0]}", "status": "{#response?.status}" }`;
      const steps = [
        await policy({ payload }),
        await policy({ payload }, { flow: "response" }),
        await policy({ payload, scope: "RESPONSE" }, { semantics: "v3" }),
      ];

      const { whole, up, down, isWhole, ahead, peak } =
        await passHundredMegabytes(
          async (origin) => (await setUp(host, "", { origin, steps })).served,
        );

      expect(isWhole).toBe(true);
      expect([up, down]).toEqual([whole, whole]);
      expect(ahead).toBeLessThan(FLAT_BYTES);
      expect(peak).toBeLessThan(FLAT_BYTES);
      expect(told).toHaveLength(3);
    },
    TRANSFER_TIMEOUT_MS,
  );

  it("refuses a body above bodyLimit and reports the reason only to the host", async () => {
    const failures: PolicyFailure[] = [];
    const step = await policy(
      { payload: "{#request.content}" },
      { bodyLimit: 10, onFailure: (failure) => failures.push(failure) },
    );
    const { wire, origin } = await setUp(host, ok("b"), { steps: [step] });

    wire.send("POST /", ["Content-Length: 11"], "01234567890");
    const { start, body } = await wire.answer();

    expect(start).toContain(" 500 ");
    expect(body).toBe(MESSAGE);
    expect(failures.map(({ error }) => String(error.cause))).toEqual([
      expect.stringContaining("exceeds bodyLimit (10 bytes)"),
    ]);
    expect(origin.requests).toEqual([]);
  });

  it("forwards traffic including bodies with failSafe", async () => {
    const step = await policy(
      { function: "broken", payload: "{#request.content}" },
      { failSafe: true },
    );
    const { wire, origin } = await setUp(host, ok("b"), { steps: [step] });

    wire.send("POST /", ["Content-Length: 3"], '"a"');
    const { body } = await wire.answer();

    expect([body, origin.request.body]).toEqual(["b", '"a"']);
  });

  it("responds instead of the host's handlers, and changes their responses", async () => {
    const asked = { function: "stock", sendToConsumer: true };
    const inPlace = await setUpOwn(host, [await policy(asked)]);
    const changing = await setUpOwn(host, [
      await policy(asked, { flow: "response" }),
    ]);

    inPlace.wire.send("GET /unread");
    changing.wire.send("GET /unread");

    expect((await inPlace.wire.answer()).body).toBe('{"level":5}');
    expect((await changing.wire.answer()).body).toBe('{"level":5}');
  });

  it("reads a body that the host's handlers read afterwards", async () => {
    const { wire } = await setUpOwn(host, [
      await policy({ payload: "{#request.content}" }),
    ]);

    wire.send(
      "POST /echo",
      ["Content-Type: application/json", "Content-Length: 7"],
      '{"n":1}',
    );
    const { body } = await wire.answer();

    expect(told).toEqual([{ n: 1 }]);
    expect(JSON.parse(body)).toMatchObject({ body: { n: 1 } });
  });
});
