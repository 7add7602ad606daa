import { InvokeFunction, ListFunctions } from "../../../../operations";
import { connection } from "../../../connection";
import { FakeAws, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { catchError } from "../../../catchError";

const MINUTE = 60_000;
const PRICE = { functionName: "price" };

/** A world in which AWS's clock goes its own way. */
function world(...replies: Reply[]) {
  const transport = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 20_000 });
  return { aws: transport, clock, seams: { transport, clock } };
}

/** How Lambda refuses a signature that comes from another time. */
function refusedAt(serverTime: number, headers = {}): Reply {
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

/** For what time a request was signed, in ms since 1970. */
function signedFor({ requests }: FakeAws, index: number): number {
  const [, date = "", time = ""] =
    /^(\d{8})T(\d{6})Z$/.exec(requests[index]?.headers["x-amz-date"] ?? "") ??
    [];
  const [y, m, d] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const [h, min, s] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)];
  return Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
}

describe("a clock that is wrong", () => {
  it("is corrected by the time that AWS's refusal tells, once for all calls", async () => {
    const clock = new FakeClock();
    const aws = new FakeAws().respondWith(
      refusedAt(clock.now() + 10 * MINUTE),
      {
        body: "1",
      },
    );
    const operation = new InvokeFunction(connection, { transport: aws, clock });

    await operation.execute(PRICE);
    await operation.execute(PRICE);

    expect(aws.sent).toHaveLength(3);
    expect(signedFor(aws, 0)).toBe(clock.now());
    expect(signedFor(aws, 1)).toBe(clock.now() + 10 * MINUTE);
    expect(signedFor(aws, 2)).toBe(clock.now() + 10 * MINUTE);
  });

  it("is corrected for every call that was under way with it", async () => {
    const { aws, clock, seams } = world();
    const refused = refusedAt(clock.now() + 10 * MINUTE);
    aws.respondWith(refused, refused, refused, { body: "1" });
    const operation = new InvokeFunction(connection, seams);

    const answers = await Promise.all(
      [1, 2, 3].map(() => operation.execute(PRICE)),
    );

    expect(answers.map(({ payload }) => payload)).toEqual([1, 1, 1]);
    expect(aws.sent).toHaveLength(6);
  });

  it("is corrected back when the machine has been set right meanwhile", async () => {
    const { aws, clock, seams } = world();
    const truth = clock.now() + 20 * MINUTE;
    aws.respondWith(refusedAt(truth), { body: "1" }, refusedAt(truth), {
      body: "2",
    });
    const operation = new InvokeFunction(connection, seams);

    await operation.execute(PRICE);
    clock.pass(20 * MINUTE);
    const { payload } = await operation.execute(PRICE);

    expect(payload).toBe(2);
    expect(signedFor(aws, 3)).toBe(truth);
  });

  it("is not blamed again where the time fits and the signature still does not", async () => {
    const { aws, clock, seams } = world();
    aws.respondWith(refusedAt(clock.now() + 10 * MINUTE));

    const error = await catchError(
      new ListFunctions(connection, seams).execute(),
    );

    expect(error).toMatchObject({ serviceCode: "InvalidSignatureException" });
    expect(aws.sent).toHaveLength(2);
  });
});

describe("an invocation of which nobody can tell whether it ran", () => {
  const unstamped = { "x-amzn-errortype": undefined as never };

  it("is not sent again for the time's sake", async () => {
    const { aws, clock, seams } = world();
    const { headers = {}, ...rest } = refusedAt(
      clock.now() + 10 * MINUTE,
    ) as Exclude<Reply, { fails: string } | { silent: true }>;
    aws.respondWith({
      ...rest,
      headers: { ...headers, ...unstamped },
      body: '{"__type":"InvalidSignatureException"}',
    });

    const error = await catchError(
      new InvokeFunction(connection, seams).execute(PRICE),
    );

    expect(error.execution).toBe("may-have-run");
    expect(aws.sent).toHaveLength(1);
  });

  it("is not sent again with other keys", async () => {
    const { aws, seams } = world({
      status: 403,
      body: '{"__type":"ExpiredTokenException"}',
    });
    const credentials = () => Promise.resolve(connection.credentials);

    const error = await catchError(
      new InvokeFunction({ ...connection, credentials }, seams).execute(PRICE),
    );

    expect(error.execution).toBe("may-have-run");
    expect(aws.sent).toHaveLength(1);
  });
});
