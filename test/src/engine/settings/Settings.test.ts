import { X509Certificate } from "node:crypto";
import { AWS_Region, Credentials } from "../../../../domain";
import { readConnection } from "../../../../src/engine/settings/Settings";
import { exampleCredentials } from "../../../connection";
import { findSecrets, catchError } from "../../../catchError";
import { readFixture } from "../../../rolesAnywhereFixtures";

const environment = { ...process.env };
const CLEARED = /^AWS_|_PROXY$/i;

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !CLEARED.test(name)),
  );
  // The shared configuration files of this machine are not read.
  process.env["HOME"] = `${__dirname}/no-such-folder`;
});
afterAll(() => {
  process.env = environment;
});

function read(connection: unknown = {}) {
  return readConnection(connection as object, "Test");
}

const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

describe("readConnection", () => {
  it("uses defaults for an empty connection", () => {
    const { key, trust, ...settings } = read();

    expect(settings).toEqual({
      endpoints: {},
      useFips: false,
      useDualStack: false,
      connectTimeoutMs: 3_000,
      maxSockets: 256,
      maxAttempts: 3,
    });
    expect([key, trust]).toEqual(
      Array(2).fill(expect.stringMatching(/^[\w-]{43}$/)),
    );
  });

  it("accepts every property", () => {
    const { key, trust, ...settings } = read({
      region: AWS_Region.eu_central_1,
      credentials: exampleCredentials,
      endpoint: { lambda: "http://127.0.0.1:4566", sts: "https://sts.example" },
      timeoutMs: 1,
      connectTimeoutMs: 2_147_483_647,
      maxSockets: 65_535,
      maxAttempts: 10,
      proxy: "http://user:password@proxy.example:3128",
      ca: PEM,
      rejectUnauthorized: false,
    });

    expect(settings).toEqual({
      // As it is written, and as it is sent.
      proxyPasswords: ["password", "dXNlcjpwYXNzd29yZA=="],
      region: "eu-central-1",
      credentials: {
        ...exampleCredentials,
        sessionToken: undefined,
        expiration: undefined,
      },
      endpoints: {
        lambda: "http://127.0.0.1:4566",
        sts: "https://sts.example",
      },
      useFips: false,
      useDualStack: false,
      timeoutMs: 1,
      connectTimeoutMs: 2_147_483_647,
      maxSockets: 65_535,
      maxAttempts: 10,
      proxy: "http://user:password@proxy.example:3128",
      ca: PEM,
      rejectUnauthorized: false,
    });
    expect(key + trust).not.toContain(exampleCredentials.secretAccessKey);
  });

  it("uses one endpoint for every service", () => {
    const { endpoints } = read({ endpoint: "http://127.0.0.1:4566" });

    expect(endpoints).toEqual({
      lambda: "http://127.0.0.1:4566",
      sts: "http://127.0.0.1:4566",
      ssm: "http://127.0.0.1:4566",
      rolesAnywhere: "http://127.0.0.1:4566",
    });
  });

  it("treats undefined as not set", () => {
    const { key, ...settings } = read({
      region: undefined,
      maxSockets: undefined,
      useFips: undefined,
    });

    expect(settings).toMatchObject({ maxSockets: 256, useFips: false });
    expect(key).toBe(read().key);
  });

  it.each<[string, unknown]>([
    ["line breaks as two characters", PEM.replaceAll("\n", String.raw`\n`)],
    ["spaces instead of line breaks", PEM.replaceAll("\n", " ")],
    ["indented", PEM.replace(/^/gm, "    ")],
    ["in quotes", JSON.stringify(PEM)],
    ["with text around it", `# Company Root\n${PEM}\n`],
    ["base64 of the file", Buffer.from(PEM).toString("base64")],
    ["bytes", Buffer.from(PEM)],
    ["an array", [Buffer.from(PEM)]],
    [
      "with a private key beside it",
      `${PEM}\n-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----`,
    ],
  ])("returns CA certificates in their usual form: %s", (_, ca) => {
    expect(read({ ca })).toMatchObject({ ca: PEM, key: read({ ca: PEM }).key });
  });

  it("accepts CA certificates in DER format", () => {
    const pem = readFixture("root.pem");
    const { raw } = new X509Certificate(pem);

    expect(read({ ca: raw }).ca).toBe(read({ ca: pem }).ca);
    expect(read({ ca: raw.toString("base64") }).ca).toBe(read({ ca: pem }).ca);
  });

  it("joins the CA certificates of an array, and reads it once", () => {
    const list = [PEM, PEM.replace("MII", "MIJ")];
    const { ca } = read({ ca: list });

    list.length = 0;

    expect(ca).toBe(`${PEM}\n${PEM.replace("MII", "MIJ")}`);
  });

  it("copies the credentials, so that later changes have no effect", () => {
    const own = { ...exampleCredentials };
    const settings = read({ credentials: own });

    own.secretAccessKey = "another";

    expect(settings.credentials).toMatchObject(exampleCredentials);
  });

  it.each<[string, unknown[], string]>([
    [
      "region",
      [
        "EU Central",
        "eu_central_1",
        "eu-central",
        "",
        7,
        null,
        "../x-1",
        `eu-${"a".repeat(60)}-1`,
      ],
      "region must be the name of an AWS region, for example eu-central-1 (with hyphens), or a value of AWS_Region",
    ],
    [
      "credentials",
      [
        null,
        "AKIA",
        {},
        { accessKeyId: "AKIA" },
        { ...exampleCredentials, accessKeyId: "" },
        new Proxy(exampleCredentials, {}),
        {
          get accessKeyId(): string {
            throw new Error("no");
          },
        },
      ],
      "credentials must be an object with accessKeyId and secretAccessKey, or a function that returns one",
    ],
    [
      "endpoint",
      [
        "localhost:4566",
        "ftp://aws.example",
        "",
        7,
        null,
        { s3: "http://a.example" },
        { lambda: "here" },
        new Proxy({}, {}),
      ],
      "endpoint must be a base URL, for example http://127.0.0.1:4566, or an object with base URLs for lambda, sts, ssm and rolesAnywhere",
    ],
    ["useFips", ["true", 1, null], "useFips must be true or false"],
    [
      "rejectUnauthorized",
      ["false", 0, null],
      "rejectUnauthorized must be true or false",
    ],
    ["useDualStack", ["no", 0, null], "useDualStack must be true or false"],
    [
      "timeoutMs",
      [0, -1, 1.5, NaN, Infinity, "30", 2_147_483_648, null],
      "timeoutMs must be an integer from 1 to 2,147,483,647",
    ],
    [
      "connectTimeoutMs",
      [0, "3"],
      "connectTimeoutMs must be an integer from 1 to 2,147,483,647",
    ],
    [
      "maxSockets",
      [0, 65_536, Infinity],
      "maxSockets must be an integer from 1 to 65,535",
    ],
    [
      "endpoint",
      [
        "http://user:password@own.example",
        "http://own.example/?stage=dev",
        "http://own.example/base#top",
        { lambda: "http://user@own.example" },
      ],
      "endpoint must be a base URL without user name, password, query and fragment, which are not sent",
    ],
    [
      "maxAttempts",
      [0, 11, 1.5, "3", null],
      "maxAttempts must be an integer from 1 to 10",
    ],
    [
      "proxy",
      ["proxy.example:3128", "socks5://proxy.example", 7],
      "proxy must be the URL of an HTTP proxy, for example http://proxy.example:3128",
    ],
    [
      "ca",
      [
        "/etc/ssl/ca.pem",
        Buffer.from("MII"),
        Buffer.from([0x30, 0x03, 0x02, 0x01, 0x05]),
        "",
        [],
        [PEM, ""],
        [[PEM]],
        PEM.slice(0, -30),
        `${PEM}\n${PEM.slice(0, -30)}`,
      ],
      "ca must be certificates in PEM format (-----BEGIN CERTIFICATE-----) or DER, or an array of these",
    ],
  ])("rejects invalid values of %s", async (field, values, message) => {
    for (const value of values) {
      const error = await catchError(() => read({ [field]: value }));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        operation: "Test",
        message: `Test: ${message}.`,
        issues: [{ message }],
      });
    }
  });

  it.each<[path: string, rule: string, connection: object]>([
    ["region", "region", { region: "eu_central_1" }],
    ["credentials", "credentials", { credentials: { accessKeyId: "AKIA" } }],
    [
      "credentials.sessionToken",
      "isString",
      { credentials: { ...exampleCredentials, sessionToken: 7 } },
    ],
    [
      "credentials.expiration",
      "isDate",
      { credentials: { ...exampleCredentials, expiration: "soon" } },
    ],
    ["endpoint", "isUrl", { endpoint: "localhost:4566" }],
    ["endpoint", "baseUrl", { endpoint: "http://own.example/?stage=dev" }],
    ["useFips", "isBoolean", { useFips: "true" }],
    ["useDualStack", "isBoolean", { useDualStack: 1 }],
    ["rejectUnauthorized", "isBoolean", { rejectUnauthorized: null }],
    ["timeoutMs", "isInt", { timeoutMs: "30" }],
    ["timeoutMs", "isInt", { timeoutMs: NaN }],
    ["connectTimeoutMs", "min", { connectTimeoutMs: 0 }],
    ["maxSockets", "max", { maxSockets: 65_536 }],
    ["maxAttempts", "max", { maxAttempts: 11 }],
    ["proxy", "isUrl", { proxy: "proxy.example:3128" }],
    ["ca", "certificates", { ca: "/etc/ssl/ca.pem" }],
    ["role.roleArn", "required", { role: {} }],
    ["role", "roles", { role: [] }],
    ["region", "readable", throwingGetter("region")],
  ])("names the path and the rule: %s breaks %s", async (path, rule, given) => {
    const error = await catchError(() => read(given));

    expect(error).toMatchObject({ issues: [{ path, rule }] });
  });

  it.each<[object, string]>([
    [
      { accessKeyId: "AKIA" },
      "accessKeyId belongs in credentials, an object in the connection",
    ],
    [
      { externalId: "secret-id" },
      "externalId belongs in role, an object in the connection",
    ],
    [
      { profile: "dev" },
      "profile is not a field of this connection; set AWS_PROFILE instead",
    ],
    [
      { regoin: "a", maxSocket: 1 },
      "regoin is not a field of this connection; did you mean region? maxSocket is not a field of this connection; did you mean maxSockets?",
    ],
    [
      { endpoint: "http://127.0.0.1:4566", useFips: true },
      "endpoint cannot be combined with useFips; omit endpoint or useFips",
    ],
  ])("says where a field belongs, and what to do: %j", async (given, text) => {
    const error = await catchError(() => read(given));

    expect(error.message).toMatch(`Test: ${text}`);
  });

  it("rejects an unknown property and suggests the closest one", async () => {
    const error = await catchError(() => read({ regoin: "eu-central-1" }));

    expect(error).toMatchObject({
      message:
        "Test: regoin is not a field of this connection; did you mean region?",
      issues: [{ path: "regoin", rule: "unknown" }],
    });
  });

  it.each([[7], [null], [""], [{}]])(
    "rejects the session token %j of credentials",
    async (sessionToken) => {
      const credentials = { ...exampleCredentials, sessionToken };

      const error = await catchError(() => read({ credentials }));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        message:
          "Test: credentials.sessionToken must be a non-empty string, or omitted.",
      });
    },
  );

  it.each([
    ["2030-01-01T12:00:00Z", "2030-01-01T12:00:00.000Z"],
    ["2030-01-01T12:00:00.123456Z", "2030-01-01T12:00:00.123Z"],
    ["2030-01-01T12:00:00+02:00", "2030-01-01T10:00:00.000Z"],
    ["2030-01-01T12:00:00-0530", "2030-01-01T17:30:00.000Z"],
    ["2030-01-01 12:00:00+00:00", "2030-01-01T12:00:00.000Z"],
    ["2030-01-01t12:00z", "2030-01-01T12:00:00.000Z"],
  ])("reads the expiration %s of credentials", (expiration, time) => {
    const { credentials } = read({
      credentials: { ...exampleCredentials, expiration },
    });

    expect(credentials).toMatchObject({ expiration: new Date(time) });
  });

  it.each([
    ["tomorrow"],
    [""],
    ["2030-01-01"],
    ["2030-01-01T12:00:00"],
    ["2030-13-01T12:00:00Z"],
    ["2030-01-01T25:00:00Z"],
    ["1893499200000"],
    [new Date(NaN)],
    [null],
    [Date.now()],
    [{}],
    [[]],
    [true],
  ])("rejects the expiration %s of credentials", async (expiration) => {
    const credentials = { ...exampleCredentials, expiration };

    const error = await catchError(() => read({ credentials }));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "Test: credentials.expiration must be a valid Date or an ISO 8601 string with an offset, for example 2030-01-01T12:00:00Z, or omitted.",
    });
  });

  it.each<[string, object, string]>([
    [
      "endpoint",
      { endpoint: { lamda: "http://127.0.0.1:4566" } },
      "endpoint must be a base URL, for example http://127.0.0.1:4566, or an object with base URLs for lambda, sts, ssm and rolesAnywhere; it has lamda; did you mean lambda?",
    ],
    [
      "credentials",
      { credentials: { accessKeyID: "AKIA", secretAccessKey: "abc" } },
      "credentials must be an object with accessKeyId and secretAccessKey, or a function that returns one; it has accessKeyID; did you mean accessKeyId?",
    ],
    [
      "credentials",
      { credentials: { ...exampleCredentials, SessionToken: "token" } },
      "credentials must be an object with accessKeyId and secretAccessKey, or a function that returns one; it has SessionToken; did you mean sessionToken?",
    ],
  ])(
    "rejects a misspelled property inside %s and suggests the closest one",
    async (path, given, message) => {
      const error = await catchError(() => read(given));

      expect(error).toMatchObject({
        message: `Test: ${message}`,
        issues: [{ path, message }],
      });
    },
  );

  it("accepts further properties of the AWS SDK's credentials", () => {
    const { credentials } = read({
      credentials: {
        ...exampleCredentials,
        accountId: "111122223333",
        $source: {},
      },
    });

    expect(credentials).toMatchObject(exampleCredentials);
  });

  it("rejects an endpoint combined with useFips", async () => {
    const error = await catchError(() =>
      read({ endpoint: "http://127.0.0.1:4566", useFips: true }),
    );

    expect(error).toMatchObject({
      issues: [{ path: "endpoint", rule: "conflict" }],
    });
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a string", "eu-central-1"],
    ["a number", 7],
  ])("rejects %s as a connection", async (_, connection) => {
    const error = await catchError(() => read(connection));

    expect(error).toMatchObject({
      issues: [
        {
          path: "",
          rule: "object",
          message: "the connection must be an object",
        },
      ],
    });
  });

  it("reports all issues at once", async () => {
    const error = await catchError(() =>
      read({ region: 7, maxSockets: 0, colour: "blue" }),
    );

    expect(error).toMatchObject({
      issues: [{ path: "colour" }, { path: "region" }, { path: "maxSockets" }],
    });
  });
});

