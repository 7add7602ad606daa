import { createConnector, type Connector } from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import {
  connectionTo,
  CUSTOMER,
  EXTERNAL_ID,
  OFFER_ARN,
  ROLE_ARN,
  startWorld,
} from "./world";

describe("a connector over real sockets", () => {
  let local: LocalAws;
  let connector: Connector;

  beforeEach(async () => {
    local = await startWorld({
      functions: {
        price: ({ sku }: { sku: string }) => ({ sku, total: 1290 }),
        broken: () => {
          throw new RangeError("out of stock");
        },
      },
    });
    connector = createConnector(connectionTo(local));
  });

  afterEach(async () => {
    connector.close();
    await local.close();
  });

  it("lists every function of every page", async () => {
    for (let index = 0; index < 120; index++)
      await local.createFunction(`fn-${index}`, () => index);

    const functions = await connector.listFunctions();

    expect(functions).toHaveLength(122);
    expect(new Set(functions.map((fn) => fn.functionName)).size).toBe(122);
    expect(local.requests.of("ListFunctions")).toHaveLength(3);
  });

  it("requests no page before it is needed", async () => {
    for (let index = 0; index < 120; index++)
      await local.createFunction(`fn-${index}`, () => index);

    const names: string[] = [];
    for await (const fn of connector.listFunctions.stream({ limit: 60 }))
      names.push(fn.functionName);

    expect(names).toHaveLength(60);
    expect(local.requests.of("ListFunctions")).toHaveLength(2);
  });

  it("invokes a function and returns its payload", async () => {
    const answer = await connector.invokeFunction({
      functionName: "price",
      payload: { sku: "A-17" },
    });

    expect(answer).toMatchObject({
      statusCode: 200,
      executedVersion: "$LATEST",
      payload: { sku: "A-17", total: 1290 },
    });
  });

  it.each([["Event", 202] as const, ["DryRun", 204] as const])(
    "returns status code and no payload for invocation type %s: %d",
    async (invocationType, statusCode) => {
      const answer = await connector.invokeFunction({
        functionName: "price",
        payload: { sku: "A-17" },
        invocationType,
      });

      expect(answer.statusCode).toBe(statusCode);
      expect(answer.payload).toBeUndefined();
      expect(answer.executedVersion).toBeUndefined();
    },
  );

  it("throws the function's own error message when the function threw", async () => {
    const invocation = connector.invokeFunction({ functionName: "broken" });

    await expect(invocation).rejects.toMatchObject({
      code: "ERR_FUNCTION",
      errorType: "RangeError",
      errorMessage: "out of stock",
      execution: "ran",
      response: { statusCode: 200, functionError: "Unhandled" },
    });
  });

  it("invokes across accounts with the external ID from Parameter Store", async () => {
    const reply = await connector.assumeRoleInvoke({
      functionName: OFFER_ARN,
      payload: { sku: "A-17" },
      roleArn: ROLE_ARN,
      externalIdKey: "acme/prod/trustKey",
    });

    expect(reply.payload).toEqual({ offered: { sku: "A-17" } });
    expect(local.requests.all.map(({ operation }) => operation)).toEqual([
      "GetParameter",
      "AssumeRole",
      "Invoke",
    ]);
  });

  it("sends one request when the role session is cached", async () => {
    const request = {
      functionName: "offer",
      roleArn: ROLE_ARN,
      externalId: EXTERNAL_ID,
    };
    await connector.assumeRoleInvoke(request);
    local.requests.clear();

    await connector.assumeRoleInvoke(request);

    expect(local.requests.all.map(({ operation }) => operation)).toEqual([
      "Invoke",
    ]);
  });

  it("assumes the role once for a hundred concurrent calls", async () => {
    const calls = Array.from({ length: 100 }, (_, index) =>
      connector.assumeRoleInvoke({
        functionName: "offer",
        payload: index,
        roleArn: ROLE_ARN,
        externalIdKey: "acme/prod/trustKey",
      }),
    );
    const answers = await Promise.all(calls);

    expect(answers.map(({ payload }) => payload)).toEqual(
      calls.map((_, index) => ({ offered: index })),
    );
    expect(local.requests.of("GetParameter")).toHaveLength(1);
    expect(local.requests.of("AssumeRole")).toHaveLength(1);
    expect(local.requests.of("Invoke")).toHaveLength(100);
  });

  it("assumes the role again when AWS reports an expired session", async () => {
    const request = {
      functionName: "offer",
      roleArn: ROLE_ARN,
      externalIdKey: "acme/prod/trustKey",
    };
    await connector.assumeRoleInvoke(request);
    local.requests.clear();
    local.faults.add({ kind: "expired-token", operation: "Invoke" });

    const reply = await connector.assumeRoleInvoke(request);

    expect(reply.statusCode).toBe(200);
    expect(local.requests.all.map(({ operation }) => operation)).toEqual([
      "Invoke",
      "AssumeRole",
      "Invoke",
    ]);
  });

  it("narrows the session to the one function by default", async () => {
    const request = {
      functionName: "offer",
      roleArn: ROLE_ARN,
      externalId: EXTERNAL_ID,
      sessionPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "lambda:InvokeFunction",
            Resource: `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:offer`,
          },
        ],
      },
    };

    const other = connector.assumeRoleInvoke({
      ...request,
      functionName: "secret",
    });
    const all = connector.assumeRoleInvoke({
      ...request,
      functionName: "secret",
      sessionPolicy: "none",
    });

    await expect(other).rejects.toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "AccessDeniedException",
      execution: "did-not-run",
    });
    await expect(all).resolves.toMatchObject({ payload: "not for the role" });
  });

  it("returns true for the first deletion of a function and false for the second", async () => {
    const first = await connector.deleteFunction({ functionName: "price" });
    const second = await connector.deleteFunction({ functionName: "price" });

    expect([first, second]).toEqual([true, false]);
    const left = await connector.listFunctions();
    expect(left.map((fn) => fn.functionName)).toEqual(["broken"]);
  });

  it("distinguishes valid from invalid credentials", async () => {
    const { endpoint, region, credentials } = local;
    const stranger = createConnector({
      endpoint,
      region,
      credentials: { ...credentials, secretAccessKey: "not-the-right-one" },
    });

    const verdicts = [
      await connector.validateCredentials(),
      await stranger.validateCredentials(),
    ];

    expect(verdicts).toEqual([true, false]);
    stranger.close();
  });
});
