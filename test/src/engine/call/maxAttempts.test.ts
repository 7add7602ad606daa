import {
  DeleteFunction,
  InvokeFunction,
  ListFunctions,
} from "../../../../operations";
import { catchError } from "../../../catchError";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";

const PRICE = { functionName: "price" };
const BUSY: Reply = lambdaError(503, "ServiceUnavailableException", "Busy.");

/** A fake AWS with a fake clock, and operations on a connection with `maxAttempts`. */
function setUp(maxAttempts: number, ...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 20_000 });
  const hooks = { transport: aws, clock };
  const own = { ...connection, maxAttempts };
  return { aws, clock, hooks, own };
}

function attemptHeaders({ requests }: FakeAws): (string | undefined)[] {
  return requests.map(({ headers }) => headers["amz-sdk-request"]);
}

describe("maxAttempts", () => {
  it.each([1, 2, 5])(
    "limits the attempts of requests with a direct codec and of the AWS SDK to %s",
    async (maxAttempts) => {
      const listing = setUp(maxAttempts, BUSY);
      const deleting = setUp(maxAttempts, BUSY);

      await catchError(
        new ListFunctions(listing.own, listing.hooks).execute({}),
      );
      await catchError(
        new DeleteFunction(deleting.own, deleting.hooks).execute(PRICE),
      );

      const expected = Array.from(
        { length: maxAttempts },
        (_, index) => `attempt=${index + 1}; max=${maxAttempts}`,
      );
      expect(attemptHeaders(listing.aws)).toEqual(expected);
      expect(attemptHeaders(deleting.aws)).toEqual(expected);
    },
  );

  it("numbers requests of the AWS SDK with one ID, which is signed", async () => {
    const { aws, own, hooks } = setUp(3, BUSY, BUSY, { status: 204 });

    await new DeleteFunction(own, hooks).execute(PRICE);

    const ids = aws.requests.map(
      ({ headers }) => headers["amz-sdk-invocation-id"],
    );
    expect(ids).toEqual(Array(3).fill(ids[0]));
    expect(aws.requests[2]?.headers["authorization"]).toContain(
      "amz-sdk-invocation-id;amz-sdk-request;",
    );
  });

  it("does not repeat an invocation that may have run", async () => {
    const { aws, own, hooks } = setUp(10, { fails: "ECONNRESET", sent: true });

    await catchError(new InvokeFunction(own, hooks).execute(PRICE));

    expect(aws.sent).toHaveLength(1);
  });

  it("of 1 keeps what a failure says about the clock for the next call", async () => {
    const { aws, clock, own, hooks } = setUp(
      1,
      {
        status: 403,
        headers: {
          "x-amzn-errortype": "InvalidSignatureException",
          date: new Date(Date.UTC(2030, 0, 1)).toUTCString(),
        },
        body: '{"message":"Signature expired"}',
      },
      { body: "1" },
    );
    const invoke = new InvokeFunction(own, hooks);

    await catchError(invoke.execute(PRICE));
    await invoke.execute(PRICE);

    expect(clock.now()).toBeLessThan(Date.UTC(2029));
    expect(aws.requests[1]?.headers["x-amz-date"]).toMatch(/^20300101T/);
  });

  it("of 1 loads credentials that AWS rejected again for the next call", async () => {
    const { aws, own, hooks } = setUp(
      1,
      lambdaError(403, "ExpiredTokenException", "Expired."),
      { body: "1" },
    );
    let loads = 0;
    const credentials = () => ({
      ...exampleCredentials,
      sessionToken: `token-${++loads}`,
    });
    const invoke = new InvokeFunction({ ...own, credentials }, hooks);

    await catchError(invoke.execute(PRICE));
    await invoke.execute(PRICE);

    expect(
      aws.requests.map(({ headers }) => headers["x-amz-security-token"]),
    ).toEqual(["token-1", "token-2"]);
  });
});
