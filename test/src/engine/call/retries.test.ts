import { InvokeFunction, ListFunctions } from "../../../../operations";
import { functionResult } from "../../../awsResponses";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { catchError } from "../../../catchError";

const PRICE = { functionName: "price" };
const LOST: Reply = { fails: "ECONNRESET", sent: true };

/** A fake AWS that records the time of each request. */
class TimedAws extends FakeAws {
  readonly times: number[] = [];
  readonly clock = new FakeClock({ skips: 20_000 });

  override send(...[request, options]: Parameters<FakeAws["send"]>) {
    this.times.push(this.clock.now());
    return super.send(request, options);
  }

  get hooks() {
    return { transport: this, clock: this.clock };
  }

  get delays(): number[] {
    return this.times.slice(1).map((time, at) => time - (this.times[at] ?? 0));
  }
}

function throttled(headers: Record<string, string>): Reply {
  return {
    ...lambdaError(429, "TooManyRequestsException", "Slow."),
    ...{
      headers: { "x-amzn-errortype": "TooManyRequestsException", ...headers },
    },
  };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe("a retried request", () => {
  it.each<[string, Record<string, string>, number]>([
    ["seconds", { "retry-after": "3" }, 3_000],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 12:00:05 GMT" }, 5_000],
    ["milliseconds", { "x-amz-retry-after": "1200" }, 1_200],
  ])("is delayed as long as AWS asks in %s", async (_, headers, ms) => {
    jest.spyOn(Math, "random").mockReturnValue(0.1);
    const aws = new TimedAws().respondWith(
      throttled(headers),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.hooks).execute(PRICE);

    expect(aws.delays).toEqual([ms]);
  });

  it("is delayed up to one second, then up to two, if AWS throttles", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.9);
    const aws = new TimedAws().respondWith(
      throttled({}),
      throttled({}),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.hooks).execute(PRICE);

    expect(aws.delays).toEqual([900, 1_800]);
  });

  it("is not sent if its delay would end after the deadline, which the error reports", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.9);
    const aws = new TimedAws().respondWith(throttled({}));

    const error = await catchError(
      new InvokeFunction(connection, {
        transport: aws,
        clock: new FakeClock(),
      }).execute(PRICE, { timeoutMs: 200 }),
    );

    expect(aws.sent).toHaveLength(1);
    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      retryable: true,
      execution: "did-not-run",
    });
    expect((error as Error).message).toContain(
      " No time was left for another attempt within 200 ms; increase timeoutMs.",
    );
  });

  it("whose attempts are used up is not reported as one without time", async () => {
    const aws = new TimedAws().respondWith(
      throttled({}),
      throttled({}),
      throttled({}),
    );

    const error = await catchError(
      new InvokeFunction(connection, aws.hooks).execute(PRICE),
    );

    expect(aws.sent).toHaveLength(3);
    expect((error as Error).message).not.toContain("No time was left");
  });

  it("reports that no time was left if its connection failed", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.9);
    const aws = new TimedAws().respondWith({ fails: "ECONNREFUSED" } as Reply);

    const error = await catchError(
      new InvokeFunction(connection, {
        transport: aws,
        clock: new FakeClock(),
      }).execute(PRICE, { timeoutMs: 40 }),
    );

    expect(aws.sent).toHaveLength(1);
    expect(error).toMatchObject({ code: "ERR_TRANSPORT" });
    expect((error as Error).message).toContain("No time was left");
  });

  it("is not sent if AWS asks for a minute, which the error reports", async () => {
    const aws = new TimedAws().respondWith(throttled({ "retry-after": "60" }));

    const error = await catchError(
      new InvokeFunction(connection, aws.hooks).execute(PRICE),
    );

    expect(aws.sent).toHaveLength(1);
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 60_000 });
  });

  it("keeps its invocation ID and numbers its attempts", async () => {
    const aws = new TimedAws().respondWith(
      throttled({}),
      throttled({}),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.hooks).execute(PRICE);

    const of = (name: string) =>
      aws.requests.map(({ headers }) => headers[name]);
    expect(new Set(of("amz-sdk-invocation-id")).size).toBe(1);
    expect(of("amz-sdk-request")).toEqual([
      "attempt=1; max=3",
      "attempt=2; max=3",
      "attempt=3; max=3",
    ]);
  });

  it("is signed again with the time at which it is sent", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0);
    const aws = new TimedAws().respondWith(
      throttled({ "retry-after": "2" }),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.hooks).execute(PRICE);

    expect(aws.requests.map(({ headers }) => headers["x-amz-date"])).toEqual([
      "20261120T120000Z",
      "20261120T120002Z",
    ]);
  });
});

