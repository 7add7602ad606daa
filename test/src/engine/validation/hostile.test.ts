import { IsInt } from "class-validator";
import {
  createConnector,
  Credentials,
  isConnectorError,
} from "../../../../src";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { EXTERNAL_ID } from "../../../awsResponses";
import { findSecrets, catchError } from "../../../catchError";

function open(...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  return { aws, connector: createConnector(connection, { transport: aws }) };
}

const PRICE = { functionName: "price" };
const STS_KEYS = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLEKEYID0001</AccessKeyId><SecretAccessKey>session-secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2026-11-20T13:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

describe("unexpected responses", () => {
  it.each([
    ['{"message":{"a":1}}', 403],
    ['{"Message":5}', 502],
    ['{"__type":"A\\nB"}', 400],
    ["[]", 500],
  ])(
    "throws a connector error with one line for the body %s with status %d",
    async (body, status) => {
      const { connector } = open({ status, body });

      const error = await catchError(connector.invokeFunction(PRICE));

      expect(isConnectorError(error)).toBe(true);
      expect(error.message).not.toContain("\n");
    },
  );

  it("does not show a secret that AWS returns as an error code", async () => {
    const { connector } = open({
      status: 400,
      headers: {
        "x-amzn-errortype": exampleCredentials.secretAccessKey,
        "x-amzn-requestid": exampleCredentials.secretAccessKey,
      },
      body: "{}",
    });

    const error = await catchError(connector.invokeFunction(PRICE));

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "Unknown",
    });
    expect(findSecrets(error, exampleCredentials)).toEqual([]);
  });

  it("throws ERR_RESPONSE for an HTML page with status 200", async () => {
    const page = {
      headers: { "content-type": "text/html", "x-amzn-requestid": "" },
      body: "<html>Please sign in</html>",
    };
    const captivePortal = {
      send: () =>
        Promise.resolve({
          statusCode: 200,
          headers: { "content-type": page.headers["content-type"] },
          body: Buffer.from(page.body),
        }),
    };
    const connector = createConnector(connection, { transport: captivePortal });

    const errors = [
      await catchError(connector.invokeFunction(PRICE)),
      await catchError(connector.deleteFunction(PRICE)),
      await catchError(connector.validateCredentials()),
    ];

    expect(errors.map(({ code }) => code)).toEqual([
      "ERR_RESPONSE",
      "ERR_RESPONSE",
      "ERR_RESPONSE",
    ]);
  });

  it("throws ERR_RESPONSE when Functions is not an array", async () => {
    const { connector } = open({ body: '{"Functions":{"a":1}}' });

    const error = await catchError(connector.listFunctions());

    expect(error.code).toBe("ERR_RESPONSE");
  });

  it("throws ERR_FUNCTION for a failed function with an unusual trace", async () => {
    const { connector } = open({
      headers: { "x-amz-function-error": "Unhandled" },
      body: JSON.stringify({
        errorMessage: `${"x".repeat(10_000)}\r\nend`,
        trace: [{ toString: 1 }, "at handler"],
      }),
    });

    const error = await catchError(connector.invokeFunction(PRICE));

    expect(error).toMatchObject({
      code: "ERR_FUNCTION",
      execution: "ran",
      trace: ["at handler"],
    });
    expect(error.message.length).toBeLessThan(2_000);
  });
});

describe("execution and result after retries", () => {
  it("is may-have-run when a lost attempt is followed by an expired token", async () => {
    const { aws, connector } = open(
      { body: STS_KEYS },
      { fails: "ECONNRESET", sent: true },
      lambdaError(403, "ExpiredTokenException", "expired"),
    );

    const error = await catchError(
      connector.assumeRoleInvoke({
        ...PRICE,
        roleArn: "arn:aws:iam::222233334444:role/invoker",
        externalId: EXTERNAL_ID,
        idempotent: true,
      }),
    );

    expect(error.execution).toBe("may-have-run");
    expect(aws.sent).toHaveLength(3);
  });

  it("is did-not-run when the response of a dry run is lost", async () => {
    const { connector } = open({ fails: "ECONNRESET", sent: true });

    const error = await catchError(
      connector.invokeFunction({ ...PRICE, invocationType: "DryRun" }),
    );

    expect(error.execution).toBe("did-not-run");
  });

  it("is false when DeleteFunction is throttled and then finds no function", async () => {
    const { connector } = open(
      lambdaError(429, "TooManyRequestsException", "slow down"),
      lambdaError(
        404,
        "ResourceNotFoundException",
        "Function not found: price",
      ),
    );

    const isDeleted = await connector.deleteFunction(PRICE);

    expect(isDeleted).toBe(false);
  });
});

