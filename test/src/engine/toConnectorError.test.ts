import { FakeClock } from "../../FakeClock";
import { InvokeFunction, ListFunctions } from "../../../operations";
import { WireError } from "../../../src/engine/wire/transport";
import type { Transport } from "../../../src/engine/wire/transport";
import { SESSION_TOKEN, EXTERNAL_ID } from "../../answers";
import { connection, keys } from "../../connection";
import { FakeAws, refusal, type Reply } from "../../FakeAws";
import { secretsIn, thrownBy } from "../../thrownBy";

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

async function errorOf(reply: Reply) {
  const aws = new FakeAws().answers(reply);
  const clock = new FakeClock({ skips: 20_000 });
  const operation = new InvokeFunction(connection, { transport: aws, clock });
  return thrownBy(operation.execute({ functionName: "price" }));
}

/** A wire that breaks in a way of its own. */
function broken(thrown: unknown): Transport {
  return {
    send: () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever may be thrown
      Promise.reject(thrown),
  };
}

describe("toConnectorError", () => {
  it.each<[string, boolean, string]>([
    [
      "ECONNREFUSED",
      false,
      "nothing listens there; check the endpoint and that the service is up; the function did not run",
    ],
    [
      "ENOTFOUND",
      false,
      "there is no such host; check the region and the endpoint; the function did not run",
    ],
    [
      "EAI_AGAIN",
      false,
      "the name could not be resolved; check the network; the function did not run",
    ],
    [
      "CONNECT_TIMEOUT",
      false,
      "no connection in time; check the network, the proxy, connectTimeoutMs; the function did not run",
    ],
    [
      "ECONNRESET",
      true,
      "the connection was closed before the answer; the function may have run, and may still be running",
    ],
    [
      "TRUNCATED",
      true,
      "the answer broke off in the middle; the function may have run, and may still be running",
    ],
    [
      "EPIPE",
      true,
      "the connection was closed while the request was sent; the function may have run, and may still be running",
    ],
    ["EPROTO", false, "EPROTO; the function did not run"],
  ])("says what %s means", async (fails, sent, told) => {
    const error = await errorOf({ fails, sent });

    expect(error.toJSON()).toEqual({
      name: "TransportError",
      code: "ERR_TRANSPORT",
      operation: "InvokeFunction",
      message: `InvokeFunction: no answer from AWS (${fails}): ${told}.`,
      retryable: true,
      execution: sent ? "may-have-run" : "did-not-run",
    });
    expect(error.cause).toMatchObject({ name: "WireError", code: fails });
  });

  it("says where nothing answered", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), {
      address: "127.0.0.1",
      port: 4566,
    });
    const transport = broken(new WireError("ECONNREFUSED", cause));

    const error = await thrownBy(
      new InvokeFunction(connection, { transport }).execute({
        functionName: "price",
      }),
    );

    expect(error.message).toContain(
      "no answer from AWS at 127.0.0.1:4566 (ECONNREFUSED)",
    );
  });

  it.each<[string, unknown]>([
    ["an error of no known kind", new TypeError("no\n  such thing")],
    ["a text", "no such thing"],
    ["nothing", undefined],
  ])("has a place in the set for %s", async (_, thrown) => {
    const error = await thrownBy(
      new InvokeFunction(connection, { transport: broken(thrown) }).execute({
        functionName: "price",
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
    });
    expect(error.message).not.toContain("\n");
  });

  it("gives a missing region away as what it is", async () => {
    delete process.env["AWS_REGION"];
    delete process.env["AWS_DEFAULT_REGION"];
    process.env["AWS_CONFIG_FILE"] = `${__dirname}/no-such-file`;
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = `${__dirname}/no-such-file`;
    const operation = new InvokeFunction(
      { credentials: keys },
      { transport: new FakeAws() },
    );

    const error = await thrownBy(operation.execute({ functionName: "price" }));

    expect(error.toJSON()).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "InvokeFunction: region is missing: give one with the connection, or set AWS_REGION.",
      execution: "did-not-run",
      issues: [{ path: "region", rule: "required" }],
    });
  });

  it("keeps what AWS says on one line, and without an end of its own where it says nothing", async () => {
    const long = await errorOf(
      refusal(400, "ValidationException", "two\n  lines"),
    );
    const bare = await errorOf({
      status: 418,
      headers: { "x-amzn-errortype": "TeapotException" },
      body: "{}",
    });

    expect(long.message).toBe(
      "InvokeFunction: AWS refused with ValidationException (400): two lines. Correct what AWS names.",
    );
    expect(bare.message).toBe(
      "InvokeFunction: AWS refused with TeapotException (418).",
    );
  });

  it.each<[string | undefined, number | undefined]>([
    ["7", 7_000],
    ["0", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("passes on how long AWS asks to wait: %s", async (header, ms) => {
    const error = await errorOf({
      status: 429,
      headers: {
        "x-amzn-errortype": "TooManyRequestsException",
        ...(header !== undefined && { "retry-after": header }),
      },
      body: "{}",
    });

    expect(
      error.code === "ERR_SERVICE" ? error.retryAfterMs : "another error",
    ).toBe(ms);
  });

  it.each<[number, boolean]>([
    [403, false],
    [503, true],
  ])(
    "says of a %i in HTML that somebody else has answered",
    async (status, retryable) => {
      const error = await errorOf({
        status,
        headers: { "content-type": "text/html" },
        body: `<html>${keys.secretAccessKey}</html>`,
      });

      expect(error.toJSON()).toEqual({
        name: "ResponseError",
        code: "ERR_RESPONSE",
        operation: "InvokeFunction",
        message: `InvokeFunction: the answer cannot be read: HTTP status ${status}, and not in AWS's format. Something between here and AWS may have answered; check the endpoint and the proxy.`,
        retryable,
        execution: "may-have-run",
        requestId: "request-1",
      });
    },
  );

  it("says of a list in HTML the same, without a word of functions that ran", async () => {
    const aws = new FakeAws().answers({ body: "<html></html>" });

    const error = await thrownBy(
      new ListFunctions(connection, { transport: aws }).execute(),
    );

    expect(error).toMatchObject({ code: "ERR_RESPONSE", retryable: false });
    expect(error.execution).toBeUndefined();
  });

  it.each<[string, Reply]>([
    [
      "AWS repeats the token",
      refusal(
        403,
        "UnrecognizedClientException",
        `Token ${SESSION_TOKEN} is invalid`,
      ),
    ],
    [
      "AWS repeats the secret",
      refusal(400, "ValidationException", `Value '${keys.secretAccessKey}'`),
    ],
    [
      "AWS explains the signature",
      refusal(
        403,
        "InvalidSignatureException",
        `The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:${SESSION_TOKEN}\n'`,
      ),
    ],
  ])("shows no secret where %s", async (_, reply) => {
    const aws = new FakeAws().answers(reply);
    const operation = new InvokeFunction(
      {
        ...connection,
        credentials: { ...keys, sessionToken: SESSION_TOKEN },
      },
      { transport: aws },
    );

    const error = await thrownBy(operation.execute({ functionName: "price" }));

    expect(error.code).toBe("ERR_SERVICE");
    expect(secretsIn(error)).toEqual([]);
    expect(secretsIn(error.cause, { EXTERNAL_ID })).toEqual([]);
  });
});
