import { createHash, verify, X509Certificate } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { instanceToPlain } from "class-transformer";
import { Credentials } from "../../domain";
import {
  GetDefaultCredentials,
  GetSessionCredentials,
  GetSessionCredentialsRequest,
  GetStaticCredentials,
  InvokeFunction,
} from "../../operations";
import { createConnector } from "../../src";
import type { Connection } from "../../src/engine/settings/Connection";
import type { OperationTrace } from "../../src/engine/call/tracing";
import {
  SESSION_ARNS,
  EC_INPUT,
  readFixture,
  readFixtureBytes,
  PASSPHRASE,
  RSA_INPUT,
} from "../rolesAnywhereFixtures";
import { SESSION_SECRET, SESSION_TOKEN } from "../awsResponses";
import { connection, exampleCredentials } from "../connection";
import { FakeAws, type Reply } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { findSecrets, catchError } from "../catchError";

/** The response of Roles Anywhere with a session. By default it expires one hour after the start of a `FakeClock`. */
function sessionResponse(expiration = "2026-11-20T13:00:00Z"): Reply {
  const credentials = {
    accessKeyId: "ASIAEXAMPLEKEYID0001",
    secretAccessKey: SESSION_SECRET,
    sessionToken: SESSION_TOKEN,
    expiration,
  };
  const credentialSet = [{ credentials, roleArn: SESSION_ARNS.roleArn }];
  return { status: 201, body: JSON.stringify({ credentialSet }) };
}

function rolesAnywhereError(
  status: number,
  code: string,
  message: string,
): Reply {
  return {
    status,
    headers: { "x-amzn-errortype": code },
    body: JSON.stringify({ message }),
  };
}

function open(given: Connection = connection, ...replies: Reply[]) {
  const aws = new FakeAws().respondWith(
    ...(replies.length ? replies : [sessionResponse()]),
  );
  const clock = new FakeClock({ skips: 20_000 });
  const hooks = { transport: aws, clock };
  return { aws, clock, operation: new GetSessionCredentials(given, hooks) };
}

/** Verifies that the private key of the request's certificate signed the first request. Independent of the connector's signer. */
function isSigned(aws: FakeAws, algorithm: string): boolean {
  const { method, path, headers, body } = aws.requests[0] ?? fail();
  const parts =
    /^(\S+) Credential=(\d+)\/(\S+), SignedHeaders=(\S+), Signature=([\da-f]+)$/.exec(
      headers["authorization"] ?? "",
    );
  const [, named, serial, scope, list = "", signature = ""] = parts ?? [];
  const leaf = new X509Certificate(
    Buffer.from(headers["x-amz-x509"] ?? "", "base64"),
  );
  const hash = (text: string | Uint8Array) =>
    createHash("sha256").update(text).digest("hex");
  const canonical = [
    method,
    path,
    "",
    ...list.split(";").map((name) => `${name}:${headers[name] ?? ""}`),
    "",
    list,
    hash(body ?? ""),
  ].join("\n");
  const text = [algorithm, headers["x-amz-date"], scope, hash(canonical)];
  expect(named).toBe(algorithm);
  expect(serial).toBe(BigInt(`0x${leaf.serialNumber}`).toString());
  return verify(
    "sha256",
    Buffer.from(text.join("\n")),
    leaf.publicKey,
    Buffer.from(signature, "hex"),
  );
}

function fail(): never {
  throw new Error("Nothing was sent.");
}

const KEY_LINES = Object.fromEntries(
  ["rsa.key", "ec.key", "rsa-locked.key"].flatMap((file) =>
    readFixture(file)
      .trim()
      .split("\n")
      .slice(1, -1)
      .map((line, index) => [`${file} ${index}`, line]),
  ),
);
const SECRETS = { ...KEY_LINES, passphrase: PASSPHRASE };

