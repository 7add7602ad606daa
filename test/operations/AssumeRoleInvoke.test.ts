import * as fc from "fast-check";
import { Tag } from "../../domain";
import {
  AssumeRoleInvoke,
  AssumeRoleInvokeRequest,
  CheckAssumeRole,
} from "../../operations";
import type { CallOptions } from "../../src/engine/call/CallOptions";
import type { Input } from "../../src/engine/validation/Input";
import type { Transport } from "../../src/engine/http/transport";
import { poolFor } from "../../src/engine/operation/pools";
import { markRoleSession } from "../../src/engine/settings/roleSession";
import { readConnection } from "../../src/engine/settings/Settings";
import {
  functionResult,
  EXTERNAL_ID,
  functionError,
  parameterResponse,
  ROLE,
  sessionResponse,
  SESSION_TOKEN,
  parameterStoreError,
  stsError,
} from "../awsResponses";
import { connection, exampleCredentials } from "../connection";
import { FakeAws, lambdaError, type Reply } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import { until } from "../until";

const FUNCTION = "arn:aws:lambda:us-west-2:222233334444:function:price";
const KEY = "acme/prod/trustKey";
const OK = functionResult({ amount: 12.5 });
const MINUTE_MS = 60_000;

type Request = Input<AssumeRoleInvokeRequest>;

/** Creates the operation with a fake AWS and a fake clock. */
function open(...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 20_000 });
  const operation = new AssumeRoleInvoke(connection, { transport: aws, clock });
  const invoke = (request: Partial<Request> = {}, options?: CallOptions) =>
    operation.execute(
      omitUndefined({
        functionName: FUNCTION,
        roleArn: ROLE,
        externalIdKey: KEY,
        ...request,
      }),
      options,
    );
  return { aws, clock, invoke };
}

/** Returns a request without the fields that a test has set to `undefined`. */
function omitUndefined(request: Request): Request {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as unknown as Request;
}

/** Lists the services that received requests, in order. */
function listServices(aws: FakeAws): string[] {
  return aws.sent.map(({ to }) => to.split(".")[0] ?? "");
}

/** Lists the access key ID that signed each request. */
function listAccessKeyIds(aws: FakeAws): (string | undefined)[] {
  return aws.requests.map(
    ({ headers }) =>
      /Credential=(\w+)\//.exec(headers["authorization"] ?? "")?.[1],
  );
}

/** Returns the parameters of the STS requests. */
function readAssumeRole(aws: FakeAws): Record<string, string> {
  const sent = aws.sent.find(({ to }) => to.startsWith("sts."));
  return sent?.body as Record<string, string>;
}