describe("credentials that AWS rejects as expired", () => {
  it("are requested again only once", async () => {
    const credentials = jest.fn(() => ({ ...exampleCredentials }));
    const expired = lambdaError(403, "ExpiredTokenException", "expired");
    const aws = new TimedAws().respondWith(expired);
    const settings = { ...connection, credentials };

    const error = await catchError(
      new ListFunctions(settings, aws.hooks).page(),
    );

    expect(error).toMatchObject({ serviceCode: "ExpiredTokenException" });
    expect(credentials).toHaveBeenCalledTimes(2);
    expect(aws.sent).toHaveLength(2);
  });

  it("are replaced by the credentials that the function returns next", async () => {
    let given = 0;
    const credentials = () => ({
      ...exampleCredentials,
      accessKeyId: `AKIA${++given}`,
    });
    const expired = lambdaError(403, "ExpiredTokenException", "expired");
    const aws = new TimedAws().respondWith(expired, functionResult(1));

    await new InvokeFunction({ ...connection, credentials }, aws.hooks).execute(
      PRICE,
    );

    const signers = aws.requests.map(
      ({ headers }) => /=(AKIA\d)\//.exec(headers["authorization"] ?? "")?.[1],
    );
    expect(signers).toEqual(["AKIA1", "AKIA2"]);
  });

  it("are not requested again if they are static", async () => {
    const aws = new TimedAws().respondWith(
      lambdaError(403, "ExpiredTokenException", "expired"),
    );

    await catchError(new ListFunctions(connection, aws.hooks).page());

    expect(aws.sent).toHaveLength(1);
  });
});

describe("the retry budget", () => {
  it("is used up after 35 retries, and then each request is sent once", async () => {
    const aws = new TimedAws().respondWith(LOST);
    const list = new ListFunctions(connection, aws.hooks);

    for (let call = 0; call < 40; call++) await catchError(list.page());

    // 17 calls of three attempts, one of two, and 22 of one.
    expect(aws.sent).toHaveLength(40 + 35);
  });

  it("is refilled by successful requests", async () => {
    const aws = new TimedAws().respondWith(LOST);
    const list = new ListFunctions(connection, aws.hooks);
    for (let call = 0; call < 40; call++) await catchError(list.page());
    const during = aws.sent.length;
    const back = Array.from({ length: 14 }, () => ({ body: "{}" }));

    aws.respondWith(...back, LOST);
    aws.sent.length = 0;
    for (let call = 0; call < 15; call++)
      await list.page().catch(() => undefined);
    await catchError(list.page());

    expect(during).toBe(75);
    expect(aws.sent.length).toBeGreaterThan(16);
  });

  it("is separate for each connection", async () => {
    const aws = new TimedAws().respondWith(LOST);
    const list = new ListFunctions(connection, aws.hooks);
    for (let call = 0; call < 40; call++) await catchError(list.page());
    aws.sent.length = 0;
    const elsewhere = { ...connection, region: "us-east-1" };

    await catchError(new ListFunctions(elsewhere, aws.hooks).page());

    expect(aws.sent).toHaveLength(3);
  });
});