describe("readConnection with environment variables", () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" }, "eu-west-1"],
    [{ AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
    [{ AWS_REGION: "", AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
    [{}, undefined],
  ])("reads the region from %j", (variables, region) => {
    Object.assign(process.env, variables);

    const settings = read();

    expect(settings.region).toBe(region);
  });

  it.each<[Record<string, string>, object]>([
    [
      { AWS_ENDPOINT_URL: "http://all.example" },
      {
        lambda: "http://all.example",
        sts: "http://all.example",
        ssm: "http://all.example",
        rolesAnywhere: "http://all.example",
      },
    ],
    [
      {
        AWS_ENDPOINT_URL: "http://all.example",
        AWS_ENDPOINT_URL_LAMBDA: "http://lambda.example",
      },
      {
        lambda: "http://lambda.example",
        sts: "http://all.example",
        ssm: "http://all.example",
        rolesAnywhere: "http://all.example",
      },
    ],
    [
      { AWS_ENDPOINT_URL_SSM: "http://ssm.example" },
      { ssm: "http://ssm.example" },
    ],
    [
      { AWS_ENDPOINT_URL_ROLESANYWHERE: "http://anywhere.example" },
      { rolesAnywhere: "http://anywhere.example" },
    ],
    [
      {
        AWS_ENDPOINT_URL: "http://all.example",
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      },
      {},
    ],
    [{ AWS_ENDPOINT_URL: "" }, {}],
  ])("reads the endpoints from %j", (variables, endpoints) => {
    Object.assign(process.env, variables);

    const settings = read();

    expect(settings.endpoints).toEqual(endpoints);
  });

  it("reads whether to use FIPS and dual-stack endpoints", () => {
    process.env["AWS_USE_FIPS_ENDPOINT"] = "true";
    process.env["AWS_USE_DUALSTACK_ENDPOINT"] = "true";

    const { useFips, useDualStack } = read();

    expect([useFips, useDualStack]).toEqual([true, true]);
  });

  it("rejects AWS_USE_FIPS_ENDPOINT when the connection sets an endpoint", () => {
    process.env["AWS_USE_FIPS_ENDPOINT"] = "true";

    expect(() => read({ endpoint: "http://127.0.0.1:1" })).toThrow(
      "endpoint cannot be combined with AWS_USE_FIPS_ENDPOINT; unset it, or set useFips: false",
    );
  });

  it("prefers the connection to the environment", () => {
    Object.assign(process.env, {
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL_LAMBDA: "http://lambda.example",
      AWS_USE_FIPS_ENDPOINT: "true",
    });

    const settings = read({
      region: "us-east-1",
      endpoint: { lambda: "http://127.0.0.1:1" },
      useFips: false,
    });

    expect(settings).toMatchObject({
      region: "us-east-1",
      endpoints: { lambda: "http://127.0.0.1:1" },
      useFips: false,
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ AWS_REGION: "EU Central" }, "region"],
    [{ AWS_DEFAULT_REGION: "eu_central_1" }, "region"],
    [{ AWS_ENDPOINT_URL: "localhost" }, "endpoint"],
    [{ AWS_ENDPOINT_URL_STS: "ftp://aws.example" }, "endpoint"],
  ])("rejects invalid values of %j", async (variables, path) => {
    Object.assign(process.env, variables);

    const error = await catchError(() => read());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path, rule: "environment" }],
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ HTTPS_PROXY: "http://" }, "HTTPS_PROXY"],
    [{ https_proxy: "socks5://proxy.example:1080" }, "https_proxy"],
    [{ ALL_PROXY: "http://user:word@" }, "ALL_PROXY"],
    [
      { HTTP_PROXY: "::", AWS_ENDPOINT_URL: "http://aws.example" },
      "HTTP_PROXY",
    ],
  ])(
    "names the variable with the invalid proxy URL in %j",
    async (variables, name) => {
      Object.assign(process.env, variables);

      const error = await catchError(() => read());

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        message: `Test: ${name} is not the URL of an HTTP proxy; set it to a URL such as http://proxy.example:3128, or unset it.`,
        issues: [{ path: "proxy", rule: "environment" }],
      });
    },
  );

  it.each<[string, Record<string, string>, object]>([
    ["is valid", { HTTPS_PROXY: "http://proxy.example:3128" }, {}],
    ["has no scheme", { HTTPS_PROXY: "proxy.example:3128" }, {}],
    ["NO_PROXY excludes", { HTTPS_PROXY: "::", NO_PROXY: "*" }, {}],
    ["applies to http:// only", { HTTP_PROXY: "::" }, {}],
    [
      "does not apply to this machine",
      { HTTP_PROXY: "::" },
      { endpoint: "http://127.0.0.1:4566" },
    ],
    [
      "the connection overrides",
      { HTTPS_PROXY: "::" },
      { proxy: "http://proxy.example" },
    ],
  ])("accepts a proxy variable that %s", (_, variables, connection) => {
    Object.assign(process.env, variables);

    const settings = read(connection);

    expect(settings.connectTimeoutMs).toBe(3_000);
  });

  it("does not check variables that the connection overrides", () => {
    Object.assign(process.env, {
      AWS_REGION: "EU Central",
      AWS_ENDPOINT_URL: "localhost",
    });

    const settings = read({
      region: "eu-central-1",
      endpoint: "http://127.0.0.1:4566",
    });

    expect(settings.region).toBe("eu-central-1");
  });

  it("rejects an unreadable AWS_CA_BUNDLE unless the connection sets ca", async () => {
    process.env["AWS_CA_BUNDLE"] = `${__dirname}/no-such-file.pem`;

    const error = await catchError(() => read());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "ca", rule: "readable" }],
    });
    expect(read({ ca: PEM }).ca).toBe(PEM);
  });
});