describe("AssumeRoleInvoke", () => {
  it("reads the external ID, assumes the role and invokes with its credentials", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );

    const reply = await invoke({ payload: { sku: "A-17" } });

    expect(reply.payload).toEqual({ amount: 12.5 });
    expect(aws.sent).toEqual([
      {
        to: "ssm.eu-central-1.amazonaws.com",
        request: "AmazonSSM.GetParameter",
        body: { Name: "/acme/prod/trustKey", WithDecryption: true },
      },
      {
        to: "sts.eu-central-1.amazonaws.com",
        request: "POST /",
        body: {
          Action: "AssumeRole",
          Version: "2011-06-15",
          RoleArn: ROLE,
          RoleSessionName: "aws-lambda-connector",
          ExternalId: EXTERNAL_ID,
          Policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "lambda:InvokeFunction",
                Resource: FUNCTION,
              },
            ],
          }),
        },
      },
      {
        to: "lambda.us-west-2.amazonaws.com",
        request: `POST /2015-03-31/functions/${encodeURIComponent(FUNCTION)}/invocations`,
        body: { sku: "A-17" },
      },
    ]);
    expect(listAccessKeyIds(aws)).toEqual([
      "AKIAIOSFODNN7EXAMPLE",
      "AKIAIOSFODNN7EXAMPLE",
      "ASIAEXAMPLEKEYID0001",
    ]);
    expect(aws.requests[2]?.headers["x-amz-security-token"]).toBe(
      SESSION_TOKEN,
    );
  });

  it("does not read Parameter Store if the external ID is given", async () => {
    const { aws, invoke } = open(sessionResponse(), OK);

    await invoke({ externalIdKey: undefined, externalId: EXTERNAL_ID });

    expect(listServices(aws)).toEqual(["sts", "lambda"]);
    expect(readAssumeRole(aws)["ExternalId"]).toBe(EXTERNAL_ID);
  });

  it("sends no external ID if neither externalId nor externalIdKey is given", async () => {
    const { aws, invoke } = open(sessionResponse(), OK);

    await invoke({ externalIdKey: undefined });

    expect(listServices(aws)).toEqual(["sts", "lambda"]);
    expect(readAssumeRole(aws)).not.toHaveProperty("ExternalId");
  });

  it.each(["externalIdKey", "externalId"])(
    "sends no external ID if %s is null",
    async (field) => {
      const aws = new FakeAws().respondWith(sessionResponse(), OK);
      const operation = new AssumeRoleInvoke(connection, { transport: aws });

      await operation.execute({
        functionName: FUNCTION,
        roleArn: ROLE,
        [field]: null,
      });

      expect(listServices(aws)).toEqual(["sts", "lambda"]);
      expect(readAssumeRole(aws)).not.toHaveProperty("ExternalId");
    },
  );

  it.each([
    [
      "externalIdKey",
      "externalIdKey must be the name of a parameter, not undefined; omit it if the role requires no external ID",
    ],
    [
      "externalId",
      "externalId must be an external ID, not undefined; omit it if the role requires none",
    ],
  ])(
    "does not assume a role without an external ID if %s is undefined",
    async (field, message) => {
      const aws = new FakeAws().respondWith(sessionResponse(), OK);
      const request = { functionName: FUNCTION, roleArn: ROLE };
      const operations = [
        new AssumeRoleInvoke(connection, { transport: aws }),
        new CheckAssumeRole(connection, { transport: aws }),
      ];

      for (const operation of operations)
        for (const given of [
          { ...request, [field]: undefined },
          Object.assign(new AssumeRoleInvokeRequest(), request, {
            [field]: undefined,
          }),
        ])
          expect(await catchError(operation.execute(given))).toMatchObject({
            code: "ERR_INVALID_INPUT",
            message: `${operation.name}: ${message}. The request was not sent.`,
            issues: [{ path: field, rule: "undefined", message }],
          });
      expect(aws.sent).toEqual([]);
    },
  );

  it.each([
    ["acme/prod/trustKey", "/acme/prod/trustKey"],
    ["/acme/prod/trustKey", "/acme/prod/trustKey"],
    ["trustKey", "trustKey"],
    ["acme/prod/trustKey:3", "/acme/prod/trustKey:3"],
    [
      "arn:aws:ssm:eu-central-1:111122223333:parameter/acme/prod/trustKey",
      "arn:aws:ssm:eu-central-1:111122223333:parameter/acme/prod/trustKey",
    ],
  ])("reads the key %s from parameter %s", async (externalIdKey, name) => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );

    await invoke({ externalIdKey });

    expect(aws.sent[0]?.body).toEqual({ Name: name, WithDecryption: true });
  });

  it("sends STS every session field of the request", async () => {
    const { aws, invoke } = open(sessionResponse(), OK);

    await invoke({
      externalIdKey: undefined,
      roleSessionName: "shop-7",
      durationSeconds: 900,
      sourceIdentity: "anna",
      sessionPolicy: '{ "Version": "2012-10-17" }',
      tags: [
        Object.assign(new Tag(), { key: "shop", value: "Köln" }),
        Object.assign(new Tag(), { key: "none", value: "" }),
      ],
    });

    expect(readAssumeRole(aws)).toEqual({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: ROLE,
      RoleSessionName: "shop-7",
      DurationSeconds: "900",
      Policy: '{ "Version": "2012-10-17" }',
      SourceIdentity: "anna",
      "Tags.member.1.Key": "shop",
      "Tags.member.1.Value": "Köln",
      "Tags.member.2.Key": "none",
      "Tags.member.2.Value": "",
    });
  });

  it("accepts a session policy as an object", async () => {
    const { aws, invoke } = open(sessionResponse(), OK);

    await invoke({
      externalIdKey: undefined,
      sessionPolicy: { Version: "2012-10-17", Statement: [] },
    });

    expect(readAssumeRole(aws)["Policy"]).toBe(
      '{"Version":"2012-10-17","Statement":[]}',
    );
  });

  it('sends no session policy when sessionPolicy is "none"', async () => {
    const { aws, invoke } = open(sessionResponse(), OK);

    await invoke({ externalIdKey: undefined, sessionPolicy: "none" });

    expect(readAssumeRole(aws)).not.toHaveProperty("Policy");
  });

  it("resolves a bare function name to the role's account and the connection's region", async () => {
    const { aws, invoke } = open(sessionResponse(), OK);

    await invoke({
      functionName: "price",
      qualifier: "live",
      externalIdKey: undefined,
    });

    expect(readAssumeRole(aws)["Policy"]).toContain(
      '"arn:aws:lambda:eu-central-1:222233334444:function:price:live"',
    );
    expect(aws.sent[1]).toEqual({
      to: "lambda.eu-central-1.amazonaws.com",
      request: "POST /2015-03-31/functions/price/invocations?Qualifier=live",
    });
  });

  it("throws FunctionError when the function throws", async () => {
    const { invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      functionError('{"errorType":"Error","errorMessage":"no price"}'),
    );

    const error = await catchError(invoke());

    expect(error).toMatchObject({
      code: "ERR_FUNCTION",
      operation: "AssumeRoleInvoke",
      execution: "ran",
      message: `AssumeRoleInvoke: the function ${FUNCTION} ran and failed (Error: no price). Check the function's log for request request-1.`,
    });
  });
});

