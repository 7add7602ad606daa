import type { CredentialsLike } from "../../../../domain";
import { createConnector } from "../../../../src";
import { catchError } from "../../../catchError";
import { exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";

const MINUTE = 60_000;
const unhandled = jest.fn();

beforeAll(() => process.on("unhandledRejection", unhandled));
afterAll(() => process.off("unhandledRejection", unhandled));
afterEach(() => {
  expect(unhandled).not.toHaveBeenCalled();
});

/** Lets pending promises settle. */
const settle = async () => new Promise(setImmediate);

function setUp(...replies: Reply[]) {
  const clock = new FakeClock({ skips: 20_000 });
  const aws = new FakeAws().respondWith(...replies, { body: '"ok"' });
  const provide = jest.fn<unknown, []>();
  const connector = createConnector(
    {
      region: "eu-central-1",
      credentials: provide as () => Promise<CredentialsLike>,
    },
    { transport: aws, clock },
  );
  let number = 0;
  return {
    clock,
    aws,
    provide,
    /** Credentials that expire after a time from now, with a different key each time. */
    lasting: (ms: number) => ({
      ...exampleCredentials,
      accessKeyId: `ASIAOFLOAD0000000${String(++number).padStart(3, "0")}`,
      expiration: new Date(clock.now() + ms),
    }),
    /** Invokes a function. Returns the access key ID that signed the request. */
    call: async () => {
      await connector.invokeFunction({ functionName: "price" });
      await settle();
      const { headers } = aws.requests.at(-1) ?? {};
      return /Credential=([^/]+)/.exec(headers?.["authorization"] ?? "")?.[1];
    },
    fail: async () =>
      catchError(connector.invokeFunction({ functionName: "price" })),
  };
}

describe("credentials of a function", () => {
  it.each([
    ["an hour", 60 * MINUTE, 55 * MINUTE],
    ["five minutes", 5 * MINUTE, 3.75 * MINUTE],
    ["four minutes", 4 * MINUTE, 3 * MINUTE],
    ["a second", 1_000, 750],
  ])(
    "that last %s are refreshed once in the background before they expire",
    async (_, lifetime, refreshAt) => {
      const { clock, provide, lasting, call } = setUp();
      provide.mockImplementation(() => Promise.resolve(lasting(lifetime)));

      const first = [await call(), await call()];
      clock.pass(refreshAt - 1);
      const before = [await call(), provide.mock.calls.length];
      clock.pass(1);
      const during = await Promise.all([call(), call(), call()]);
      const after = [await call(), provide.mock.calls.length];

      const [a, b] = ["ASIAOFLOAD0000000001", "ASIAOFLOAD0000000002"];
      expect(first).toEqual([a, a]);
      expect(before).toEqual([a, 1]);
      expect(during).toContain(a);
      expect(after).toEqual([b, 2]);
    },
  );

  it("stay in use if a refresh fails, and are not asked for with every call", async () => {
    const { clock, provide, lasting, call, fail } = setUp();
    provide.mockReturnValueOnce(lasting(5 * MINUTE));
    provide.mockImplementation(() =>
      Promise.reject(new Error("the vault is sealed")),
    );
    await call();
    clock.pass(4 * MINUTE);

    const asked: number[] = [];
    for (let second = 0; second < 60; second++) {
      expect(await call()).toBe("ASIAOFLOAD0000000001");
      asked.push(provide.mock.calls.length - 1);
      clock.pass(1_000);
    }

    expect(asked.slice(0, 9)).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4]);
    expect(asked.at(-1)).toBeLessThan(20);
    expect((await fail()).message).toContain("the vault is sealed");
  });

  it("are used again as soon as the function returns new ones after it failed", async () => {
    const { clock, provide, lasting, call, fail } = setUp();
    provide.mockReturnValueOnce(lasting(5 * MINUTE));
    provide.mockImplementationOnce(() => Promise.reject(new Error("no")));
    await call();
    clock.pass(5 * MINUTE);

    const error = await fail();
    provide.mockReturnValueOnce(lasting(5 * MINUTE));

    expect(error.code).toBe("ERR_CREDENTIALS");
    expect(await call()).toBe("ASIAOFLOAD0000000002");
  });

  it("are not asked for with every call if the function returns the same again", async () => {
    const { clock, provide, lasting, call } = setUp();
    const same = lasting(60 * MINUTE);
    provide.mockImplementation(() => ({ ...same }));
    await call();
    clock.pass(56 * MINUTE);

    for (let second = 0; second < 230; second++) {
      await call();
      clock.pass(1_000);
    }

    expect(provide.mock.calls.length).toBeLessThan(20);
  });

  it("are loaded once more if they have already expired, and are then an error", async () => {
    const { clock, provide, lasting, call, fail } = setUp();
    provide.mockReturnValueOnce(lasting(0));
    provide.mockReturnValueOnce(lasting(MINUTE));

    expect(await call()).toBe("ASIAOFLOAD0000000002");
    clock.pass(MINUTE);
    provide.mockImplementation(() => lasting(-1_000));

    expect(await fail()).toMatchObject({
      code: "ERR_CREDENTIALS",
      retryable: false,
      execution: "did-not-run",
      message:
        "InvokeFunction: the credentials function returned credentials that expired at 2026-11-20T12:00:59.000Z. Renew them, or correct this machine's clock.",
    });
    expect(provide).toHaveBeenCalledTimes(4);
  });

  it("expire by AWS's clock once it is known", async () => {
    const { provide, lasting, call } = setUp({
      ...lambdaError(403, "InvalidSignatureException", "Signature expired"),
      headers: {
        "x-amzn-errortype": "InvalidSignatureException",
        date: new Date(new FakeClock().now() + 50 * MINUTE).toUTCString(),
      },
    });
    provide.mockImplementation(() => lasting(52 * MINUTE));

    await call();
    await call();

    // By AWS's clock, two minutes remain.
    expect(provide).toHaveBeenCalledTimes(2);
  });

  it("are dropped if AWS rejects them", async () => {
    const { provide, lasting, call } = setUp(
      lambdaError(403, "ExpiredTokenException", "The token has expired"),
    );
    provide.mockImplementation(() => lasting(60 * MINUTE));

    expect(await call()).toBe("ASIAOFLOAD0000000002");
  });

  it("are loaded once for concurrent calls", async () => {
    const { provide, lasting, call } = setUp();
    provide.mockImplementation(async () => {
      await settle();
      return lasting(5 * MINUTE);
    });

    await Promise.all(Array.from({ length: 50 }, call));

    expect(provide).toHaveBeenCalledTimes(1);
  });

  it("stay in use while a refresh hangs, which is repeated after 30 seconds", async () => {
    const { clock, provide, lasting, call } = setUp();
    provide.mockReturnValueOnce(lasting(5 * MINUTE));
    provide.mockReturnValueOnce(new Promise(() => undefined));
    provide.mockReturnValueOnce(lasting(5 * MINUTE));
    await call();
    clock.pass(4 * MINUTE);

    const during = [await call(), await call()];
    clock.pass(30_000);
    await call();

    expect(during).toEqual(["ASIAOFLOAD0000000001", "ASIAOFLOAD0000000001"]);
    expect(await call()).toBe("ASIAOFLOAD0000000002");
    expect(provide).toHaveBeenCalledTimes(3);
  });
});