describe("Settings.key", () => {
  const provide = () => Promise.resolve(exampleCredentials);

  it.each<[string, object, object]>([
    ["empty connections", {}, {}],
    [
      "the same credentials in two objects",
      { credentials: { ...exampleCredentials } },
      { credentials: exampleCredentials },
    ],
    [
      "a plain object and Credentials",
      { credentials: new Credentials(exampleCredentials) },
      { credentials: exampleCredentials },
    ],
    ["the same provider", { credentials: provide }, { credentials: provide }],
    [
      "another order of properties",
      { region: "eu-west-1", maxSockets: 1 },
      { maxSockets: 1, region: "eu-west-1" },
    ],
    ["another timeout", { timeoutMs: 1 }, { timeoutMs: 2 }],
    [
      "one endpoint and the same endpoint per service",
      { endpoint: "http://a.example" },
      {
        endpoint: {
          lambda: "http://a.example",
          sts: "http://a.example",
          ssm: "http://a.example",
          rolesAnywhere: "http://a.example",
        },
      },
    ],
  ])("is equal for %s", (_, one, other) => {
    const same = read(one).key === read(other).key;

    expect(same).toBe(true);
  });

  it.each<[string, object]>([
    ["region", { region: "eu-west-1" }],
    [
      "secret",
      { credentials: { ...exampleCredentials, secretAccessKey: "another" } },
    ],
    [
      "token",
      { credentials: { ...exampleCredentials, sessionToken: "token" } },
    ],
    ["credential provider", { credentials: () => provide() }],
    ["endpoint", { endpoint: "http://127.0.0.1:1" }],
    ["service's endpoint", { endpoint: { sts: "http://127.0.0.1:1" } }],
    ["useFips", { useFips: true }],
    ["maxSockets", { maxSockets: 1 }],
    ["maxAttempts", { maxAttempts: 1 }],
    ["connectTimeoutMs", { connectTimeoutMs: 1 }],
    ["proxy", { proxy: "http://proxy.example" }],
    ["certificates", { ca: PEM }],
    ["rejectUnauthorized", { rejectUnauthorized: false }],
    [
      "expiration",
      { credentials: { ...exampleCredentials, expiration: new Date(5) } },
    ],
    [
      "source of the credentials",
      {
        credentials: {
          ...exampleCredentials,
          $source: { CREDENTIALS_STS_ASSUME_ROLE: "i" },
        },
      },
    ],
  ])("differs for another %s", (_, other) => {
    const base = { region: "eu-central-1", credentials: exampleCredentials };

    const same = read(base).key === read({ ...base, ...other }).key;

    expect(same).toBe(false);
  });

  it("contains no secret", () => {
    const { key } = read({
      credentials: { ...exampleCredentials, sessionToken: "token" },
    });

    expect(findSecrets({ key })).toEqual([]);
    expect(Buffer.from(key, "base64url")).toHaveLength(32);
  });
});

