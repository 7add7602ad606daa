import { IsInt } from "class-validator";
import {
  createConnector,
  Credentials,
  isConnectorError,
} from "../../../../src";
import { connection, keys } from "../../../connection";
import { FakeAws, refusal, type Reply } from "../../../FakeAws";
import { EXTERNAL_ID } from "../../../answers";
import { secretsIn, thrownBy } from "../../../thrownBy";

function open(...replies: Reply[]) {
  const aws = new FakeAws().answers(...replies);
  return { aws, connector: createConnector(connection, { transport: aws }) };
}

const PRICE = { functionName: "price" };
const STS_KEYS = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLEKEYID0001</AccessKeyId><SecretAccessKey>borrowed</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2026-11-20T13:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

describe("answers that nobody would expect", () => {
  it.each([
    ['{"message":{"a":1}}', 403],
    ['{"Message":5}', 502],
    ['{"__type":"A\\nB"}', 400],
    ["[]", 500],
  ])("%s with status %d becomes one of the errors", async (body, status) => {
    const { connector } = open({ status, body });

    const error = await thrownBy(connector.invokeFunction(PRICE));

    expect(isConnectorError(error)).toBe(true);
    expect(error.message).not.toContain("\n");
  });

  it("show no secret that stands where a code belongs", async () => {
    const { connector } = open({
      status: 400,
      headers: {
        "x-amzn-errortype": keys.secretAccessKey,
        "x-amzn-requestid": keys.secretAccessKey,
      },
      body: "{}",
    });

    const error = await thrownBy(connector.invokeFunction(PRICE));

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "Unknown",
    });
    expect(secretsIn(error, keys)).toEqual([]);
  });

  it("of a portal, a page with status 200, are not taken for AWS's", async () => {
    const page = {
      headers: { "content-type": "text/html", "x-amzn-requestid": "" },
      body: "<html>Please sign in</html>",
    };
    const portal = {
      send: () =>
        Promise.resolve({
          statusCode: 200,
          headers: { "content-type": page.headers["content-type"] },
          body: Buffer.from(page.body),
        }),
    };
    const connector = createConnector(connection, { transport: portal });

    const errors = [
      await thrownBy(connector.invokeFunction(PRICE)),
      await thrownBy(connector.deleteFunction(PRICE)),
      await thrownBy(connector.validateCredentials()),
    ];

    expect(errors.map(({ code }) => code)).toEqual([
      "ERR_RESPONSE",
      "ERR_RESPONSE",
      "ERR_RESPONSE",
    ]);
  });

  it("that are no list are told as answers that cannot be read", async () => {
    const { connector } = open({ body: '{"Functions":{"a":1}}' });

    const error = await thrownBy(connector.listFunctions());

    expect(error.code).toBe("ERR_RESPONSE");
  });

  it("of a failed function, however odd its trace, stay the function's failure", async () => {
    const { connector } = open({
      headers: { "x-amz-function-error": "Unhandled" },
      body: JSON.stringify({
        errorMessage: `${"x".repeat(10_000)}\r\nend`,
        trace: [{ toString: 1 }, "at handler"],
      }),
    });

    const error = await thrownBy(connector.invokeFunction(PRICE));

    expect(error).toMatchObject({
      code: "ERR_FUNCTION",
      execution: "ran",
      trace: ["at handler"],
    });
    expect(error.message.length).toBeLessThan(2_000);
  });
});

describe("verdicts", () => {
  it("may-have-run stays when a lost attempt is followed by an expired token", async () => {
    const { aws, connector } = open(
      { body: STS_KEYS },
      { fails: "ECONNRESET", sent: true },
      refusal(403, "ExpiredTokenException", "expired"),
    );

    const error = await thrownBy(
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

  it("did-not-run holds for a dry run whose answer is lost", async () => {
    const { connector } = open({ fails: "ECONNRESET", sent: true });

    const error = await thrownBy(
      connector.invokeFunction({ ...PRICE, invocationType: "DryRun" }),
    );

    expect(error.execution).toBe("did-not-run");
  });

  it("a function that was never there is not told as deleted because AWS throttled first", async () => {
    const { connector } = open(
      refusal(429, "TooManyRequestsException", "slow down"),
      refusal(404, "ResourceNotFoundException", "Function not found: price"),
    );

    const gone = await connector.deleteFunction(PRICE);

    expect(gone).toBe(false);
  });
});

describe("arguments that nobody would expect", () => {
  it.each([
    ["idempotent", new Boolean(false)],
    ["payloadJson", new String("1")],
    ["qualifier", new String("live")],
  ])("a boxed %s is refused", async (field, value) => {
    const { aws, connector } = open({});

    const error = await thrownBy(
      connector.invokeFunction({ ...PRICE, [field]: value }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: field }],
    });
    expect(aws.sent).toEqual([]);
  });

  it.each([[AbortSignal.abort()], [5], [[]], ["x"]])(
    "options that are none are refused, not overlooked: %p",
    async (options) => {
      const { aws, connector } = open({});

      const error = await thrownBy(
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
  ])(
    "an endpoint that is %s is refused, not overlooked",
    async (_, endpoint) => {
      const error = await thrownBy(() =>
        createConnector({ ...connection, endpoint: endpoint as never }),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path: "endpoint" }],
      });
    },
  );

  it("an expiration may be the text that JSON makes of a date", async () => {
    const { connector } = open();

    const credentials = await connector.getStaticCredentials({
      ...keys,
      expiration: "2026-11-20T13:00:00.000Z" as never,
    });

    expect(credentials.expiration).toEqual(new Date("2026-11-20T13:00:00Z"));
  });

  it("a revoked proxy is no error of ours, and credentials with no real date can be printed", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();

    const isOurs = isConnectorError(proxy);
    const printed = JSON.stringify(
      new Credentials({ ...keys, expiration: new Date(Number.NaN) }),
    );

    expect(isOurs).toBe(false);
    expect(printed).toContain(keys.accessKeyId);
  });
});

describe("a contract", () => {
  class Price {
    @IsInt()
    total!: number;
  }

  it("touches only what it declares", async () => {
    const body =
      '{"total":1,"extra":{"constructor":"x","__proto__":{"a":1},"toString":1}}';
    const { aws, connector } = open({ body });
    const price = connector.function("price", {
      request: Price,
      response: Price,
    });

    const answer = await price(JSON.parse(body) as Price);

    expect(JSON.stringify(answer)).toBe(body);
    expect(answer).toBeInstanceOf(Price);
    expect(Buffer.from(aws.requests[0]?.body ?? "").toString()).toBe(body);
  });

  it("may be null, as plain JavaScript may give it", async () => {
    const { connector } = open({ body: "7" });

    const answer = await connector.function("price", null as never)({});

    expect(answer).toBe(7);
  });
});

describe("a connector", () => {
  it("lets a stream end with it", async () => {
    const { connector } = open({
      body: '{"Functions":[{"FunctionName":"a"},{"FunctionName":"b"}]}',
    });
    const names: string[] = [];

    const walk = async (): Promise<void> => {
      for await (const fn of connector.listFunctions.stream()) {
        names.push(fn.functionName);
        connector.close();
      }
    };
    const error = await thrownBy(walk());

    expect(error).toMatchObject({ issues: [{ rule: "closed" }] });
    expect(names).toEqual(["a"]);
  });
});