describe("the request of AssumeRoleInvoke", () => {
  it.each<[string, object, object]>([
    [
      "both external IDs",
      { externalId: EXTERNAL_ID },
      { path: "externalIdKey", rule: "conflict" },
    ],
    ["no role", { roleArn: undefined }, { path: "roleArn", rule: "required" }],
    [
      "a user instead of a role",
      { roleArn: "arn:aws:iam::222233334444:user/anna" },
      { path: "roleArn", rule: "matches" },
    ],
    [
      "an external ID with a space",
      { externalIdKey: undefined, externalId: "two words" },
      { path: "externalId", rule: "matches" },
    ],
    [
      "an empty key",
      { externalIdKey: "" },
      {
        path: "externalIdKey",
        message:
          "externalIdKey must not be empty; pass the name of a parameter, for example acme/prod/trustKey, or omit it",
      },
    ],
    [
      "a function in another partition than the role",
      { functionName: "arn:aws-cn:lambda:cn-north-1:222233334444:function:f" },
      {
        path: "functionName",
        rule: "partition",
        message:
          "functionName is in the partition aws-cn, but roleArn is in aws; a role can be used only in its own partition",
      },
    ],
    [
      "a role in another partition than the connection",
      { functionName: "price", roleArn: ROLE.replace("aws", "aws-cn") },
      {
        path: "roleArn",
        rule: "partition",
        message:
          "roleArn is in the partition aws-cn, but the connection's region eu-central-1 is in aws; use a region and credentials of aws-cn",
      },
    ],
    [
      "a session name of one character",
      { roleSessionName: "x" },
      { path: "roleSessionName", rule: "matches" },
    ],
    [
      "a duration of one second less than fifteen minutes",
      { durationSeconds: 899 },
      { path: "durationSeconds", rule: "min" },
    ],
    [
      "a duration of one second more than twelve hours",
      { durationSeconds: 43_201 },
      { path: "durationSeconds", rule: "max" },
    ],
    [
      "a source identity with a reserved prefix",
      { sourceIdentity: "aws:anna" },
      { path: "sourceIdentity", rule: "matches" },
    ],
    [
      "a policy that is not JSON",
      { sessionPolicy: "all" },
      { path: "sessionPolicy", rule: "json" },
    ],
    [
      "a policy that is too long",
      { sessionPolicy: { Sid: "x".repeat(2_048) } },
      { path: "sessionPolicy", rule: "size" },
    ],
    [
      "tags that are an object",
      { tags: { shop: "Köln" } },
      { path: "tags", rule: "isArray" },
    ],
    [
      "a tag without a key",
      {
        tags: [
          { key: "a", value: "b" },
          { key: "", value: "x" },
        ],
      },
      { path: "tags[1].key", rule: "isLength" },
    ],
    [
      "a tag that is a string",
      { tags: ["shop"] },
      { path: "tags[0]", rule: "object" },
    ],
    [
      "a payload that is too large",
      { payload: new Uint8Array(6 * 1024 * 1024 + 1) },
      { path: "payload", rule: "size" },
    ],
  ])("is rejected before anything is sent with %s", async (_, wrong, issue) => {
    const { aws, invoke } = open();

    const error = await catchError(invoke(wrong));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "AssumeRoleInvoke",
      execution: "did-not-run",
      issues: expect.arrayContaining([expect.objectContaining(issue)]),
    });
    expect(aws.sent).toEqual([]);
  });

  it.each<[string, string[], object]>([
    ["twice", ["shop", "team", "shop"], { path: "tags[2].key" }],
    ["twice but for case", ["Shop", "shop"], { path: "tags[1].key" }],
  ])(
    "is rejected with a tag key that occurs %s, as STS does",
    async (_, given, issue) => {
      const { aws, invoke } = open();
      const tags = given.map((key) =>
        Object.assign(new Tag(), { key, value: "x" }),
      );

      const error = await catchError(invoke({ tags }));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        execution: "did-not-run",
        issues: [{ rule: "unique", ...issue }],
      });
      expect(error.message).toContain(
        "must be unique, but tags[0] has the same key (AWS ignores case).",
      );
      expect(aws.sent).toEqual([]);
    },
  );

  it("is rejected with more than 50 tags", async () => {
    const { aws, invoke } = open();
    const tags = Array.from({ length: 51 }, (_, index) => ({
      key: `tag${index}`,
      value: "",
    })) as unknown as Tag[];

    const error = await catchError(invoke({ tags }));

    expect(error).toMatchObject({
      issues: [{ path: "tags", rule: "arrayMaxSize" }],
    });
    expect(aws.sent).toEqual([]);
  });
});