describe("Settings.trust", () => {
  const base = { region: "eu-central-1", credentials: exampleCredentials };

  it.each<[string, object]>([
    ["region", { region: "eu-west-1" }],
    ["endpoint", { endpoint: "http://127.0.0.1:1" }],
    ["service's endpoint", { endpoint: { sts: "http://127.0.0.1:1" } }],
    ["useFips", { useFips: true }],
    ["useDualStack", { useDualStack: true }],
    ["proxy", { proxy: "http://proxy.example" }],
    ["certificates", { ca: PEM }],
    ["rejectUnauthorized", { rejectUnauthorized: false }],
  ])("differs for another %s", (_, other) => {
    expect(read({ ...base, ...other }).trust).not.toBe(read(base).trust);
  });

  it.each<[string, object]>([
    ["maxSockets", { maxSockets: 1 }],
    ["maxAttempts", { maxAttempts: 1 }],
    ["connectTimeoutMs", { connectTimeoutMs: 1 }],
    ["timeoutMs", { timeoutMs: 1 }],
    [
      "credentials",
      { credentials: { ...exampleCredentials, accessKeyId: "A" } },
    ],
  ])("is equal for other %s", (_, other) => {
    expect(read({ ...base, ...other }).trust).toBe(read(base).trust);
  });

  it.each(["HTTPS_PROXY", "http_proxy", "ALL_PROXY", "no_proxy"])(
    "differs if the environment sets %s",
    (name) => {
      const { trust } = read(base);

      process.env[name] = "http://proxy.example:3128";

      expect(read(base).trust).not.toBe(trust);
    },
  );
});

function throwingGetter(field: string): object {
  return Object.defineProperty({}, field, {
    enumerable: true,
    get() {
      throw new Error("no");
    },
  });
}
