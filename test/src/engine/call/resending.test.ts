import { InvokeFunction, ListFunctions } from "../../../../operations";
import { functionResult } from "../../../awsResponses";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { catchError } from "../../../catchError";

const PRICE = { functionName: "price" };
const LOST: Reply = { fails: "ECONNRESET", sent: true };

/** An AWS that notes at what time it is asked, in ms since the first. */
class Watched extends FakeAws {
  readonly times: number[] = [];
  readonly clock = new FakeClock({ skips: 20_000 });

  override send(...[request, options]: Parameters<FakeAws["send"]>) {
    this.times.push(this.clock.now());
    return super.send(request, options);
  }

  get seams() {
    return { transport: this, clock: this.clock };
  }

  get pauses(): number[] {
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

describe("A request that is sent again", () => {
  it.each<[string, Record<string, string>, number]>([
    ["seconds", { "retry-after": "3" }, 3_000],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 12:00:05 GMT" }, 5_000],
    ["milliseconds", { "x-amz-retry-after": "1200" }, 1_200],
  ])("waits for as long as AWS asks in %s", async (_, headers, ms) => {
    jest.spyOn(Math, "random").mockReturnValue(0.1);
    const aws = new Watched().respondWith(
      throttled(headers),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.seams).execute(PRICE);

    expect(aws.pauses).toEqual([ms]);
  });

  it("waits up to a second, then up to two, where AWS throttles", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.9);
    const aws = new Watched().respondWith(
      throttled({}),
      throttled({}),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.seams).execute(PRICE);

    expect(aws.pauses).toEqual([900, 1_800]);
  });

  it("is not where AWS asks for a minute: the caller is told, and waits himself", async () => {
    const aws = new Watched().respondWith(throttled({ "retry-after": "60" }));

    const error = await catchError(
      new InvokeFunction(connection, aws.seams).execute(PRICE),
    );

    expect(aws.sent).toHaveLength(1);
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 60_000 });
  });

  it("keeps its id, and counts", async () => {
    const aws = new Watched().respondWith(
      throttled({}),
      throttled({}),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.seams).execute(PRICE);

    const of = (name: string) =>
      aws.requests.map(({ headers }) => headers[name]);
    expect(new Set(of("amz-sdk-invocation-id")).size).toBe(1);
    expect(of("amz-sdk-request")).toEqual([
      "attempt=1; max=3",
      "attempt=2; max=3",
      "attempt=3; max=3",
    ]);
  });

  it("is signed anew, with the time at which it goes out", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0);
    const aws = new Watched().respondWith(
      throttled({ "retry-after": "2" }),
      functionResult(1),
    );

    await new InvokeFunction(connection, aws.seams).execute(PRICE);

    expect(aws.requests.map(({ headers }) => headers["x-amz-date"])).toEqual([
      "20261120T120000Z",
      "20261120T120002Z",
    ]);
  });
});

describe("Keys that AWS no longer takes", () => {
  it("are asked for anew once, and no second time", async () => {
    const gives = jest.fn(() => ({ ...exampleCredentials }));
    const expired = lambdaError(403, "ExpiredTokenException", "expired");
    const aws = new Watched().respondWith(expired);
    const place = { ...connection, credentials: gives };

    const error = await catchError(new ListFunctions(place, aws.seams).page());

    expect(error).toMatchObject({ serviceCode: "ExpiredTokenException" });
    expect(gives).toHaveBeenCalledTimes(2);
    expect(aws.sent).toHaveLength(2);
  });

  it("are followed by those that are given next", async () => {
    let given = 0;
    const credentials = () => ({
      ...exampleCredentials,
      accessKeyId: `AKIA${++given}`,
    });
    const expired = lambdaError(403, "ExpiredTokenException", "expired");
    const aws = new Watched().respondWith(expired, functionResult(1));

    await new InvokeFunction({ ...connection, credentials }, aws.seams).execute(
      PRICE,
    );

    const signers = aws.requests.map(
      ({ headers }) => /=(AKIA\d)\//.exec(headers["authorization"] ?? "")?.[1],
    );
    expect(signers).toEqual(["AKIA1", "AKIA2"]);
  });

  it("are not asked for anew where they were given once and for all", async () => {
    const aws = new Watched().respondWith(
      lambdaError(403, "ExpiredTokenException", "expired"),
    );

    await catchError(new ListFunctions(connection, aws.seams).page());

    expect(aws.sent).toHaveLength(1);
  });
});

describe("An outage", () => {
  it("empties what there is for further attempts after 35 of them; then every request goes out once", async () => {
    const aws = new Watched().respondWith(LOST);
    const list = new ListFunctions(connection, aws.seams);

    for (let call = 0; call < 40; call++) await catchError(list.page());

    // 17 calls of three attempts, one of two, and 22 of one.
    expect(aws.sent).toHaveLength(40 + 35);
  });

  it("is over when answers come: they earn what was spent", async () => {
    const aws = new Watched().respondWith(LOST);
    const list = new ListFunctions(connection, aws.seams);
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

  it("of one connection spends nothing of another's", async () => {
    const aws = new Watched().respondWith(LOST);
    const list = new ListFunctions(connection, aws.seams);
    for (let call = 0; call < 40; call++) await catchError(list.page());
    aws.sent.length = 0;
    const elsewhere = { ...connection, region: "us-east-1" };

    await catchError(new ListFunctions(elsewhere, aws.seams).page());

    expect(aws.sent).toHaveLength(3);
  });
});