describe("a cached role session", () => {
  it("is reused, so that a warm call is one request", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );

    await invoke();
    await invoke();

    expect(listServices(aws)).toEqual(["ssm", "sts", "lambda", "lambda"]);
  });

  it("is renewed five minutes before it expires while calls use the old credentials", async () => {
    const { aws, clock, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      OK,
      OK,
      parameterResponse(EXTERNAL_ID),
      sessionResponse({
        accessKeyId: "ASIAEXAMPLEKEYID0002",
        expiration: "2026-11-20T14:00:00Z",
      }),
      OK,
    );

    await invoke();
    clock.pass(55 * MINUTE_MS - 1);
    await invoke();
    clock.pass(1);
    await invoke();
    await until(() => aws.sent.length === 7);
    await new Promise(setImmediate);
    await invoke();

    expect(listServices(aws)).toEqual([
      "ssm",
      "sts",
      "lambda",
      "lambda",
      "lambda",
      "ssm",
      "sts",
      "lambda",
    ]);
    const [first, , third, last] = listAccessKeyIds(aws).filter((key) =>
      key?.startsWith("ASIA"),
    );
    expect([third, last]).toEqual([first, "ASIAEXAMPLEKEYID0002"]);
  });

  it("is used until it expires if its renewal fails", async () => {
    const { aws, clock, invoke } = open(
      sessionResponse(),
      OK,
      stsError(403, "AccessDenied", "no longer"),
      OK,
      stsError(403, "AccessDenied", "no longer"),
    );
    const request = { externalIdKey: undefined };

    await invoke(request);
    clock.pass(55 * MINUTE_MS);
    await invoke(request);
    await until(() => aws.sent.length === 4);
    await new Promise(setImmediate);
    clock.pass(5 * MINUTE_MS);
    const error = await catchError(invoke(request));

    expect(listServices(aws)).toEqual([
      "sts",
      "lambda",
      "sts",
      "lambda",
      "sts",
    ]);
    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
    });
  });

  it("is requested once for a hundred concurrent calls", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );

    await Promise.all(Array.from({ length: 100 }, () => invoke()));

    const services = listServices(aws);
    expect(services.filter((name) => name === "ssm")).toHaveLength(1);
    expect(services.filter((name) => name === "sts")).toHaveLength(1);
    expect(services.filter((name) => name === "lambda")).toHaveLength(100);
  });

  it.each<[string, object]>([
    ["external ID", { externalId: "another-id" }],
    ["role", { roleArn: "arn:aws:iam::222233334444:role/other" }],
    ["function", { functionName: `${FUNCTION}2` }],
    ["qualifier", { qualifier: "live" }],
    ["policy", { sessionPolicy: "none" }],
    ["session name", { roleSessionName: "shop-8" }],
    ["duration", { durationSeconds: 1_800 }],
    ["source identity", { sourceIdentity: "bert" }],
    ["tags", { tags: [{ key: "shop", value: "Bonn" }] }],
  ])("is separate for another %s", async (_, other) => {
    const { aws, invoke } = open(sessionResponse(), OK, sessionResponse(), OK);
    const base = { externalIdKey: undefined, externalId: EXTERNAL_ID };

    await invoke(base);
    await invoke({ ...base, ...other });

    expect(listServices(aws)).toEqual(["sts", "lambda", "sts", "lambda"]);
  });

  it.each<[string, object]>([
    ["externalId", { externalId: "undefined" }],
    ["roleSessionName", { roleSessionName: "undefined" }],
    ["sourceIdentity", { sourceIdentity: "undefined" }],
    ["qualifier", { qualifier: "undefined" }],
  ])(
    'is separate for a request without %s and one with the value "undefined"',
    async (_, named) => {
      const { aws, invoke } = open(
        sessionResponse(),
        OK,
        sessionResponse(),
        OK,
        OK,
      );
      const without = { externalIdKey: undefined };

      await invoke({ ...without, ...named });
      await invoke(without);
      await invoke({ ...without, ...named });

      const services = ["sts", "lambda", "sts", "lambda", "lambda"];
      expect(listServices(aws)).toEqual(services);
      expect(aws.sent[0]?.body).not.toEqual(aws.sent[2]?.body);
      expect(JSON.stringify(aws.sent[2]?.body)).not.toContain("undefined");
    },
  );

  it("is separate for another Parameter Store key", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      parameterResponse("another-id"),
      sessionResponse(),
      OK,
    );

    await invoke();
    await invoke({ externalIdKey: "acme/test/trustKey" });

    expect(listServices(aws)).toEqual([
      "ssm",
      "sts",
      "lambda",
      "ssm",
      "sts",
      "lambda",
    ]);
  });

  it("is replaced, and the function invoked again, when AWS reports that its credentials have expired", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      lambdaError(
        403,
        "ExpiredTokenException",
        "The security token has expired",
      ),
      sessionResponse({ accessKeyId: "ASIAEXAMPLEKEYID0002" }),
      OK,
    );

    const reply = await invoke();

    expect(reply.payload).toEqual({ amount: 12.5 });
    expect(listServices(aws)).toEqual([
      "ssm",
      "sts",
      "lambda",
      "sts",
      "lambda",
    ]);
    expect(listAccessKeyIds(aws).at(-1)).toBe("ASIAEXAMPLEKEYID0002");
  });

  it("is replaced only once per call", async () => {
    const { aws, invoke } = open(
      sessionResponse(),
      lambdaError(
        403,
        "ExpiredTokenException",
        "The security token has expired",
      ),
      sessionResponse({ accessKeyId: "ASIAEXAMPLEKEYID0002" }),
      lambdaError(
        403,
        "ExpiredTokenException",
        "The security token has expired",
      ),
    );

    const error = await catchError(invoke({ externalIdKey: undefined }));

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ExpiredTokenException",
      execution: "did-not-run",
    });
    expect(listServices(aws)).toEqual(["sts", "lambda", "sts", "lambda"]);
  });

  it("is not cancelled when one of several waiting calls is aborted", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );
    const impatient = new AbortController();

    const first = catchError(invoke({}, { signal: impatient.signal }));
    const second = invoke();
    impatient.abort();

    expect(await first).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "did-not-run",
    });
    expect((await second).payload).toEqual({ amount: 12.5 });
    expect(listServices(aws)).toEqual(["ssm", "sts", "lambda"]);
  });

  it("fails after 30 seconds for Parameter Store and STS together", async () => {
    const { aws, clock, invoke } = open(parameterResponse(EXTERNAL_ID), {
      silent: true,
    });

    const error = catchError(invoke());
    await until(() => aws.sent.length === 2);
    clock.pass(30_000);

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "timeout",
      execution: "did-not-run",
    });
    expect(clock.waiting).toBe(0);
  });

  it("is awaited no longer than the call's timeoutMs", async () => {
    const { aws, clock, invoke } = open({ silent: true });

    const error = catchError(invoke({}, { timeoutMs: 30_000 }));
    await until(() => aws.sent.length === 1);
    clock.pass(30_000);

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      timeoutMs: 30_000,
      execution: "did-not-run",
      message: `AssumeRoleInvoke: there was no response within 30,000 ms for the function ${FUNCTION}; the function did not run. Increase timeoutMs, or find out why the call is slow.`,
    });
    clock.pass(30_000);
  });

  it("is requested again by the next call after a failure", async () => {
    const { aws, invoke } = open(
      stsError(403, "AccessDenied", "not yet"),
      sessionResponse(),
      OK,
    );

    await catchError(invoke({ externalIdKey: undefined }));
    await invoke({ externalIdKey: undefined });

    expect(listServices(aws)).toEqual(["sts", "sts", "lambda"]);
  });
});

