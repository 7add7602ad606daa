import { readFixture } from "../../../rolesAnywhereFixtures";
import { FakeClock } from "../../../FakeClock";
import { InvokeFunction, ListFunctions } from "../../../../operations";
import { ProxyError } from "../../../../src/engine/sockets/SocketError";
import { WireError } from "../../../../src/engine/http/transport";
import type { Transport } from "../../../../src/engine/http/transport";
import { SESSION_TOKEN, EXTERNAL_ID } from "../../../awsResponses";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { findSecrets, catchError } from "../../../catchError";
import { until } from "../../../until";

/** The advice if it is not known whether the function ran. */
const ADVICE =
  " Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).";

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

async function errorOf(reply: Reply) {
  const aws = new FakeAws().respondWith(reply);
  const clock = new FakeClock({ skips: 20_000 });
  const operation = new InvokeFunction(connection, { transport: aws, clock });
  return catchError(operation.execute({ functionName: "price" }));
}

/** A transport that rejects with the given value. */
function failingTransport(thrown: unknown): Transport {
  return {
    send: () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- any value may be thrown
      Promise.reject(thrown),
  };
}

/** The error of an invocation whose transport throws the given value. */
function errorFor(thrown: unknown) {
  return catchError(
    new InvokeFunction(connection, {
      transport: failingTransport(thrown),
    }).execute({
      functionName: "price",
    }),
  );
}

/** The error of an invocation whose connection has no region. */
function errorWithoutRegion(configuration = `${__dirname}/no-such-file`) {
  process.env["AWS_CONFIG_FILE"] = configuration;
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = `${__dirname}/no-such-file`;
  const operation = new InvokeFunction(
    { credentials: exampleCredentials },
    { transport: new FakeAws() },
  );
  return catchError(operation.execute({ functionName: "price" }));
}