describe("GetSessionCredentials", () => {
  it("signs its request with an RSA key", async () => {
    const { operation, aws } = open();

    const found = await operation.execute({
      ...RSA_INPUT,
      durationSeconds: 900,
      roleSessionName: "node-1",
    });

    expect(aws.sent).toEqual([
      {
        to: "rolesanywhere.eu-central-1.amazonaws.com",
        request: "POST /sessions",
        body: {
          ...SESSION_ARNS,
          durationSeconds: 900,
          roleSessionName: "node-1",
        },
      },
    ]);
    const headers = aws.requests[0]?.headers ?? {};
    expect(headers["authorization"]).toMatch(
      /\/20261120\/eu-central-1\/rolesanywhere\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-x509, /,
    );
    expect(headers["x-amz-date"]).toBe("20261120T120000Z");
    expect(headers).not.toHaveProperty("x-amz-x509-chain");
    expect(isSigned(aws, "AWS4-X509-RSA-SHA256")).toBe(true);
    expect(found).toBeInstanceOf(Credentials);
    expect(found.secretAccessKey).toBe(SESSION_SECRET);
    expect(found.sessionToken).toBe(SESSION_TOKEN);
    expect(found.expiration).toEqual(new Date("2026-11-20T13:00:00Z"));
    expect(findSecrets(found)).toEqual([]);
  });

  it("signs its request with an EC key and sends the intermediate certificate", async () => {
    const { operation, aws } = open();

    await operation.execute(EC_INPUT);

    const { raw } = new X509Certificate(EC_INPUT.certificateChain);
    const headers = aws.requests[0]?.headers ?? {};
    expect(headers["x-amz-x509-chain"]).toBe(raw.toString("base64"));
    expect(headers["authorization"]).toContain(
      "SignedHeaders=content-type;host;x-amz-date;x-amz-x509;x-amz-x509-chain,",
    );
    expect(isSigned(aws, "AWS4-X509-ECDSA-SHA256")).toBe(true);
    expect(aws.sent[0]?.body).toEqual(SESSION_ARNS);
  });

  it.each(["umlaut-legacy", "umlaut-modern"])(
    "opens %s.p12 with a passphrase that is not ASCII",
    async (name) => {
      const { operation, aws } = open();
      const certificate = readFixtureBytes(`${name}.p12`);
      const input = { ...SESSION_ARNS, certificate };

      await operation.execute({ ...input, passphrase: "grün-öl" });
      const error = await catchError(
        operation.execute({ ...input, passphrase: "grün-ol" }),
      );

      expect(isSigned(aws, "AWS4-X509-RSA-SHA256")).toBe(true);
      expect(error.message).toMatch(/passphrase does not decrypt/);
    },
  );

  it("uses the private key in the certificate's PEM file", async () => {
    const { operation, aws } = open();
    const certificate = `${RSA_INPUT.privateKey}\n${RSA_INPUT.certificate}`;

    const found = await operation.execute({ ...SESSION_ARNS, certificate });
    await operation.execute({
      ...SESSION_ARNS,
      certificate: Buffer.from(certificate),
    });

    expect(found.secretAccessKey).toBe(SESSION_SECRET);
    expect(isSigned(aws, "AWS4-X509-RSA-SHA256")).toBe(true);
  });

  it.each<[string, object, RegExp]>([
    [
      "a truncated PKCS#12 file",
      {
        certificate: readFixtureBytes("rsa-modern.p12").subarray(0, 1_000),
        passphrase: PASSPHRASE,
      },
      /a PKCS#12 file that is truncated after 1000 of \d+ bytes; pass the complete file\./,
    ],
    [
      "a certificate in DER without its key",
      { certificate: new X509Certificate(RSA_INPUT.certificate).raw },
      /privateKey is required\./,
    ],
    [
      "file names",
      { certificate: "node.pem", privateKey: "node.key" },
      /certificate must be a PEM string.*not its path; privateKey must be a PEM string.*not its path/,
    ],
  ])("gives advice for %s", async (_, wrong, message) => {
    const { operation, aws } = open();

    const error = await catchError(
      operation.execute({ ...SESSION_ARNS, ...wrong } as typeof RSA_INPUT),
    );

    expect(error.code).toBe("ERR_INVALID_INPUT");
    expect(error.message).toMatch(message);
    expect(aws.sent).toEqual([]);
  });

  it("accepts the bytes of a PEM file", async () => {
    const { operation, aws } = open();

    await operation.execute({
      ...RSA_INPUT,
      certificate: readFixtureBytes("rsa.pem"),
    });

    expect(isSigned(aws, "AWS4-X509-RSA-SHA256")).toBe(true);
  });

  it.each([
    ["rsa-legacy", "rsa.pem", 0],
    ["rsa-modern", "rsa.pem", 0],
    ["ec-legacy", "ec.pem", 1],
    ["ec-modern", "ec.pem", 1],
  ])("sends the certificate of %s.p12 unchanged", async (name, pem, above) => {
    const { operation, aws } = open();
    const certificate = readFixtureBytes(`${name}.p12`);

    await operation.execute({
      ...SESSION_ARNS,
      certificate,
      passphrase: PASSPHRASE,
    });

    const headers = aws.requests[0]?.headers ?? {};
    const { raw } = new X509Certificate(readFixture(pem));
    const chain = headers["x-amz-x509-chain"]?.split(",") ?? [];
    expect(headers["x-amz-x509"]).toBe(raw.toString("base64"));
    expect(chain).toHaveLength(above);
  });

  it.each<[string, Connection, string]>([
    ["us-east-1", {}, "rolesanywhere.us-east-1.amazonaws.com"],
    [
      "us-east-1",
      { useFips: true },
      "rolesanywhere-fips.us-east-1.amazonaws.com",
    ],
    ["eu-west-1", { useDualStack: true }, "rolesanywhere.eu-west-1.api.aws"],
    ["cn-north-1", {}, "rolesanywhere.cn-north-1.amazonaws.com.cn"],
    [
      "cn-north-1",
      { useDualStack: true },
      "rolesanywhere.cn-north-1.api.amazonwebservices.com.cn",
    ],
    [
      "us-gov-west-1",
      { useFips: true },
      "rolesanywhere-fips.us-gov-west-1.amazonaws.com",
    ],
    ["eusc-de-east-1", {}, "rolesanywhere.eusc-de-east-1.amazonaws.eu"],
    ["us-iso-east-1", {}, "rolesanywhere.us-iso-east-1.c2s.ic.gov"],
    ["us-isob-east-1", {}, "rolesanywhere.us-isob-east-1.sc2s.sgov.gov"],
    ["eu-isoe-west-1", {}, "rolesanywhere.eu-isoe-west-1.cloud.adc-e.uk"],
    ["us-isof-south-1", {}, "rolesanywhere.us-isof-south-1.csp.hci.ic.gov"],
    [
      "eu-west-1",
      { endpoint: { rolesAnywhere: "http://127.0.0.1:4566/base" } },
      "127.0.0.1",
    ],
  ])(
    "uses, for a trust anchor in %s and a connection with %j, the endpoint %s",
    async (region, further, host) => {
      const { operation, aws } = open({ ...connection, ...further });
      const { trustAnchorArn, profileArn } = SESSION_ARNS;

      await operation.execute({
        ...RSA_INPUT,
        trustAnchorArn: trustAnchorArn.replace("eu-central-1", region),
        profileArn: profileArn.replace("eu-central-1", region),
      });

      expect(aws.sent[0]?.to).toBe(host);
      expect(aws.requests[0]?.path).toBe(
        further.endpoint ? "/base/sessions" : "/sessions",
      );
      expect(aws.requests[0]?.headers["authorization"]).toContain(
        `/${region}/rolesanywhere/aws4_request`,
      );
    },
  );

  it("uses the endpoint in AWS_ENDPOINT_URL_ROLESANYWHERE", async () => {
    process.env["AWS_ENDPOINT_URL_ROLESANYWHERE"] = "https://anywhere.example";
    const { operation, aws } = open();
    delete process.env["AWS_ENDPOINT_URL_ROLESANYWHERE"];

    await operation.execute(RSA_INPUT);

    expect(aws.sent[0]?.to).toBe("anywhere.example");
  });

  it("names every missing field in one error", async () => {
    const { operation, aws } = open();

    const nothing = await catchError(operation.execute({} as typeof RSA_INPUT));
    const half = await catchError(
      operation.execute({
        certificate: RSA_INPUT.certificate,
      } as typeof RSA_INPUT),
    );

    expect(nothing.message).toBe(
      "GetSessionCredentials: trustAnchorArn is required; profileArn is required; roleArn is required; certificate is required. The request was not sent.",
    );
    expect(half.message).toBe(
      "GetSessionCredentials: trustAnchorArn is required; profileArn is required; roleArn is required; privateKey is required. The request was not sent.",
    );
    expect(aws.sent).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    ["a duration of zero", { durationSeconds: 0 }, "durationSeconds", "min"],
    [
      "a duration that is too short",
      { durationSeconds: 899 },
      "durationSeconds",
      "min",
    ],
    [
      "a duration that is too long",
      { durationSeconds: 43_201 },
      "durationSeconds",
      "max",
    ],
    [
      "a session name with a space",
      { roleSessionName: "a b" },
      "roleSessionName",
      "matches",
    ],
    [
      "a role instead of a trust anchor",
      { trustAnchorArn: SESSION_ARNS.roleArn },
      "trustAnchorArn",
      "matches",
    ],
    [
      "a trust anchor instead of a profile",
      { profileArn: SESSION_ARNS.trustAnchorArn },
      "profileArn",
      "matches",
    ],
    [
      "a profile in another region than the trust anchor",
      {
        profileArn: SESSION_ARNS.profileArn.replace(
          "eu-central-1",
          "us-east-1",
        ),
      },
      "profileArn",
      "satisfies",
    ],
    ["an empty key", { privateKey: "" }, "privateKey", "satisfies"],
    [
      "a damaged key",
      {
        privateKey:
          "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
      },
      "privateKey",
      "readable",
    ],
    [
      "a damaged certificate",
      {
        certificate:
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      },
      "certificate",
      "readable",
    ],
    [
      "a truncated certificate",
      { certificate: RSA_INPUT.certificate.slice(0, 200) },
      "certificate",
      "readable",
    ],
    [
      "a damaged chain",
      { certificateChain: readFixture("intermediate.pem").slice(0, 300) },
      "certificateChain",
      "readable",
    ],
    [
      "bytes that are not a PKCS#12 file",
      { certificate: Buffer.from("no file at all"), privateKey: undefined },
      "certificate",
      "readable",
    ],
    [
      "a PKCS#12 file and a separate private key",
      { certificate: readFixtureBytes("rsa-modern.p12") },
      "privateKey",
      "conflict",
    ],
    [
      "an encrypted PKCS#12 file without passphrase",
      {
        certificate: readFixtureBytes("rsa-modern.p12"),
        privateKey: undefined,
      },
      "passphrase",
      "required",
    ],
    [
      "a PKCS#12 file without a private key",
      {
        certificate: readFixtureBytes("no-key.p12"),
        privateKey: undefined,
        passphrase: PASSPHRASE,
      },
      "certificate",
      "content",
    ],
    [
      "an encrypted private key without passphrase",
      { privateKey: readFixture("rsa-locked.key") },
      "passphrase",
      "required",
    ],
    [
      "a wrong passphrase",
      {
        privateKey: readFixture("rsa-locked.key"),
        passphrase: `${PASSPHRASE}!`,
      },
      "passphrase",
      "match",
    ],
    [
      "an unsupported key type",
      {
        certificate: readFixture("ed25519.pem"),
        privateKey: readFixture("ed25519.key"),
      },
      "privateKey",
      "keyType",
    ],
    [
      "the private key of another certificate",
      { privateKey: EC_INPUT.privateKey },
      "privateKey",
      "match",
    ],
    [
      "an intermediate certificate that did not issue the certificate",
      { certificateChain: EC_INPUT.certificateChain },
      "certificateChain",
      "chain",
    ],
    [
      "an expired certificate",
      { certificate: readFixture("expired.pem") },
      "certificate",
      "time",
    ],
    [
      "a certificate that is not valid yet",
      { certificate: readFixture("future.pem") },
      "certificate",
      "time",
    ],
  ])(
    "rejects %s before anything is sent",
    async (_, wrong, ...[path, rule]) => {
      const { operation, aws } = open();

      const error = await catchError(
        operation.execute({ ...RSA_INPUT, ...wrong }),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path, rule }],
      });
      expect(findSecrets(error, SECRETS)).toEqual([]);
      expect(error.message).not.toContain("\n");
      expect(aws.sent).toEqual([]);
    },
  );

  it("checks the validity of a certificate by the connection's clock", async () => {
    const { operation, clock } = open(
      connection,
      sessionResponse("2101-01-01T00:00:00Z"),
    );
    clock.pass(Date.UTC(2100, 5) - clock.now());

    await operation.execute({
      ...RSA_INPUT,
      certificate: readFixture("future.pem"),
    });
    clock.pass(Date.UTC(2120, 5) - clock.now());
    const error = await catchError(operation.execute(RSA_INPUT));

    expect(error.message).toMatch(/certificate expired at 2120-01-01/);
  });

  it("publishes every attempt to a tracing subscriber", async () => {
    const { operation } = open(
      connection,
      rolesAnywhereError(429, "ThrottlingException", "Rate exceeded"),
      sessionResponse(),
    );
    const traces: OperationTrace[] = [];
    const listen = (trace: unknown): void => {
      traces.push({ ...(trace as OperationTrace) });
    };
    const name = "tracing:aws-lambda-connector:GetSessionCredentials:asyncEnd";
    subscribe(name, listen);

    await operation.execute(RSA_INPUT);

    unsubscribe(name, listen);
    expect(traces).toEqual([
      expect.objectContaining({
        attempts: 2,
        region: "eu-central-1",
        statusCode: 201,
      }),
    ]);
  });

  it("reports AWS's error code with advice", async () => {
    const { operation, aws } = open(
      connection,
      rolesAnywhereError(
        403,
        "AccessDeniedException",
        "Untrusted signing certificate",
      ),
    );

    const error = await catchError(operation.execute(RSA_INPUT));

    expect(error.toJSON()).toEqual({
      name: "CredentialsError",
      code: "ERR_CREDENTIALS",
      operation: "GetSessionCredentials",
      message: `GetSessionCredentials: IAM Roles Anywhere created no session for the role ${SESSION_ARNS.roleArn}; AWS returned AccessDeniedException (Untrusted signing certificate). Check that the trust anchor ${SESSION_ARNS.trustAnchorArn} has the certificate authority that issued this certificate, that all intermediate certificates are given, that the profile lists the role, and that the role's trust policy allows rolesanywhere.amazonaws.com to perform sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity.`,
      retryable: false,
      roleArn: SESSION_ARNS.roleArn,
      serviceCode: "AccessDeniedException",
    });
    expect(aws.sent).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    [
      "throttles the request",
      rolesAnywhereError(429, "ThrottlingException", "Rate exceeded"),
    ],
    ["fails", rolesAnywhereError(500, "InternalServerException", "oops")],
    ["closes the connection", { fails: "ECONNRESET", sent: true }],
  ])("retries when AWS %s", async (_, reply) => {
    const { operation, aws } = open(connection, reply, sessionResponse());

    const found = await operation.execute(RSA_INPUT);

    expect(found.accessKeyId).toBe("ASIAEXAMPLEKEYID0001");
    expect(aws.sent).toHaveLength(2);
  });

  it.each<[string, Reply, RegExp]>([
    [
      "an HTML page",
      { status: 200, headers: { "content-type": "text/html" }, body: "<p>" },
      /HTTP status 200 and is not in AWS/,
    ],
    [
      "a response without credentials",
      { status: 201, body: "{}" },
      /returned no credentials/,
    ],
    [
      "a null response",
      { status: 201, body: "null" },
      /returned no credentials/,
    ],
    [
      "a truncated response",
      { status: 201, body: `{"secretAccessKey":${SESSION_SECRET}` },
      /cannot be read/,
    ],
    [
      "a refused connection",
      { fails: "ECONNREFUSED", sent: false },
      /ECONNREFUSED/,
    ],
  ])("reports %s", async (_, reply, message) => {
    const { operation } = open(connection, reply);

    const error = await catchError(operation.execute(RSA_INPUT));

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      message: expect.stringMatching(message),
    });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(
      SESSION_SECRET.slice(0, 12),
    );
  });

  it("corrects its clock by AWS's Date header", async () => {
    const code = "InvalidSignatureException";
    const date = "Fri, 20 Nov 2026 13:00:00 GMT";
    const { operation, aws } = open(
      connection,
      { status: 403, headers: { "x-amzn-errortype": code, date }, body: "{}" },
      sessionResponse("2026-11-20T14:00:00Z"),
    );

    await operation.execute(RSA_INPUT);

    expect(aws.requests[1]?.headers["x-amz-date"]).toBe("20261120T130000Z");
  });

  it("caches a session by all request fields until shortly before it expires", async () => {
    const { operation, aws, clock } = open();

    await operation.execute(RSA_INPUT);
    await operation.execute({ ...RSA_INPUT, durationSeconds: undefined });
    clock.pass(3_299_999);
    await operation.execute(RSA_INPUT);
    expect(aws.sent).toHaveLength(1);
    await operation.execute(EC_INPUT);
    await operation.execute({ ...RSA_INPUT, roleSessionName: "node-1" });
    expect(aws.sent).toHaveLength(3);
    clock.pass(295_001);
    await operation.execute(RSA_INPUT);

    expect(aws.sent).toHaveLength(4);
  });

  it("throws ERR_DEADLINE when timeoutMs has passed", async () => {
    const aws = new FakeAws().respondWith({ silent: true });
    const clock = new FakeClock();
    const operation = new GetSessionCredentials(connection, {
      transport: aws,
      clock,
    });

    const error = catchError(
      operation.execute(RSA_INPUT, { timeoutMs: 1_000 }),
    );
    await new Promise(setImmediate);
    clock.pass(1_000);

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      timeoutMs: 1_000,
    });
  });

  it("hides its secrets however the request is printed", () => {
    const request = Object.assign(new GetSessionCredentialsRequest(), {
      ...RSA_INPUT,
      passphrase: PASSPHRASE,
    });

    expect(findSecrets(request, SECRETS)).toEqual([]);
    expect(instanceToPlain(request)).not.toHaveProperty("privateKey");
    expect(Object.keys(request)).not.toContain("privateKey");
    expect(request.toJSON()).toMatchObject({
      roleArn: SESSION_ARNS.roleArn,
      privateKey: "[hidden]",
    });
  });

  it("accepts an instance of its request class", async () => {
    const { operation, aws } = open();

    await operation.execute(
      Object.assign(new GetSessionCredentialsRequest(), EC_INPUT),
    );

    expect(isSigned(aws, "AWS4-X509-ECDSA-SHA256")).toBe(true);
  });
});