describe("unexpected arguments", () => {
  it.each([
    ["idempotent", new Boolean(false)],
    ["payloadJson", new String("1")],
    ["qualifier", new String("live")],
  ])("rejects a boxed %s", async (field, value) => {
    const { aws, connector } = open({});

    const error = await catchError(
      connector.invokeFunction({ ...PRICE, [field]: value }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: field }],
    });
    expect(aws.sent).toEqual([]);
  });

  it.each([[AbortSignal.abort()], [5], [[]], ["x"]])(
    "rejects %p as call options",
    async (options) => {
      const { aws, connector } = open({});

      const error = await catchError(
        connector.invokeFunction(PRICE, options as never),
      );

      expect(error.code).toBe("ERR_INVALID_INPUT");
      expect(aws.sent).toEqual([]);
    },
  );

  it.each([
    ["a URL object", new URL("http://127.0.0.1:1")],
    [
      "a getter that throws",
      {
        get lambda(): string {
          throw new Error("no");
        },
      },
    ],
  ])("rejects an endpoint that is %s", async (_, endpoint) => {
    const error = await catchError(() =>
      createConnector({ ...connection, endpoint: endpoint as never }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "endpoint" }],
    });
  });

  it("accepts an ISO 8601 string as expiration", async () => {
    const { connector } = open();

    const credentials = await connector.getStaticCredentials({
      ...exampleCredentials,
      expiration: "2026-11-20T13:00:00.000Z" as never,
    });

    expect(credentials.expiration).toEqual(new Date("2026-11-20T13:00:00Z"));
  });

  it("does not recognize a revoked proxy as a connector error, and prints credentials with an invalid date", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();

    const isRecognized = isConnectorError(proxy);
    const printed = JSON.stringify(
      new Credentials({
        ...exampleCredentials,
        expiration: new Date(Number.NaN),
      }),
    );

    expect(isRecognized).toBe(false);
    expect(printed).toContain(exampleCredentials.accessKeyId);
  });
});

describe("connector.function with a contract", () => {
  class Price {
    @IsInt()
    total!: number;
  }

  it("passes undeclared properties through unchanged", async () => {
    const body =
      '{"total":1,"extra":{"constructor":"x","__proto__":{"a":1},"toString":1}}';
    const { aws, connector } = open({ body });
    const price = connector.function("price", {
      request: Price,
      response: Price,
    });

    const result = await price(JSON.parse(body) as Price);

    expect(JSON.stringify(result)).toBe(body);
    expect(result).toBeInstanceOf(Price);
    expect(Buffer.from(aws.requests[0]?.body ?? "").toString()).toBe(body);
  });

  it("accepts null as a contract", async () => {
    const { connector } = open({ body: "7" });

    const result = await connector.function("price", null as never)({});

    expect(result).toBe(7);
  });
});

describe("Connector.close", () => {
  it("ends an open stream", async () => {
    const { connector } = open({
      body: '{"Functions":[{"FunctionName":"a"},{"FunctionName":"b"}]}',
    });
    const names: string[] = [];

    const readNames = async (): Promise<void> => {
      for await (const fn of connector.listFunctions.stream()) {
        names.push(fn.functionName);
        connector.close();
      }
    };
    const error = await catchError(readNames());

    expect(error).toMatchObject({ issues: [{ rule: "closed" }] });
    expect(names).toEqual(["a"]);
  });
});