describe("toConnectorError", () => {
  it.each<[string, boolean, string]>([
    [
      "ECONNREFUSED",
      false,
      "the connection was refused; the function did not run. Check the endpoint and that the service is running",
    ],
    [
      "ENOTFOUND",
      false,
      "the host was not found; the function did not run. Check the region and the endpoint",
    ],
    [
      "EAI_AGAIN",
      false,
      "the host name could not be resolved; the function did not run. Check the network",
    ],
    [
      "CONNECT_TIMEOUT",
      false,
      "the connection timed out; the function did not run. Check the network, the proxy and connectTimeoutMs",
    ],
    [
      "ECONNRESET",
      true,
      "the connection was closed before the response; the function may have run, and may still be running",
    ],
    [
      "TRUNCATED",
      true,
      "the connection was closed before the response was complete; the function may have run, and may still be running",
    ],
    [
      "EPIPE",
      true,
      "the connection was closed while the request was sent; the function may have run, and may still be running",
    ],
    [
      "HPE_INVALID_CONSTANT",
      true,
      "the response is not valid HTTP (HPE_INVALID_CONSTANT); the function may have run, and may still be running. Check the endpoint and the proxy",
    ],
    [
      "EHOSTUNREACH",
      false,
      "the host is unreachable; the function did not run. Check the network",
    ],
    [
      "EMFILE",
      false,
      "too many files and sockets are open; the function did not run. Lower maxSockets, or raise the process's limit of open files (ulimit -n)",
    ],
    ["EODD", false, "EODD; the function did not run"],
  ])("describes %s", async (fails, sent, description) => {
    const error = await errorOf({ fails, sent });

    expect(error.toJSON()).toEqual({
      name: "TransportError",
      code: "ERR_TRANSPORT",
      operation: "InvokeFunction",
      message: `InvokeFunction: there was no response from AWS (${fails}) for the function price because ${description}.${sent ? ADVICE : " All 3 attempts failed."}`,
      functionName: "price",
      retryable: true,
      execution: sent ? "may-have-run" : "did-not-run",
    });
    expect(error.cause).toMatchObject({ name: "WireError", code: fails });
  });

  it.each([
    [
      "EPROTO",
      "the server does not speak TLS; the function did not run. Check the endpoint's protocol",
    ],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "the certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); the function did not run. Check the endpoint, or set ca to the certificate of its certificate authority",
    ],
    [
      "ERR_INVALID_CHAR",
      "the request contains characters that HTTP does not allow; the function did not run. Check the credentials",
    ],
  ])(
    "reports %s as permanent and makes no further attempt",
    async (fails, description) => {
      const aws = new FakeAws().respondWith({ fails, sent: false });
      const operation = new InvokeFunction(connection, { transport: aws });

      const error = await catchError(
        operation.execute({ functionName: "price", idempotent: true }),
      );

      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        message: `InvokeFunction: there was no response from AWS (${fails}) for the function price because ${description}.`,
        retryable: false,
        execution: "did-not-run",
      });
      expect(aws.sent).toHaveLength(1);
    },
  );

  it("names a certificate of ca that cannot be read, which Node ignores", async () => {
    const fails = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    const aws = new FakeAws().respondWith({ fails, sent: false });
    const unreadable =
      "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
    const ca = [readFixture("root.pem"), unreadable];
    const operation = new InvokeFunction(
      { ...connection, ca },
      { transport: aws },
    );

    const error = await catchError(
      operation.execute({ functionName: "price" }),
    );

    expect(error.message).toMatch(
      /Correct certificate 2 of 2 in ca or the file of AWS_CA_BUNDLE, which cannot be read\.$/,
    );
  });

  it("names the address that refused the connection", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), {
      address: "127.0.0.1",
      port: 4566,
    });
    const transport = failingTransport(new WireError("ECONNREFUSED", cause));

    const error = await catchError(
      new InvokeFunction(connection, { transport }).execute({
        functionName: "price",
      }),
    );

    expect(error.message).toContain(
      "there was no response from AWS at 127.0.0.1:4566 (ECONNREFUSED)",
    );
  });

  it("names host and port if the transport reports them", async () => {
    const cause = Object.assign(new Error("getaddrinfo ENOTFOUND"), {
      hostname: "lambda.example",
    });
    const lost = Object.assign(new WireError("ENOTFOUND", cause), {
      host: "lambda.example:443",
    });

    const error = await errorFor(lost);

    expect(error.message).toBe(
      "InvokeFunction: there was no response from AWS at lambda.example:443 (ENOTFOUND) for the function price because the host was not found; the function did not run. Check the region and the endpoint. All 3 attempts failed.",
    );
  });

  it.each<[string, string | undefined, string]>([
    ["ENOTFOUND", undefined, "the host was not found"],
    ["ECONNREFUSED", undefined, "the connection was refused"],
    ["CONNECT_TIMEOUT", undefined, "the connection timed out"],
    ["PROXY", undefined, "the proxy did not open a tunnel"],
    ["PROXY", "the proxy closed", "the proxy closed"],
  ])(
    "names the proxy, not AWS, if the proxy fails with %s %s",
    async (code, message, description) => {
      const blocked = Object.assign(
        new WireError(
          code,
          message === undefined
            ? undefined
            : new ProxyError(message, { isPermanent: false }),
        ),
        {
          host: "lambda.example:443",
          proxy: "proxy.example:3128 from HTTPS_PROXY",
        },
      );

      const error = await errorFor(blocked);

      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        execution: "did-not-run",
        message: `InvokeFunction: there was no connection to AWS through the proxy proxy.example:3128 from HTTPS_PROXY (${code}) for the function price because ${description}; the function did not run. Check the proxy. All 3 attempts failed.`,
      });
    },
  );

  it.each([
    new Error("the proxy is down."),
    new Error("the proxy is down.."),
    new WireError("EODD", new Error("the proxy is down. ")),
  ])("ends a message from other code with one period: %p", async (thrown) => {
    const error = await errorFor(thrown);

    expect(error.message).toMatch(
      /(\(the proxy is down\)|because the proxy is down);/,
    );
    expect(error.message).not.toMatch(/\.[.;]|\. \./);
  });

  it.each<[string, Reply]>([
    ["AWS fails", lambdaError(500, "ServiceException", "Internal failure.")],
    ["the response is unreadable", { status: 503, body: "<p>Sorry.</p>" }],
    ["the connection breaks", { fails: "ECONNRESET", sent: true }],
  ])("advises to check the function's log if %s", async (_, reply) => {
    const error = await errorOf(reply);

    expect(error.execution).toBe("may-have-run");
    expect(error.message.endsWith(`.${ADVICE}`)).toBe(true);
  });

  it("does not mention a function's log if the operation runs no function", async () => {
    const aws = new FakeAws().respondWith({ fails: "ECONNRESET", sent: true });

    const error = await catchError(
      new ListFunctions(connection, { transport: aws }).execute(),
    );

    expect(error.message).toBe(
      "ListFunctions: there was no response from AWS (ECONNRESET) because the connection was closed before the response. All 3 attempts failed.",
    );
  });

  it.each<[string, unknown]>([
    ["an unknown error", new TypeError("no\n  such thing")],
    ["a string", "no such thing"],
    ["undefined", undefined],
  ])("translates %s that was thrown", async (_, thrown) => {
    const error = await catchError(
      new InvokeFunction(connection, {
        transport: failingTransport(thrown),
      }).execute({
        functionName: "price",
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
    });
    expect(error.message).not.toContain("\n");
  });

  it("reports a missing region", async () => {
    delete process.env["AWS_REGION"];
    delete process.env["AWS_DEFAULT_REGION"];

    const error = await errorWithoutRegion();

    expect(error.toJSON()).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "InvokeFunction: region is missing; set it on the connection, or set AWS_REGION. The request was not sent.",
      execution: "did-not-run",
      issues: [{ path: "region", rule: "required" }],
    });
  });

  it("reports an empty AWS_REGION as a missing region", async () => {
    process.env["AWS_REGION"] = "";
    delete process.env["AWS_DEFAULT_REGION"];

    const error = await errorWithoutRegion();

    expect(error.toJSON()).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: expect.stringMatching(
        /^InvokeFunction: region is missing because .*AWS_REGION.*[^.]\.$/,
      ),
      execution: "did-not-run",
      issues: [{ path: "region", rule: "required" }],
    });
  });

  it("puts AWS's message on one line and omits an empty one", async () => {
    const long = await errorOf(
      lambdaError(400, "ValidationException", "two\n  lines"),
    );
    const bare = await errorOf({
      status: 418,
      headers: { "x-amzn-errortype": "TeapotException" },
      body: "{}",
    });

    expect(long.message).toBe(
      "InvokeFunction: AWS returned ValidationException (400) for the function price. two lines. Correct the value that AWS names.",
    );
    expect(bare.message).toBe(
      "InvokeFunction: AWS returned TeapotException (418) for the function price.",
    );
  });

  it.each<[string | undefined, number | undefined]>([
    ["7", 7_000],
    ["0", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("reports how long AWS asks to wait: %s", async (header, ms) => {
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
    "reports an HTML page with status %i as a response of another server",
    async (status, retryable) => {
      const error = await errorOf({
        status,
        headers: { "content-type": "text/html" },
        body: `<html>${exampleCredentials.secretAccessKey}</html>`,
      });

      expect(error.toJSON()).toEqual({
        name: "ResponseError",
        code: "ERR_RESPONSE",
        operation: "InvokeFunction",
        message: `InvokeFunction: the response for the function price cannot be read because it has HTTP status ${status} and is not in AWS's format. Another server, such as a proxy, may have sent it; check the endpoint and the proxy.${ADVICE}`,
        functionName: "price",
        retryable,
        execution: "may-have-run",
        requestId: "request-1",
      });
    },
  );

  it("reports an HTML page without execution if the operation runs no function", async () => {
    const aws = new FakeAws().respondWith({ body: "<html></html>" });

    const error = await catchError(
      new ListFunctions(connection, { transport: aws }).execute(),
    );

    expect(error).toMatchObject({ code: "ERR_RESPONSE", retryable: false });
    expect(error.execution).toBeUndefined();
  });

  it.each<[string, Reply]>([
    [
      "AWS repeats the token",
      lambdaError(
        403,
        "UnrecognizedClientException",
        `Token ${SESSION_TOKEN} is invalid`,
      ),
    ],
    [
      "AWS repeats the secret",
      lambdaError(
        400,
        "ValidationException",
        `Value '${exampleCredentials.secretAccessKey}'`,
      ),
    ],
    [
      "AWS explains the signature",
      lambdaError(
        403,
        "InvalidSignatureException",
        `The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:${SESSION_TOKEN}\n'`,
      ),
    ],
  ])("shows no secret if %s", async (_, reply) => {
    const aws = new FakeAws().respondWith(reply);
    const operation = new InvokeFunction(
      {
        ...connection,
        credentials: { ...exampleCredentials, sessionToken: SESSION_TOKEN },
      },
      { transport: aws },
    );

    const error = await catchError(
      operation.execute({ functionName: "price" }),
    );

    expect(error.code).toBe("ERR_SERVICE");
    expect(findSecrets(error)).toEqual([]);
    expect(findSecrets(error.cause, { EXTERNAL_ID })).toEqual([]);
  });
});

describe("the errors of an invocation", () => {
  const replies: [string, Reply][] = [
    ["ServiceError", lambdaError(404, "ResourceNotFoundException", "No.")],
    ["TransportError", { fails: "ECONNRESET", sent: true }],
    [
      "ResponseError",
      {
        status: 503,
        headers: { "content-type": "text/html" },
        body: "<html></html>",
      },
    ],
    ["DeadlineError", { silent: true }],
  ];

  it.each(replies)(
    "name the function in the message and in JSON: %s",
    async (name, reply) => {
      const aws = new FakeAws().respondWith(reply);
      const clock = new FakeClock();
      const running = catchError(
        new InvokeFunction(connection, { transport: aws, clock }).execute(
          { functionName: "price:live" },
          { timeoutMs: 500 },
        ),
      );
      await until(() => aws.sent.length === 1);
      if (name === "DeadlineError") clock.pass(500);

      const error = await running;

      expect(error.name).toBe(name);
      expect(error.message).toContain("the function price:live");
      expect(error.toJSON()).toMatchObject({ functionName: "price:live" });
    },
  );

  it("have no function if the request names none", async () => {
    const aws = new FakeAws().respondWith(
      lambdaError(403, "AccessDenied", "No."),
    );

    const error = await catchError(
      new ListFunctions(connection, { transport: aws }).execute(),
    );

    expect(error).not.toHaveProperty("functionName");
  });

  it("say how many attempts of an idempotent request failed, without advising idempotent", async () => {
    const aws = new FakeAws().respondWith({ fails: "ECONNRESET", sent: true });
    const clock = new FakeClock({ skips: 20_000 });

    const error = await catchError(
      new InvokeFunction(connection, { transport: aws, clock }).execute({
        functionName: "price",
        idempotent: true,
      }),
    );

    expect(error.message).toMatch(/ All 3 attempts failed\.$/);
    expect(error.message).not.toContain("idempotent");
  });
});

describe("the error for a region that AWS does not have", () => {
  it("gives advice about the region, not about the secret key and the clock", async () => {
    const error = await errorOf(
      lambdaError(
        403,
        "InvalidSignatureException",
        "Credential should be scoped to a valid region.",
      ),
    );

    expect(error.message).toContain("Check the region of the connection");
    expect(error.message).not.toContain("clock");
  });
});