describe("the caller of a role session", () => {
  const keysOf = (tenant: number, more: object = {}) => ({
    ...exampleCredentials,
    accessKeyId: `AKIATENANT000000000${tenant}`,
    ...more,
  });

  /** Creates operations that share one fake AWS, which gives a new session to each request, and one clock. */
  function openShared(...replies: Reply[]) {
    const aws = new FakeAws().respondWith(...replies);
    const clock = new FakeClock({ skips: 20_000 });
    const invoke = (own: object) =>
      new AssumeRoleInvoke(
        { ...connection, ...own },
        { transport: aws, clock },
      ).execute({ functionName: FUNCTION, roleArn: ROLE });
    return { aws, clock, invoke };
  }

  const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

  it.each<[string, object]>([
    ["proxy", { proxy: "http://proxy.example" }],
    ["ca", { ca: PEM }],
    ["rejectUnauthorized", { rejectUnauthorized: false }],
    ["endpoint", { endpoint: { sts: "https://sts.example" } }],
    ["region", { region: "eu-west-1" }],
    ["useFips", { useFips: true }],
    ["useDualStack", { useDualStack: true }],
    ["credentials", { credentials: keysOf(1) }],
  ])("is another one with another %s", async (_, other) => {
    const { aws, invoke } = openShared(sessionResponse(), OK);
    aws.respondWith(sessionResponse(), OK);

    await invoke({});
    await invoke(other);

    const services = listServices(aws).map((name) => name.replace(/-.*/, ""));
    expect(services).toEqual(["sts", "lambda", "sts", "lambda"]);
  });

  it("is the same with other socket settings and another function that returns the same credentials", async () => {
    const { aws, invoke } = openShared(sessionResponse(), OK);

    await invoke({ credentials: () => keysOf(1) });
    await invoke({ credentials: () => keysOf(1), maxSockets: 1 });

    expect(listServices(aws)).toEqual(["sts", "lambda", "lambda"]);
  });

  it("is what a credentials function returned, not the function", async () => {
    const { aws, clock, invoke } = openShared(
      sessionResponse(),
      OK,
      sessionResponse({ accessKeyId: "ASIATENANT0000000002" }),
      OK,
      OK,
    );
    let tenant = 1;
    const credentials = () =>
      keysOf(tenant, { expiration: new Date(clock.now() + MINUTE_MS) });

    await invoke({ credentials });
    tenant = 2;
    clock.pass(MINUTE_MS);
    await invoke({ credentials });
    tenant = 1;
    clock.pass(MINUTE_MS);
    await invoke({ credentials });

    expect(listAccessKeyIds(aws)).toEqual([
      "AKIATENANT0000000001",
      "ASIAEXAMPLEKEYID0001",
      "AKIATENANT0000000002",
      "ASIATENANT0000000002",
      "ASIAEXAMPLEKEYID0001",
    ]);
  });

  it("keeps its credentials while the role is assumed", async () => {
    const { aws, clock } = openShared(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );
    let count = 0;
    const credentials = () =>
      keysOf(++count % 10, { expiration: new Date(clock.now() + 5_000) });
    const transport: Transport = {
      async send(request, options) {
        const response = await aws.send(request, options);
        clock.pass(5_000);
        return response;
      },
    };

    await new AssumeRoleInvoke(
      { ...connection, credentials },
      { transport, clock },
    ).execute({ functionName: FUNCTION, roleArn: ROLE, externalIdKey: KEY });

    const [atStore, atRole] = listAccessKeyIds(aws);
    expect(atStore).toBe(atRole);
  });

  it("is loaded again, and the role assumed again, when AWS rejects credentials that have been replaced", async () => {
    const { aws, invoke } = openShared(
      stsError(403, "ExpiredToken", "expired"),
      sessionResponse(),
      OK,
    );
    let count = 0;

    await invoke({ credentials: () => keysOf(++count) });

    expect(listAccessKeyIds(aws)).toEqual([
      "AKIATENANT0000000001",
      "AKIATENANT0000000002",
      "ASIAEXAMPLEKEYID0001",
    ]);
  });

  it("sends one STS request for concurrent calls with the same credentials", async () => {
    const { aws, invoke } = openShared(sessionResponse(), OK);

    await Promise.all(
      Array.from({ length: 20 }, () =>
        invoke({ credentials: () => keysOf(1) }),
      ),
    );

    const services = listServices(aws);
    expect(services.filter((name) => name === "sts")).toHaveLength(1);
  });

  it("is not needed in clear: the pool keeps external IDs only in sessions and parameters, which empty releases", async () => {
    const aws = new FakeAws().respondWith(sessionResponse(), OK);
    const hooks = { transport: aws, clock: new FakeClock() };
    const request = {
      functionName: FUNCTION,
      roleArn: ROLE,
      externalId: EXTERNAL_ID,
    };
    await new AssumeRoleInvoke(connection, hooks).execute(request);
    const shared = poolFor(hooks).for(readConnection(connection, "Test"));

    expect([...shared.roleParameters.keys()].join()).toMatch(/^[\w-]{43}$/);
    poolFor(hooks).empty();
    expect([shared.roleParameters.size, shared.sessions.size]).toEqual([0, 0]);
  });

  it("is reported with its role if it cannot be loaded", async () => {
    const { invoke } = openShared(OK);

    const error = await catchError(
      invoke({
        credentials: () => {
          throw new Error("vault is sealed");
        },
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      roleArn: ROLE,
      execution: "did-not-run",
    });
  });
});

describe("a cached external ID", () => {
  const OTHER_ROLE = `${ROLE}2`;
  const DENIED = stsError(403, "AccessDenied", "not you");

  it("is read once for several roles and again after five minutes", async () => {
    const { aws, clock, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      sessionResponse(),
      OK,
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
    );

    await invoke();
    await invoke({ roleArn: OTHER_ROLE });
    clock.pass(5 * MINUTE_MS);
    await invoke({ roleArn: `${ROLE}3` });

    expect(
      listServices(aws).filter((service) => service === "ssm"),
    ).toHaveLength(2);
  });

  it("is read again when the role refuses it, and the call succeeds with the new one", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      DENIED,
      parameterResponse("the-new-one"),
      sessionResponse(),
      OK,
    );

    await invoke();
    const reply = await invoke({ roleArn: OTHER_ROLE });

    expect(reply.payload).toEqual({ amount: 12.5 });
    expect(listServices(aws).slice(3)).toEqual(["sts", "ssm", "sts", "lambda"]);
    expect(aws.sent.at(-2)?.body).toMatchObject({ ExternalId: "the-new-one" });
  });

  it("fails the call if it is unchanged when it is read again", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      DENIED,
      parameterResponse(EXTERNAL_ID),
    );

    await invoke();
    const error = await catchError(invoke({ roleArn: OTHER_ROLE }));

    expect(listServices(aws).slice(3)).toEqual(["sts", "ssm"]);
    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      serviceCode: "AccessDenied",
      execution: "did-not-run",
    });
  });

  it("is read again only when the role refuses it", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      stsError(400, "MalformedPolicyDocument", "no policy"),
    );

    await invoke();
    await catchError(invoke({ roleArn: OTHER_ROLE }));

    expect(listServices(aws).slice(3)).toEqual(["sts"]);
  });

  it("is reported, without being printed, if it has surrounding whitespace, before STS is called", async () => {
    const { aws, invoke } = open(parameterResponse("s3cr3t-trust-value\n"));

    const error = await catchError(invoke());

    expect(listServices(aws)).toEqual(["ssm"]);
    expect(error.message).toBe(
      `AssumeRoleInvoke: the value of parameter ${KEY} is not a valid external ID; it must be 2 to 1224 letters, digits and _ + = , . @ : / -. Store the external ID in it, without whitespace around it. The function did not run.`,
    );
  });
});

