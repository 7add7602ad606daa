import { InvokeFunction, ListFunctions } from "../../../../operations";
import { connection } from "../../../connection";
import { FakeAws, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { catchError } from "../../../catchError";

const MINUTE = 60_000;
const PRICE = { functionName: "price" };

/** A fake AWS, a fake clock, and the test hooks that use them. */
function setUp(...replies: Reply[]) {
  const transport = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 20_000 });
  return { aws: transport, clock, hooks: { transport, clock } };
}

/** Lambda's response to a signature from another time. */
function clockErrorAt(serverTime: number, headers = {}): Reply {
  return {
    status: 403,
    headers: {
      "x-amzn-errortype": "InvalidSignatureException",
      date: new Date(serverTime).toUTCString(),
      ...headers,
    },
    body: '{"message":"Signature expired"}',
  };
}

/** The time with which a request was signed, in milliseconds since 1970. */
function signingTime({ requests }: FakeAws, index: number): number {
  const [, date = "", time = ""] =
    /^(\d{8})T(\d{6})Z$/.exec(requests[index]?.headers["x-amz-date"] ?? "") ??
    [];
  const [y, m, d] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const [h, min, s] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)];
  return Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
}

describe("clock correction", () => {
  it("uses the time in AWS's error response for all later calls", async () => {
    const clock = new FakeClock();
    const aws = new FakeAws().respondWith(
      clockErrorAt(clock.now() + 10 * MINUTE),
      {
        body: "1",
      },
    );
    const operation = new InvokeFunction(connection, { transport: aws, clock });

    await operation.execute(PRICE);
    await operation.execute(PRICE);

    expect(aws.sent).toHaveLength(3);
    expect(signingTime(aws, 0)).toBe(clock.now());
    expect(signingTime(aws, 1)).toBe(clock.now() + 10 * MINUTE);
    expect(signingTime(aws, 2)).toBe(clock.now() + 10 * MINUTE);
  });

  it("retries every call that was in flight with the wrong time", async () => {
    const { aws, clock, hooks } = setUp();
    const clockError = clockErrorAt(clock.now() + 10 * MINUTE);
    aws.respondWith(clockError, clockError, clockError, { body: "1" });
    const operation = new InvokeFunction(connection, hooks);

    const responses = await Promise.all(
      [1, 2, 3].map(() => operation.execute(PRICE)),
    );

    expect(responses.map(({ payload }) => payload)).toEqual([1, 1, 1]);
    expect(aws.sent).toHaveLength(6);
  });

  it("is reverted after the machine's clock was corrected", async () => {
    const { aws, clock, hooks } = setUp();
    const awsTime = clock.now() + 20 * MINUTE;
    aws.respondWith(
      clockErrorAt(awsTime),
      { body: "1" },
      clockErrorAt(awsTime),
      {
        body: "2",
      },
    );
    const operation = new InvokeFunction(connection, hooks);

    await operation.execute(PRICE);
    clock.pass(20 * MINUTE);
    const { payload } = await operation.execute(PRICE);

    expect(payload).toBe(2);
    expect(signingTime(aws, 3)).toBe(awsTime);
  });

  it("is tried once if the signature does not match even with AWS's time", async () => {
    const { aws, clock, hooks } = setUp();
    aws.respondWith(clockErrorAt(clock.now() + 10 * MINUTE));

    const error = await catchError(
      new ListFunctions(connection, hooks).execute(),
    );

    expect(error).toMatchObject({ serviceCode: "InvalidSignatureException" });
    expect(aws.sent).toHaveLength(2);
  });
});

describe("an invocation that may have run", () => {
  const withoutErrorHeader = { "x-amzn-errortype": undefined as never };

  it("is not sent again with a corrected time", async () => {
    const { aws, clock, hooks } = setUp();
    const { headers = {}, ...rest } = clockErrorAt(
      clock.now() + 10 * MINUTE,
    ) as Exclude<Reply, { fails: string } | { silent: true }>;
    aws.respondWith({
      ...rest,
      headers: { ...headers, ...withoutErrorHeader },
      body: '{"__type":"InvalidSignatureException"}',
    });

    const error = await catchError(
      new InvokeFunction(connection, hooks).execute(PRICE),
    );

    expect(error.execution).toBe("may-have-run");
    expect(aws.sent).toHaveLength(1);
  });

  it("is not sent again with new credentials", async () => {
    const { aws, hooks } = setUp({
      status: 403,
      body: '{"__type":"ExpiredTokenException"}',
    });
    const credentials = () => Promise.resolve(connection.credentials);

    const error = await catchError(
      new InvokeFunction({ ...connection, credentials }, hooks).execute(PRICE),
    );

    expect(error.execution).toBe("may-have-run");
    expect(aws.sent).toHaveLength(1);
  });
});

/** An error response about the time of the signature. The machine's clock is right if it has the same time as `date`. */
function outdated(
  code: string,
  message: string,
  headers: Readonly<Record<string, string>>,
): Reply {
  return {
    status: 403,
    headers: { "x-amzn-errortype": code, ...headers },
    body: JSON.stringify({ message }),
  };
}

describe("a signature that AWS rejects as outdated although the clock is right", () => {
  it.each([
    ["InvalidSignatureException", "Signature expired: 1 is now earlier than 2"],
    ["SignatureDoesNotMatch", "Signature not yet current: 2 is later than 1"],
    ["RequestExpired", "Request has expired."],
    ["RequestTimeTooSkewed", "The difference is too large."],
  ])("is created again once: %s", async (code, message) => {
    const { aws, clock, hooks } = setUp();
    const date = new Date(clock.now()).toUTCString();
    const reply = outdated(code, message, { date });
    aws.respondWith(reply, { body: "1" }, reply);
    const operation = new InvokeFunction(connection, hooks);

    const { payload } = await operation.execute(PRICE);
    const error = await catchError(operation.execute(PRICE));

    expect(payload).toBe(1);
    expect(error).toMatchObject({
      serviceCode: code,
      execution: "did-not-run",
    });
    expect(aws.sent).toHaveLength(4);
  });

  it("is created again if AWS sends no time, but says that it expired", async () => {
    const { aws, hooks } = setUp();
    const message = "Signature expired: 1 is now earlier than 2";
    aws.respondWith(outdated("InvalidSignatureException", message, {}), {
      body: "1",
    });

    await new InvokeFunction(connection, hooks).execute(PRICE);

    expect(aws.sent).toHaveLength(2);
  });

  it("is not created again if the signature does not match", async () => {
    const { aws, clock, hooks } = setUp();
    const date = new Date(clock.now()).toUTCString();
    const message = "The request signature we calculated does not match";
    aws.respondWith(outdated("InvalidSignatureException", message, { date }));

    await catchError(new InvokeFunction(connection, hooks).execute(PRICE));

    expect(aws.sent).toHaveLength(1);
  });
});
