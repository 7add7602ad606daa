import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FakeClock } from "../../../FakeClock";
import { InvokeFunction, ListFunctions } from "../../../../operations";
import { WireError } from "../../../../src/engine/http/transport";
import type { Transport } from "../../../../src/engine/http/transport";
import { SESSION_TOKEN, EXTERNAL_ID } from "../../../awsResponses";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { temporaryFolder } from "../../../temporaryFolder";
import { findSecrets, catchError } from "../../../catchError";

/** What to do where nobody can tell whether the function ran. */
const LOOK =
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

/** A wire that breaks in a way of its own. */
function broken(thrown: unknown): Transport {
  return {
    send: () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever may be thrown
      Promise.reject(thrown),
  };
}

/** What an invocation ends with when the wire throws this. */
function wireErrorOf(thrown: unknown) {
  return catchError(
    new InvokeFunction(connection, { transport: broken(thrown) }).execute({
      functionName: "price",
    }),
  );
}

/** What an invocation ends with whose connection names no region. */
function withoutRegion(configuration = `${__dirname}/no-such-file`) {
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
      "the response was cut off; the function may have run, and may still be running",
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
    ["EHOSTUNREACH", false, "EHOSTUNREACH; the function did not run"],
  ])("says what %s means", async (fails, sent, told) => {
    const error = await errorOf({ fails, sent });

    expect(error.toJSON()).toEqual({
      name: "TransportError",
      code: "ERR_TRANSPORT",
      operation: "InvokeFunction",
      message: `InvokeFunction: no response from AWS (${fails}): ${told}.${sent ? LOOK : ""}`,
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
    "says of %s that another attempt does not help, and makes none",
    async (fails, told) => {
      const aws = new FakeAws().respondWith({ fails, sent: false });
      const operation = new InvokeFunction(connection, { transport: aws });

      const error = await catchError(
        operation.execute({ functionName: "price", idempotent: true }),
      );

      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        message: `InvokeFunction: no response from AWS (${fails}): ${told}.`,
        retryable: false,
        execution: "did-not-run",
      });
      expect(aws.sent).toHaveLength(1);
    },
  );

  it("says where nothing answered", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), {
      address: "127.0.0.1",
      port: 4566,
    });
    const transport = broken(new WireError("ECONNREFUSED", cause));

    const error = await catchError(
      new InvokeFunction(connection, { transport }).execute({
        functionName: "price",
      }),
    );

    expect(error.message).toContain(
      "no response from AWS at 127.0.0.1:4566 (ECONNREFUSED)",
    );
  });

  it("says at which host and port, where the wire knows them", async () => {
    const cause = Object.assign(new Error("getaddrinfo ENOTFOUND"), {
      hostname: "lambda.example",
    });
    const lost = Object.assign(new WireError("ENOTFOUND", cause), {
      host: "lambda.example:443",
    });

    const error = await wireErrorOf(lost);

    expect(error.message).toBe(
      "InvokeFunction: no response from AWS at lambda.example:443 (ENOTFOUND): the host was not found; the function did not run. Check the region and the endpoint.",
    );
  });

  it.each<[string, string | undefined, string]>([
    ["ENOTFOUND", undefined, "the host was not found"],
    ["ECONNREFUSED", undefined, "the connection was refused"],
    ["CONNECT_TIMEOUT", undefined, "the connection timed out"],
    ["PROXY", undefined, "the proxy did not open a tunnel"],
    [
      "PROXY",
      "Bad response: 502",
      "the proxy did not open a tunnel and responded with status 502",
    ],
    [
      "PROXY",
      "Bad response: 407",
      "the proxy did not open a tunnel and responded with status 407 (its URL must contain a user and password)",
    ],
  ])(
    "blames the proxy that cannot be passed, and not AWS: %s %s",
    async (code, words, told) => {
      const blocked = Object.assign(
        new WireError(code, words === undefined ? undefined : new Error(words)),
        {
          host: "lambda.example:443",
          proxy: "proxy.example:3128 from HTTPS_PROXY",
        },
      );

      const error = await wireErrorOf(blocked);

      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        execution: "did-not-run",
        message: `InvokeFunction: no connection to AWS through the proxy proxy.example:3128 from HTTPS_PROXY (${code}): ${told}; the function did not run. Check the proxy.`,
      });
    },
  );

  it.each([
    new Error("the proxy is down."),
    new Error("the proxy is down.."),
    new WireError("EODD", new Error("the proxy is down. ")),
  ])("ends somebody else's sentence once: %p", async (thrown) => {
    const error = await wireErrorOf(thrown);

    expect(error.message).toMatch(/: the proxy is down[;.]/);
    expect(error.message).not.toMatch(/\.[.;]|\. \./);
  });

  it.each<[string, Reply]>([
    ["AWS fails", lambdaError(500, "ServiceException", "Internal failure.")],
    ["nothing readable comes", { status: 503, body: "<p>Sorry.</p>" }],
    ["the connection breaks", { fails: "ECONNRESET", sent: true }],
  ])("says what to do before it is sent again where %s", async (_, reply) => {
    const error = await errorOf(reply);

    expect(error.execution).toBe("may-have-run");
    expect(error.message.endsWith(`.${LOOK}`)).toBe(true);
  });

  it("does not send anybody to the log of a function that was not to run", async () => {
    const aws = new FakeAws().respondWith({ fails: "ECONNRESET", sent: true });

    const error = await catchError(
      new ListFunctions(connection, { transport: aws }).execute(),
    );

    expect(error.message).toBe(
      "ListFunctions: no response from AWS (ECONNRESET): the connection was closed before the response.",
    );
  });

  it.each<[string, unknown]>([
    ["an error of no known kind", new TypeError("no\n  such thing")],
    ["a text", "no such thing"],
    ["nothing", undefined],
  ])("has a place in the set for %s", async (_, thrown) => {
    const error = await catchError(
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

    const error = await withoutRegion();

    expect(error.toJSON()).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "InvokeFunction: region is missing; set it on the connection, or set AWS_REGION.",
      execution: "did-not-run",
      issues: [{ path: "region", rule: "required" }],
    });
  });

  it("takes an empty AWS_REGION for a region that is missing", async () => {
    process.env["AWS_REGION"] = "";
    delete process.env["AWS_DEFAULT_REGION"];

    const error = await withoutRegion();

    expect(error.toJSON()).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: expect.stringMatching(
        /^InvokeFunction: region is missing, .*AWS_REGION.*[^.]\.$/,
      ),
      execution: "did-not-run",
      issues: [{ path: "region", rule: "required" }],
    });
  });

  it("says of a region in AWS's configuration files that it is none", async () => {
    const file = join(temporaryFolder("profile"), "config");
    writeFileSync(file, "[default]\nregion = EU Central\n");
    delete process.env["AWS_REGION"];
    delete process.env["AWS_DEFAULT_REGION"];
    delete process.env["AWS_PROFILE"];

    const error = await withoutRegion(file);

    expect(error.toJSON()).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "InvokeFunction: region must be the name of an AWS region, for example eu-central-1; correct it in AWS's configuration files or in the function's ARN.",
      execution: "did-not-run",
      issues: [{ path: "region", rule: "environment" }],
    });
  });

  it("keeps what AWS says on one line, and without an end of its own where it says nothing", async () => {
    const long = await errorOf(
      lambdaError(400, "ValidationException", "two\n  lines"),
    );
    const bare = await errorOf({
      status: 418,
      headers: { "x-amzn-errortype": "TeapotException" },
      body: "{}",
    });

    expect(long.message).toBe(
      "InvokeFunction: AWS returned ValidationException (400): two lines. Correct the value that AWS names.",
    );
    expect(bare.message).toBe(
      "InvokeFunction: AWS returned TeapotException (418).",
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
        body: `<html>${exampleCredentials.secretAccessKey}</html>`,
      });

      expect(error.toJSON()).toEqual({
        name: "ResponseError",
        code: "ERR_RESPONSE",
        operation: "InvokeFunction",
        message: `InvokeFunction: the response cannot be read: it has HTTP status ${status} and is not in AWS's format. Another server, such as a proxy, may have sent it; check the endpoint and the proxy.${LOOK}`,
        retryable,
        execution: "may-have-run",
        requestId: "request-1",
      });
    },
  );

  it("says of a list in HTML the same, without a word of functions that ran", async () => {
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
  ])("shows no secret where %s", async (_, reply) => {
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