describe("a chained role", () => {
  it("is rejected for a session of over an hour before anything is sent", async () => {
    const aws = new FakeAws().respondWith(sessionResponse(), OK);
    const own = markRoleSession({
      accessKeyId: "ASIAEXAMPLEKEYID0009",
      secretAccessKey: "wJalrXUtnFEMI",
      sessionToken: "token",
    });
    const operation = new AssumeRoleInvoke(
      { ...connection, credentials: () => own },
      { transport: aws, clock: new FakeClock() },
    );
    const request = { functionName: FUNCTION, roleArn: ROLE };

    const error = await catchError(
      operation.execute({ ...request, durationSeconds: 3_601 }),
    );
    await operation.execute({ ...request, durationSeconds: 3_600 });

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "durationSeconds", rule: "chained" }],
      execution: "did-not-run",
    });
    expect(listServices(aws)).toEqual(["sts", "lambda"]);
  });

  const longest = (
    credentials: ConstructorParameters<typeof AssumeRoleInvoke>[0],
  ) => {
    const aws = new FakeAws().respondWith(sessionResponse(), OK);
    const operation = new AssumeRoleInvoke(credentials, {
      transport: aws,
      clock: new FakeClock(),
    });
    const request = { functionName: FUNCTION, roleArn: ROLE };
    const outcome = operation.execute({ ...request, durationSeconds: 43_200 });
    return { aws, outcome };
  };
  const keysFrom = (source: string) => ({
    ...connection.credentials,
    sessionToken: "token",
    // Written by the AWS SDK's credential providers.
    $source: { [source]: "x" },
  });

  it.each([
    "CREDENTIALS_STS_ASSUME_ROLE",
    "CREDENTIALS_STS_ASSUME_ROLE_WEB_ID",
    "CREDENTIALS_SSO",
    "CREDENTIALS_HTTP",
    "CREDENTIALS_IMDS",
  ])(
    "is refused over an hour when the SDK marks the caller's credentials as %s",
    async (source) => {
      const keys = keysFrom(source);

      for (const credentials of [keys, () => keys]) {
        const { aws, outcome } = longest({ ...connection, credentials });

        expect(await catchError(outcome)).toMatchObject({
          code: "ERR_INVALID_INPUT",
          issues: [{ path: "durationSeconds", rule: "chained" }],
        });
        expect(aws.sent).toEqual([]);
      }
    },
  );

  it.each(["CREDENTIALS_CODE", "CREDENTIALS_ENV_VARS", "CREDENTIALS_PROFILE"])(
    "may last twelve hours when the SDK marks the caller's credentials as %s",
    async (source) => {
      const credentials = () => keysFrom(source);
      const { aws, outcome } = longest({ ...connection, credentials });

      await outcome;

      expect(readAssumeRole(aws)["DurationSeconds"]).toBe("43200");
    },
  );
});

