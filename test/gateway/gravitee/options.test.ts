import { readFileSync } from "node:fs";
import { InvalidInputError } from "../../../src";
import { awsLambdaPolicy } from "../../../gateway/gravitee/awsLambdaPolicy";
import { call } from "./scenario";

const CERTIFICATE = readFileSync(
  require.resolve("../../fixtures/tls/cert.pem"),
  "utf8",
);

async function made(options: object): Promise<string[]> {
  try {
    const step = await awsLambdaPolicy({
      semantics: "v4",
      configuration: { function: "f" },
      ...options,
    });
    step.close();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.issues.map(({ path, rule }) => `${path} ${rule}`);
  }
}

const configured = (
  configuration: unknown,
  options: object = {},
): Promise<string[]> => made({ configuration, ...options });

describe("the policy's configuration", () => {
  it("needs only a function and has Gravitee's defaults", async () => {
    const { asked, attributes } = await call({});

    expect(asked).toEqual([
      {
        operation: "invokeFunction",
        request: {
          functionName: "lambda-example",
          invocationType: "RequestResponse",
          logType: "None",
          onFunctionError: "throw",
        },
        payload: undefined,
        options: { timeoutMs: 30_000 },
        connection: { region: "us-east-1", connectTimeoutMs: 2_000 },
      },
    ]);
    expect(attributes.size).toBe(0);
  });

  it("accepts each option of Gravitee's policy", async () => {
    const { asked } = await call({
      configuration: {
        scope: "REQUEST",
        region: "eu-west-1",
        accessKey: "AKIAIOSFODNN7EXAMPLE",
        secretKey: "a secret",
        function: "stock-lookup",
        invocationType: "Event",
        qualifier: "live",
        logType: "Tail",
        roleArn: "arn:aws:iam::222233334444:role/stock",
        roleSessionName: "shop",
        payload: '{ "sku": "A-17" }',
        connectionTimeoutMs: 5_000,
        readTimeoutMs: 20_000,
        apiCallAttemptTimeoutMs: 15_000,
        apiCallTimeoutMs: 60_000,
      },
    });

    expect(asked).toEqual([
      {
        operation: "assumeRoleInvoke",
        request: expect.objectContaining({
          functionName: "stock-lookup",
          invocationType: "Event",
          qualifier: "live",
          logType: "Tail",
          roleArn: "arn:aws:iam::222233334444:role/stock",
          roleSessionName: "shop",
        }) as unknown,
        payload: '{ "sku": "A-17" }',
        options: { timeoutMs: 15_000 },
        connection: {
          region: "eu-west-1",
          connectTimeoutMs: 5_000,
          credentials: {
            accessKeyId: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: "a secret",
          },
        },
      },
    ]);
  });

  it("accepts Gravitee's JSON as a string", async () => {
    const { asked } = await call({
      options: { configuration: '{"function":"stock-lookup"}' },
    });

    expect(asked[0]?.request).toMatchObject({ functionName: "stock-lookup" });
  });

  it.each<[string, object]>([
    ["empty", { qualifier: "", roleArn: "", payload: "", region: "" }],
    ["null", { qualifier: null, roleArn: null, payload: null, region: null }],
  ])("omits options that are %s", async (_, configuration) => {
    const { asked } = await call({ configuration });

    expect(asked[0]).toMatchObject({
      operation: "invokeFunction",
      connection: { region: "us-east-1" },
      payload: undefined,
    });
    expect(asked[0]?.request).not.toHaveProperty("qualifier");
  });

  it.each<[string, object, number]>([
    ["no timeout", {}, 30_000],
    ["0, which is ignored", { readTimeoutMs: 0, apiCallTimeoutMs: 0 }, 30_000],
    ["apiCallTimeoutMs", { apiCallTimeoutMs: 60_000 }, 30_000],
    ["a shorter one", { apiCallTimeoutMs: 1_000 }, 1_000],
    ["apiCallAttemptTimeoutMs", { apiCallAttemptTimeoutMs: 15_000 }, 15_000],
    [
      "both",
      { apiCallTimeoutMs: 9_000, apiCallAttemptTimeoutMs: 15_000 },
      9_000,
    ],
    ["readTimeoutMs", { readTimeoutMs: 120_000 }, 120_000],
    [
      "the names of Gravitee's first versions",
      {
        socketTimeoutMs: 50_000,
        requestTimeoutMs: 8_000,
        clientExecutionTimeoutMs: 40_000,
      },
      8_000,
    ],
  ])(
    "limits the time of a call, given %s",
    async (_, configuration, timeoutMs) => {
      const { asked } = await call({ configuration });

      expect(asked[0]?.options).toEqual({ timeoutMs });
    },
  );

  it("ignores unknown options, as Gravitee does", async () => {
    expect(
      await configured({ function: "f", endpoint: "http://x", colour: "red" }),
    ).toEqual([]);
  });

  it("uses the endpoint option when honourEndpoint is true", async () => {
    const configuration = { endpoint: "http://127.0.0.1:4566" };

    const [as, honoured] = [
      await call({ configuration }),
      await call({ configuration, options: { honourEndpoint: true } }),
    ];

    expect(as.asked[0]?.connection).not.toHaveProperty("endpoint");
    expect(honoured.asked[0]?.connection).toMatchObject(configuration);
  });

  it.each<[unknown, string[]]>([
    ["{", ["configuration json"]],
    ["[]", ["configuration object"]],
    [null, ["configuration object"]],
    [7, ["configuration object"]],
    [{}, ["function required"]],
    [{ function: "" }, ["function required"]],
    [{ function: 7 }, ["function string", "function required"]],
    [{ function: "f", scope: "REQUESTS" }, ["scope scope"]],
    [{ function: "f", sendToConsumers: true }, ["sendToConsumers unknown"]],
    [{ function: "f", payLoad: "" }, ["payLoad unknown"]],
    [{ function: "f", sendToConsumer: "yes" }, ["sendToConsumer boolean"]],
    [{ function: "f", invocationType: "Async" }, ["invocationType value"]],
    [{ function: "f", logType: "All" }, ["logType value"]],
    [{ function: "f", accessKey: "AKIA" }, ["accessKey pair"]],
    [{ function: "f", secretKey: "s" }, ["accessKey pair"]],
    [{ function: "f", region: "Frankfurt" }, ["region region"]],
    [{ function: "f", readTimeoutMs: -1 }, ["readTimeoutMs range"]],
    [{ function: "f", apiCallTimeoutMs: "1" }, ["apiCallTimeoutMs range"]],
    [{ function: "f", variables: {} }, ["variables array"]],
    [{ function: "f", variables: [{}] }, ["variables[0].name required"]],
    [
      { function: "f", variables: [{ name: "a", value: 7 }] },
      ["variables[0].value string"],
    ],
    [{ function: "f", payload: "{#request." }, ["payload expression"]],
    [
      { function: "f", variables: [{ name: "a", value: "{#nope(}" }] },
      ["variables[0].value expression"],
    ],
    [{ function: "f", payload: "{#secrets.get('/a')}" }, ["payload secret"]],
    [{ function: "f", roleArn: "{#secrets.get('/a')}" }, ["secrets required"]],
    [
      { function: "f", variables: [{ name: "a", valu: "b" }] },
      ["variables[0].valu unknown"],
    ],
    [{ function: "f", payload: "{#requst.path}" }, ["payload name"]],
    [{ function: "f", payload: "{#request.pth}" }, ["payload name"]],
    [
      {
        function: "f",
        variables: [{ name: "a", value: "{#lambdaResponse.headers}" }],
      },
      ["variables[0].value name"],
    ],
    [
      { function: "f", region: "eu centr", payload: "{#request." },
      ["payload expression", "region region"],
    ],
    [
      { name: "a step", configuration: { function: "f" } },
      ["configuration object"],
    ],
    [{ function: "f", ssl: [] }, ["ssl object"]],
    [{ function: "f", ssl: { trustAll: "yes" } }, ["ssl.trustAll boolean"]],
    [{ function: "f", ssl: { trustAl: true } }, ["ssl.trustAl unknown"]],
    [
      { function: "f", ssl: { trustStoreType: "JKS", trustStorePath: "/no" } },
      ["ssl readable"],
    ],
  ])("refuses the configuration %j", async (configuration, issues) => {
    expect(await configured(configuration)).toEqual(issues);
  });

  it("reports the offset of an invalid expression", async () => {
    await expect(
      awsLambdaPolicy({
        semantics: "v4",
        configuration: {
          function: "f",
          payload: '{\n  "sku": "{#request.params[\'sku\'}"\n}',
        },
      }),
    ).rejects.toThrow(/payload is not valid at line 2, column \d+ \(/);
  });

  it("reports every issue of the configuration at once", async () => {
    expect(
      await configured({ function: "", scope: "X", sendToConsumer: 1 }),
    ).toHaveLength(3);
  });
});

describe("the policy's options", () => {
  it.each([undefined, null, "x", []])(
    "refuses options that are not an object: %j",
    async (options) => {
      await expect(awsLambdaPolicy(options as never)).rejects.toThrow(
        /the options must be an object with configuration and semantics/,
      );
    },
  );

  it("accepts a boolean as condition", async () => {
    expect(await made({ condition: "true" })).toEqual([]);
  });

  it("ignores response templates of other policies", async () => {
    expect(await made({ responseTemplates: { API_KEY_MISSING: {} } })).toEqual(
      [],
    );
  });

  it("refuses calls after the policy is closed", async () => {
    const step = await awsLambdaPolicy({
      semantics: "v4",
      configuration: { function: "f" },
      onFailure: ({ error }) => {
        told.push((error.cause as Error).message);
      },
    });
    const told: string[] = [];

    step.close();
    await call({ ahead: [step] });

    expect(told).toEqual(["the policy has been closed"]);
  });

  it.each<[object, string[]]>([
    [{ semantics: undefined }, ["semantics required"]],
    [{ semantics: "v5" }, ["semantics oneOf"]],
    [{ flow: "both" }, ["flow oneOf"]],
    [{ failSave: true }, ["failSave unknown"]],
    [{ payload: "" }, ["payload unknown"]],
    [{ escape: "xml" }, ["escape oneOf"]],
    [{ responseFormat: "raw" }, ["responseFormat oneOf"]],
    [{ onFunctionError: "ignore" }, ["onFunctionError oneOf"]],
    [{ failSafe: "yes" }, ["failSafe boolean"]],
    [{ details: "all" }, ["details oneOf"]],
    [{ bodyLimit: 0 }, ["bodyLimit min"]],
    [{ onFailure: "x" }, ["onFailure function"]],
    [{ condition: "{#a" }, ["condition expression"]],
    [{ condition: "#request.method == 'GET'" }, ["condition expression"]],
    [
      { responseTemplates: { DEFAULT: null } },
      ["responseTemplates['DEFAULT'] object"],
    ],
    [
      { responseTemplates: { DEFAULT: { "*/*": null } } },
      ["responseTemplates['DEFAULT']['*/*'] object"],
    ],
    [
      { responseTemplates: { DEFAULT: { "*/*": { statuss: 502 } } } },
      ["responseTemplates['DEFAULT']['*/*'] unknown"],
    ],
    [
      { responseTemplates: { DEFAULT: { "*/*": { body: 5 } } } },
      ["responseTemplates['DEFAULT']['*/*'].body string"],
    ],
    [
      { responseTemplates: { DEFAULT: { "*/*": { headers: 5 } } } },
      ["responseTemplates['DEFAULT']['*/*'] sendable"],
    ],
    [
      { responseTemplates: { AWS_LAMBDA_INVALID_RESPONS: {} } },
      ["responseTemplates['AWS_LAMBDA_INVALID_RESPONS'] unknown"],
    ],
    [{ externalId: "a", externalIdKey: "b" }, ["externalId conflict"]],
    [
      { responseTemplates: { DEFAULT: { "*/*": { status: 99 } } } },
      ["responseTemplates['DEFAULT']['*/*'] sendable"],
    ],
    [
      { responseTemplates: { DEFAULT: { "*/*": { body: "{#a." } } } },
      ["responseTemplates['DEFAULT']['*/*'].body expression"],
    ],
    [
      {
        responseTemplates: {
          DEFAULT: { "*/*": { headers: { "X-A": "a\r\nb" } } },
        },
      },
      ["responseTemplates['DEFAULT']['*/*'] sendable"],
    ],
    [{ connection: { regoin: "x" } }, ["regoin unknown"]],
    [{ connection: { region: "eu-west-1" } }, ["connection conflict"]],
    [{ connection: { timeoutMs: 1 } }, ["connection conflict"]],
    [{ responseTemplates: [] }, ["responseTemplates object"]],
    [
      { responseTemplates: { DEFAULT: { json: {} } } },
      ["responseTemplates['DEFAULT'] type"],
    ],
    [{ externalId: "a" }, ["externalId required"]],
    [{ externalIdKey: "a" }, ["externalIdKey required"]],
    [{ condition: "{#requst.method == 'GET'}" }, ["condition name"]],
    [{ name: 5 }, ["name string"]],
  ])("refuses the options %j", async (options, issues) => {
    expect(await made(options)).toEqual(issues);
  });

  it.each(["externalId", "externalIdKey"] as const)(
    "passes the role its %s",
    async (option) => {
      const { asked } = await call({
        configuration: { roleArn: "arn:aws:iam::222233334444:role/stock" },
        options: { [option]: "acme/prod/trustKey" },
      });

      expect(asked[0]?.request).toMatchObject({
        [option]: "acme/prod/trustKey",
      });
    },
  );

  it("runs the policy only when the condition is true", async () => {
    const scenario = (condition: string, url: string) =>
      call({ options: { condition }, request: { url } });
    const condition = "{#request.params['dryRun'][0] == 'no'}";

    const [runs, rests] = [
      await scenario(condition, "/?dryRun=no"),
      await scenario(condition, "/?dryRun=yes"),
    ];

    expect([runs.asked, rests.asked].map(({ length }) => length)).toEqual([
      1, 0,
    ]);
    expect([runs.body, rests.body]).toEqual([
      "response from backend",
      "response from backend",
    ]);
  });
});

describe("the ssl option", () => {
  const store = (name: string): string =>
    require.resolve(`../../fixtures/tls/${name}`);
  const trusting = async (ssl: object): Promise<object> => {
    const { asked } = await call({ configuration: { ssl } });
    const { region, connectTimeoutMs, ...trust } = asked[0]?.connection ?? {};
    expect([region, connectTimeoutMs]).toEqual(["us-east-1", 2_000]);
    return trust;
  };
  const certificates = (trust: object): number =>
    (trust as { ca?: string }).ca?.match(/BEGIN CERTIFICATE/g)?.length ?? 0;

  it.each<[string, object]>([
    ["nothing", {}],
    ["an empty type", { trustStoreType: "", trustStorePath: "/no" }],
    ["no type", { trustStorePath: "/no" }],
    ["PEM without content and path", { trustStoreType: "PEM" }],
    ["JKS without path", { trustStoreType: "JKS" }],
  ])("changes no trust with %s", async (_, ssl) => {
    expect(await trusting(ssl)).toEqual({});
  });

  it("trusts every certificate with trustAll, whatever else is configured", async () => {
    expect(
      await trusting({
        trustAll: true,
        trustStoreType: "JKS",
        trustStorePath: "/no",
      }),
    ).toEqual({ rejectUnauthorized: false });
  });

  it("accepts PEM content with one or two certificates, and the type in any case", async () => {
    const one = { trustStoreType: "pem", trustStoreContent: CERTIFICATE };
    const two = { ...one, trustStoreContent: CERTIFICATE + CERTIFICATE };

    expect(certificates(await trusting(one))).toBe(1);
    expect(certificates(await trusting(two))).toBe(2);
  });

  it("accepts a PEM file, and prefers content to it", async () => {
    const file = { trustStoreType: "PEM", trustStorePath: store("cert.pem") };
    const both = { ...file, trustStoreContent: CERTIFICATE + CERTIFICATE };

    expect(certificates(await trusting(file))).toBe(1);
    expect(certificates(await trusting(both))).toBe(2);
  });

  it.each([
    ["JKS", "trust.jks"],
    ["PKCS12", "trust.p12"],
  ])(
    "accepts a trust store of type %s with its password",
    async (trustStoreType, name) => {
      const trust = await trusting({
        trustStoreType,
        trustStorePath: store(name),
        trustStorePassword: "changeit",
      });

      expect(certificates(trust)).toBe(1);
      expect((trust as { ca: string }).ca.replace(/\s/g, "")).toContain(
        CERTIFICATE.replace(/\s|-----[A-Z ]+-----/g, ""),
      );
    },
  );

  it.each([
    ["is not there", { trustStorePath: "/no/such/file" }],
    [
      "has another password",
      { trustStorePath: store("trust.jks"), trustStorePassword: "guessed" },
    ],
  ])(
    "refuses a trust store that %s when the policy is created",
    async (_, ssl) => {
      await expect(
        awsLambdaPolicy({
          semantics: "v4",
          configuration: {
            function: "f",
            ssl: { trustStoreType: "JKS", ...ssl },
          },
        }),
      ).rejects.toThrow(
        /Failed to configure SSL truststore for AWS Lambda policy/,
      );
    },
  );
});