describe("a credentials provider", () => {
  it("requests a session when it is called, and again only when it is about to expire", async () => {
    const { operation, aws, clock } = open(
      connection,
      sessionResponse(),
      sessionResponse("2026-11-20T14:00:00Z"),
    );

    const provide = operation.provider(RSA_INPUT);
    expect(aws.sent).toEqual([]);
    await provide();
    await provide();
    clock.pass(3_595_000);
    const renewed = await provide();

    expect(aws.sent).toHaveLength(2);
    expect(renewed.expiration).toEqual(new Date("2026-11-20T14:00:00Z"));
  });

  it.each<[string, Reply, object]>([
    [
      "the connection is refused",
      { fails: "ECONNREFUSED", sent: false },
      {
        retryable: true,
        message: `InvokeFunction: GetSessionCredentials provided no credentials; IAM Roles Anywhere created no session for the role ${SESSION_ARNS.roleArn}; there was no response from AWS (ECONNREFUSED) because the connection was refused. Check the endpoint and that the service is running.`,
      },
    ],
    [
      "AWS returns an error",
      rolesAnywhereError(404, "ResourceNotFoundException", "Profile not found"),
      {
        retryable: false,
        roleArn: SESSION_ARNS.roleArn,
        serviceCode: "ResourceNotFoundException",
        message: `InvokeFunction: GetSessionCredentials provided no credentials; IAM Roles Anywhere created no session for the role ${SESSION_ARNS.roleArn}; AWS returned ResourceNotFoundException (Profile not found). Check trustAnchorArn and profileArn, and that the trust anchor and the profile are enabled.`,
      },
    ],
  ])(
    "reports its failure through the operation that called it when %s",
    async (_, reply, expected) => {
      const { operation } = open(connection, reply);
      const credentials = operation.provider(RSA_INPUT);

      const error = await catchError(
        new InvokeFunction(
          { ...connection, credentials },
          { transport: new FakeAws() },
        ).execute({ functionName: "price" }),
      );

      expect(error).toMatchObject({
        code: "ERR_CREDENTIALS",
        execution: "did-not-run",
        cause: { code: "ERR_CREDENTIALS" },
        ...expected,
      });
    },
  );

  it("returns static credentials", async () => {
    const operation = new GetStaticCredentials(connection, {
      transport: new FakeAws(),
    });

    const found = await operation.provider(exampleCredentials)();

    expect(found).toBeInstanceOf(Credentials);
    expect(found.secretAccessKey).toBe(exampleCredentials.secretAccessKey);
    expect(() =>
      operation.provider({ ...exampleCredentials, accessKeyId: "short" }),
    ).toThrow(/accessKeyId must be/);
  });

  it("returns the connection's credentials, resolved on each call", async () => {
    const credentials = jest
      .fn()
      .mockResolvedValueOnce(exampleCredentials)
      .mockResolvedValueOnce({
        ...exampleCredentials,
        sessionToken: SESSION_TOKEN,
      });
    const provide = new GetDefaultCredentials(
      { ...connection, credentials },
      { transport: new FakeAws() },
    ).provider();

    const [first, second] = [await provide(), await provide()];

    expect(first.sessionToken).toBeUndefined();
    expect(second.sessionToken).toBe(SESSION_TOKEN);
  });

  it("is a property of exactly the connector methods that return credentials", () => {
    const connector = createConnector(connection, {
      transport: new FakeAws(),
    });

    const withProvider = Object.entries(connector)
      .filter(([, method]) => "provider" in method)
      .map(([name]) => name);

    expect(withProvider).toEqual([
      "getDefaultCredentials",
      "getSessionCredentials",
      "getStaticCredentials",
    ]);
  });
});