describe("the error for a role that cannot be assumed", () => {
  it("names the role and the parameter key, never the external ID", async () => {
    const { aws, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      stsError(
        403,
        "AccessDenied",
        `User: anna is not authorized to perform: sts:AssumeRole with external ID ${EXTERNAL_ID}`,
      ),
    );

    const error = await catchError(invoke());

    expect(error.toJSON()).toEqual({
      name: "CredentialsError",
      code: "ERR_CREDENTIALS",
      operation: "AssumeRoleInvoke",
      functionName: FUNCTION,
      message: `AssumeRoleInvoke: the role ${ROLE} could not be assumed; AWS returned AccessDenied (User: anna is not authorized to perform: sts:AssumeRole with external ID [hidden]). Check that the role exists, that its trust policy names the caller, that the caller's own policy allows sts:AssumeRole on it (assumePolicy() generates one), and that the external ID in parameter ${KEY} (externalIdKey) is the one it requires. The function did not run.`,
      retryable: false,
      execution: "did-not-run",
      roleArn: ROLE,
      serviceCode: "AccessDenied",
    });
    expect(error.cause).toMatchObject({
      code: "ERR_SERVICE",
      httpStatus: 403,
      execution: "did-not-run",
    });
    expect(listServices(aws)).toEqual(["ssm", "sts"]);
  });

  it("names the role if the external ID was given as a value", async () => {
    const { invoke } = open(stsError(403, "AccessDenied", EXTERNAL_ID));

    const error = await catchError(
      invoke({ externalIdKey: undefined, externalId: EXTERNAL_ID }),
    );

    expect(error).toMatchObject({ code: "ERR_CREDENTIALS", roleArn: ROLE });
    expect(error.message).toContain("externalId is the one it requires");
  });

  it.each<[string, Reply, object]>([
    [
      "is missing",
      parameterStoreError("ParameterNotFound"),
      {
        serviceCode: "ParameterNotFound",
        retryable: false,
        message: `AssumeRoleInvoke: the external ID could not be read from parameter ${KEY}; AWS returned ParameterNotFound. Check externalIdKey and the region, or store the external ID in that parameter. The function did not run.`,
      },
    ],
    [
      "may not be read",
      parameterStoreError("AccessDeniedException", "User: anna may not."),
      {
        serviceCode: "AccessDeniedException",
        retryable: false,
        message: `AssumeRoleInvoke: the external ID could not be read from parameter ${KEY}; AWS returned AccessDeniedException (User: anna may not). Check externalIdKey, the region, and that the caller is allowed ssm:GetParameter (and kms:Decrypt) on the parameter. The function did not run.`,
      },
    ],
    [
      "is empty",
      parameterResponse(""),
      {
        message: `AssumeRoleInvoke: the external ID could not be read from parameter ${KEY}; the parameter is empty. Store the external ID in it. The function did not run.`,
      },
    ],
  ])("names the parameter for %s", async (_, reply, expected) => {
    const { aws, invoke } = open(reply);

    const error = await catchError(invoke());

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      roleArn: ROLE,
      execution: "did-not-run",
      ...expected,
    });
    expect(listServices(aws)).toEqual(["ssm"]);
  });

  it("reports an STS response without credentials", async () => {
    const { invoke } = open({
      body: "<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>",
    });

    const error = await catchError(invoke({ externalIdKey: undefined }));

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
      message: `AssumeRoleInvoke: the role ${ROLE} could not be assumed; the response cannot be read (STS returned no credentials). Check the endpoint and the proxy. The function did not run.`,
    });
  });

  it.each<[string, Reply, string]>([
    [
      "a duration above the role's maximum",
      stsError(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      ),
      "ValidationError (The requested DurationSeconds exceeds the MaxSessionDuration set for this role). Correct the value that AWS names; durationSeconds is limited by the role's maximum session duration",
    ],
    [
      "two hours through another role",
      stsError(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      ),
      "ValidationError (The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining). Set durationSeconds to at most 3600, because the connection's credentials are themselves a role session, and AWS limits chained role sessions to one hour",
    ],
    [
      "a source identity in the caller's credentials",
      stsError(
        403,
        "AccessDenied",
        "User: anna is not authorized to perform: sts:SetSourceIdentity on resource: x",
      ),
      "AccessDenied (User: anna is not authorized to perform: sts:SetSourceIdentity on resource: x). Allow sts:SetSourceIdentity in the role's trust policy and in the caller's own policy (trustPolicy() and assumePolicy() do so with sourceIdentity: true); the caller's own credentials carry a source identity, as credentials from IAM Roles Anywhere do",
    ],
    [
      "transitive tags in the caller's credentials",
      stsError(
        403,
        "AccessDenied",
        "User: anna is not authorized to perform: sts:TagSession on resource: x",
      ),
      "AccessDenied (User: anna is not authorized to perform: sts:TagSession on resource: x). Allow sts:TagSession in the role's trust policy and in the caller's own policy (trustPolicy() and assumePolicy() do so with tags: true); the caller's own credentials carry transitive session tags",
    ],
    [
      "a malformed policy",
      stsError(400, "MalformedPolicyDocument", "Syntax errors in policy."),
      "MalformedPolicyDocumentException (Syntax errors in policy). Correct sessionPolicy",
    ],
    [
      "a policy that is too large when packed",
      stsError(
        400,
        "PackedPolicyTooLarge",
        "Packed size of session policy is 103% of the allowed maximum",
      ),
      "PackedPolicyTooLargeException (Packed size of session policy is 103% of the allowed maximum). Shorten sessionPolicy or tags; their packed size exceeds AWS's limit",
    ],
    [
      "a tag that AWS rejects",
      stsError(400, "InvalidParameterValue", "Duplicate tag keys found."),
      "InvalidParameterValue (Duplicate tag keys found). Correct the value that AWS names",
    ],
    [
      "a region without STS",
      stsError(
        403,
        "RegionDisabledException",
        "STS is not activated in this region for account",
      ),
      "RegionDisabledException (STS is not activated in this region for account). Activate STS in this region, or use another region",
    ],
    [
      "credentials of the caller that AWS does not recognize",
      stsError(
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
      ),
      "InvalidClientTokenId (The security token included in the request is invalid). AWS does not recognize the access key ID; check the credentials",
    ],
  ])(
    "quotes AWS for %s and does not mention the trust policy",
    async (_, reply, expected) => {
      const { invoke } = open(reply);

      const error = await catchError(invoke({ externalIdKey: undefined }));

      expect(error).toMatchObject({
        code: "ERR_CREDENTIALS",
        execution: "did-not-run",
        message: `AssumeRoleInvoke: the role ${ROLE} could not be assumed; AWS returned ${expected}. The function did not run.`,
      });
    },
  );

  it("is retryable for a temporary reason", async () => {
    const { invoke } = open(stsError(400, "Throttling", "Rate exceeded"));

    const error = await catchError(invoke({ externalIdKey: undefined }));

    expect(error).toMatchObject({
      retryable: true,
      message: `AssumeRoleInvoke: the role ${ROLE} could not be assumed; AWS returned Throttling (Rate exceeded). Try again later. The function did not run.`,
    });
  });

  it("explains how both policies allow the source identity", async () => {
    const { invoke } = open(
      stsError(
        403,
        "AccessDenied",
        "anna may not perform: sts:SetSourceIdentity",
      ),
    );

    const error = await catchError(
      invoke({ externalIdKey: undefined, sourceIdentity: "anna" }),
    );

    expect(error.message).toContain(
      "(trustPolicy() and assumePolicy() do so with sourceIdentity: true). The function did not run.",
    );
  });

  it.each([
    ["is missing", parameterStoreError("ParameterNotFound")],
    ["cannot be used", parameterResponse("two words")],
  ])("has a cause that describes the parameter %s", async (_, reply) => {
    const { invoke } = open(reply);

    const error = await catchError(invoke());

    const causes: Error[] = [];
    for (let each = error.cause; each; each = (each as Error).cause)
      causes.push(each as Error);
    const messages = causes.map(({ name, message }) => `${name}: ${message}`);
    expect(messages.join()).not.toMatch(/UnknownError|before AWS responded/);
    expect(causes.at(-1)?.stack ?? "").not.toContain("UnknownError");
  });

  it("reports that there was no response", async () => {
    const { invoke } = open({ fails: "ECONNREFUSED", sent: false });

    const error = await catchError(invoke({ externalIdKey: undefined }));

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
      retryable: true,
      cause: { code: "ERR_TRANSPORT" },
    });
  });
});