const throwing = {
  get accessKeyId(): string {
    throw new Error("getter");
  },
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe("a function that returns something else", () => {
  it.each<[string, () => unknown, string]>([
    ["undefined", () => undefined, "undefined, not an object"],
    ["null", () => null, "null, not an object"],
    ["a number", () => 7, "a number, not an object"],
    ["a promise of a string", () => Promise.resolve("key"), "a string, not"],
    ["an array", () => [], "no accessKeyId and secretAccessKey"],
    [
      "a throwing getter",
      () => throwing,
      "an object with a getter that throws",
    ],
    ["a proxy", () => new Proxy({}, {}), "a proxy, not an object"],
    ["a function", () => () => exampleCredentials, "a function, not an object"],
    [
      "a session token of null",
      () => ({ ...exampleCredentials, sessionToken: null }),
      "a sessionToken that is not a non-empty string",
    ],
    [
      "an expiration of null",
      () => ({ ...exampleCredentials, expiration: null }),
      "an expiration that is not a valid Date or ISO 8601 string",
    ],
  ])("is an error that names the rule: %s", async (_, returns, what) => {
    const { provide, fail } = setUp();
    provide.mockImplementation(returns);

    const error = await fail();

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
    });
    expect(error.message).toContain(
      `the credentials function returned ${what}`,
    );
  });

  it.each<[string, unknown]>([
    ["a string", "no"],
    ["undefined", undefined],
    ["null", null],
    [
      "an object with a throwing message",
      {
        get message() {
          throw new Error("x");
        },
      },
    ],
    ["a revoked proxy", revoked.proxy],
  ])("or throws %s is an error", async (_, thrown) => {
    for (const returns of [
      () => {
        throw thrown;
      },
      async () => {
        await settle();
        throw thrown as Error;
      },
    ]) {
      const { provide, fail } = setUp();
      provide.mockImplementation(returns);

      expect(await fail()).toMatchObject({
        code: "ERR_CREDENTIALS",
        message:
          "InvokeFunction: the credentials function failed (no reason given). Fix that function, or set other credentials on the connection.",
      });
    }
  });

  it("or a revoked proxy is an error", async () => {
    const { provide, fail } = setUp();
    provide.mockImplementation(() => revoked.proxy);

    expect((await fail()).code).toBe("ERR_CREDENTIALS");
  });

  it("or a thenable of credentials is accepted, because it can be awaited", async () => {
    const { provide, lasting, call } = setUp();
    const then = (resolve: (value: unknown) => void): void => {
      resolve(lasting(MINUTE));
    };
    provide.mockImplementation(() => ({ then }));

    expect(await call()).toBe("ASIAOFLOAD0000000001");
  });

  it("reads an expiration in ISO 8601", async () => {
    const { clock, provide, lasting, call } = setUp();
    provide.mockImplementation(() => {
      const credentials = lasting(5 * MINUTE);
      const expiration = credentials.expiration.toISOString();
      return { ...credentials, expiration };
    });
    await call();
    clock.pass(5 * MINUTE);

    expect(await call()).toBe("ASIAOFLOAD0000000002");
  });
});