describe("an unknown partition", () => {
  it("is accepted and checked by AWS only", async () => {
    const aws = new FakeAws().respondWith(sessionResponse(), OK);
    const region = "xx-future-1";

    await new AssumeRoleInvoke(
      { ...connection, region },
      { transport: aws },
    ).execute({
      functionName: "price",
      roleArn: ROLE.replace("aws", "aws-xx"),
    });

    expect(listServices(aws)).toEqual(["sts", "lambda"]);
  });
});

describe("the error when Lambda refuses a role session", () => {
  it("gives advice about the role's policy, not the caller's", async () => {
    const { invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      lambdaError(
        403,
        "AccessDeniedException",
        "no identity-based policy allows",
      ),
    );

    const error = await catchError(invoke());

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      message: `AssumeRoleInvoke: AWS returned AccessDeniedException (403) for the function ${FUNCTION}. no identity-based policy allows. Allow lambda:InvokeFunction on this function in the permissions of the role ${ROLE}; invokePolicy() generates them.`,
    });
  });

  it("names the session policy if AWS names it", async () => {
    const { invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      lambdaError(403, "AccessDeniedException", "no session policy allows"),
    );

    const error = await catchError(
      invoke({ sessionPolicy: { Statement: [] } }),
    );

    expect(error.message).toContain(
      "Allow lambda:InvokeFunction on this function in sessionPolicy, or omit it.",
    );
  });

  it("hides an external ID that AWS repeats, even if an earlier call read it", async () => {
    const { clock, invoke } = open(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      OK,
      lambdaError(400, "ValidationException", `Value '${EXTERNAL_ID}'`),
    );
    await invoke();
    clock.pass(10 * MINUTE_MS);

    const error = await catchError(invoke());

    expect(error.message).toContain("Value '[hidden]'");
  });
});

describe("the narrowed session policy", () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,30}$/);
  const region = fc.constantFrom(
    ["aws", "eu-central-1"] as const,
    ["aws", "us-west-2"] as const,
    ["aws-cn", "cn-northwest-1"] as const,
    ["aws-us-gov", "us-gov-west-1"] as const,
    ["aws-eusc", "eusc-de-east-1"] as const,
    ["aws-iso", "us-iso-east-1"] as const,
    ["aws-iso-b", "us-isob-east-1"] as const,
    ["aws-iso-e", "eu-isoe-west-1"] as const,
    ["aws-iso-f", "us-isof-south-1"] as const,
  );
  const qualifier = fc.option(
    fc.constantFrom("$LATEST", "$LATEST.PUBLISHED", "7", "live"),
    { nil: undefined },
  );

  const named = fc.record({
    plain: name,
    place: region,
    version: qualifier,
    form: fc.nat(4),
  });

  it("allows the one function by its full ARN for every form of function name", async () => {
    await fc.assert(
      fc.asyncProperty(named, async ({ plain, place, version, form }) => {
        const [partition, home] = place;
        fc.pre(!/^\d{12}$/.test(plain) && plain !== "function");
        const tail = version === undefined ? plain : `${plain}:${version}`;
        const functionName = [
          tail,
          `function:${tail}`,
          `333344445555:function:${tail}`,
          `${home}:333344445555:function:${tail}`,
          `arn:${partition}:lambda:${home}:333344445555:function:${tail}`,
        ][form];
        const aws = new FakeAws().respondWith(sessionResponse(), OK);

        await new AssumeRoleInvoke(
          { ...connection, region: home },
          { transport: aws },
        ).execute({
          functionName: functionName ?? "",
          roleArn: ROLE.replace("aws", partition),
        });

        const account = form < 2 ? "222233334444" : "333344445555";
        const policy = JSON.parse(
          readAssumeRole(aws)["Policy"] ?? "",
        ) as object;
        expect(policy).toEqual({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "lambda:InvokeFunction",
              Resource: `arn:${partition}:lambda:${home}:${account}:function:${tail}`,
            },
          ],
        });
      }),
      {
        numRuns: 60,
        examples: [
          [
            {
              plain: "price-list-1",
              place: ["aws", "eu-central-1"],
              version: "live",
              form: 0,
            },
          ],
        ],
      },
    );
  });
});
