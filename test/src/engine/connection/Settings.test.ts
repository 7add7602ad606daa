import { AWS_Region, Credentials } from "../../../../domain";
import { readConnection } from "../../../../src/engine/connection/Settings";
import { keys } from "../../../connection";
import { secretsIn, thrownBy } from "../../../thrownBy";

const environment = { ...process.env };
const OURS = /^AWS_|_PROXY$/i;

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !OURS.test(name)),
  );
});
afterAll(() => {
  process.env = environment;
});

function read(connection: unknown = {}) {
  return readConnection(connection as object, "Test");
}

const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

describe("a connection", () => {
  it("may be empty: the rest is AWS's or ours", () => {
    const { key, caller, ...settings } = read();

    expect(settings).toEqual({
      endpoints: {},
      useFips: false,
      useDualStack: false,
      connectTimeoutMs: 3_000,
      maxSockets: 256,
    });
    expect([key, caller]).toEqual(
      Array(2).fill(expect.stringMatching(/^[\w-]{43}$/)),
    );
  });

  it("takes everything that it can say", () => {
    const { key, caller, ...settings } = read({
      region: AWS_Region.eu_central_1,
      credentials: keys,
      endpoint: { lambda: "http://127.0.0.1:4566", sts: "https://sts.example" },
      timeoutMs: 1,
      connectTimeoutMs: 2_147_483_647,
      maxSockets: 65_535,
      proxy: "http://user:word@proxy.example:3128",
      ca: PEM,
      rejectUnauthorized: false,
    });

    expect(settings).toEqual({
      region: "eu-central-1",
      credentials: { ...keys, sessionToken: undefined, expiration: undefined },
      endpoints: {
        lambda: "http://127.0.0.1:4566",
        sts: "https://sts.example",
      },
      useFips: false,
      useDualStack: false,
      timeoutMs: 1,
      connectTimeoutMs: 2_147_483_647,
      maxSockets: 65_535,
      proxy: "http://user:word@proxy.example:3128",
      ca: PEM,
      rejectUnauthorized: false,
    });
    expect(key + caller).not.toContain(keys.secretAccessKey);
  });

  it("takes one endpoint for every service", () => {
    const { endpoints } = read({ endpoint: "http://127.0.0.1:4566" });

    expect(endpoints).toEqual({
      lambda: "http://127.0.0.1:4566",
      sts: "http://127.0.0.1:4566",
      ssm: "http://127.0.0.1:4566",
      rolesAnywhere: "http://127.0.0.1:4566",
    });
  });

  it("takes undefined for absent", () => {
    const { key, ...settings } = read({
      region: undefined,
      maxSockets: undefined,
      useFips: undefined,
    });

    expect(settings).toMatchObject({ maxSockets: 256, useFips: false });
    expect(key).toBe(read().key);
  });

  it("is read once: the caller's object may change", () => {
    const mine = { ...keys };
    const settings = read({ credentials: mine });

    mine.secretAccessKey = "another";

    expect(settings.credentials).toMatchObject(keys);
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
      "region takes AWS's name of a region, for example eu-central-1 (with hyphens), or a value of AWS_Region",
    ],
    [
      "credentials",
      [
        null,
        "AKIA",
        {},
        { accessKeyId: "AKIA" },
        { ...keys, accessKeyId: "" },
        { ...keys, sessionToken: 7 },
        new Proxy(keys, {}),
        {
          get accessKeyId(): string {
            throw new Error("no");
          },
        },
      ],
      "credentials takes an object with accessKeyId and secretAccessKey, or a function that gives one",
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
      "endpoint takes a base URL, for example http://127.0.0.1:4566, or one each for lambda, sts, ssm and rolesAnywhere",
    ],
    ["useFips", ["true", 1, null], "useFips takes true or false"],
    [
      "rejectUnauthorized",
      ["false", 0, null],
      "rejectUnauthorized takes true or false",
    ],
    ["useDualStack", ["no", 0, null], "useDualStack takes true or false"],
    [
      "timeoutMs",
      [0, -1, 1.5, NaN, Infinity, "30", 2_147_483_648, null],
      "timeoutMs takes a whole number from 1 to 2,147,483,647",
    ],
    [
      "connectTimeoutMs",
      [0, "3"],
      "connectTimeoutMs takes a whole number from 1 to 2,147,483,647",
    ],
    [
      "maxSockets",
      [0, 65_536, Infinity],
      "maxSockets takes a whole number from 1 to 65,535",
    ],
    [
      "proxy",
      ["proxy.example:3128", "socks5://proxy.example", 7],
      "proxy takes the URL of an HTTP proxy, for example http://proxy.example:3128",
    ],
    [
      "ca",
      ["/etc/ssl/ca.pem", Buffer.from(PEM), ""],
      "ca takes certificates as PEM text, beginning with -----BEGIN CERTIFICATE-----",
    ],
  ])("is refused by the rule of %s", async (field, values, message) => {
    for (const value of values) {
      const error = await thrownBy(() => read({ [field]: value }));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        operation: "Test",
        message: `Test: the connection cannot be used: ${message}.`,
        issues: [{ path: field, rule: "connection", message }],
      });
    }
  });

  it("is refused for an unknown field, by its name and with a guess", async () => {
    const error = await thrownBy(() => read({ regoin: "eu-central-1" }));

    expect(error).toMatchObject({
      message:
        "Test: the connection cannot be used: regoin is not a field of this connection; region may be meant.",
      issues: [{ path: "regoin", rule: "unknown" }],
    });
  });

  it.each<[string, object, string]>([
    [
      "endpoint",
      { endpoint: { lamda: "http://127.0.0.1:4566" } },
      "endpoint takes a base URL, for example http://127.0.0.1:4566, or one each for lambda, sts, ssm and rolesAnywhere; it has lamda, and lambda may be meant",
    ],
    [
      "credentials",
      { credentials: { accessKeyID: "AKIA", secretAccessKey: "abc" } },
      "credentials takes an object with accessKeyId and secretAccessKey, or a function that gives one; it has accessKeyID, and accessKeyId may be meant",
    ],
    [
      "credentials",
      { credentials: { ...keys, SessionToken: "token" } },
      "credentials takes an object with accessKeyId and secretAccessKey, or a function that gives one; it has SessionToken, and sessionToken may be meant",
    ],
  ])(
    "is refused for a slip inside %s, with a guess",
    async (path, given, message) => {
      const error = await thrownBy(() => read(given));

      expect(error).toMatchObject({
        message: `Test: the connection cannot be used: ${message}.`,
        issues: [{ path, message }],
      });
    },
  );

  it("takes what else the AWS SDK's credentials carry", () => {
    const { credentials } = read({
      credentials: { ...keys, accountId: "111122223333", $source: {} },
    });

    expect(credentials).toMatchObject(keys);
  });

  it("is refused for an endpoint of its own together with AWS's kinds", async () => {
    const error = await thrownBy(() =>
      read({ endpoint: "http://127.0.0.1:4566", useFips: true }),
    );

    expect(error).toMatchObject({
      issues: [{ path: "endpoint", rule: "conflict" }],
    });
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a region alone", "eu-central-1"],
    ["a number", 7],
  ])("is refused where it is %s", async (_, connection) => {
    const error = await thrownBy(() => read(connection));

    expect(error).toMatchObject({
      issues: [
        {
          path: "",
          rule: "object",
          message: "the connection takes an object with named fields",
        },
      ],
    });
  });

  it("is refused with everything that is wrong at once", async () => {
    const error = await thrownBy(() =>
      read({ region: 7, maxSockets: 0, colour: "blue" }),
    );

    expect(error).toMatchObject({
      issues: [{ path: "colour" }, { path: "region" }, { path: "maxSockets" }],
    });
  });
});

describe("the environment of a connection", () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" }, "eu-west-1"],
    [{ AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
    [{ AWS_REGION: "", AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
    [{}, undefined],
  ])("gives the region: %j", (variables, region) => {
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
  ])("gives the endpoints: %j", (variables, endpoints) => {
    Object.assign(process.env, variables);

    const settings = read();

    expect(settings.endpoints).toEqual(endpoints);
  });

  it("gives the kinds of endpoint", () => {
    process.env["AWS_USE_FIPS_ENDPOINT"] = "true";
    process.env["AWS_USE_DUALSTACK_ENDPOINT"] = "true";

    const { useFips, useDualStack } = read();

    expect([useFips, useDualStack]).toEqual([true, true]);
  });

  it("cannot ask for a kind of endpoint where the connection gives one of its own", () => {
    process.env["AWS_USE_FIPS_ENDPOINT"] = "true";

    expect(() => read({ endpoint: "http://127.0.0.1:1" })).toThrow(
      "endpoint cannot go together with AWS_USE_FIPS_ENDPOINT; unset it, or say useFips: false",
    );
  });

  it("gives way to what the connection says", () => {
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
  ])("is held to the same rules: %j", async (variables, path) => {
    Object.assign(process.env, variables);

    const error = await thrownBy(() => read());

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
  ])("names the variable whose proxy is none: %j", async (variables, name) => {
    Object.assign(process.env, variables);

    const error = await thrownBy(() => read());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `Test: the connection cannot be used: ${name} names no HTTP proxy; correct it, for example to http://proxy.example:3128, or unset it.`,
      issues: [{ path: "proxy", rule: "environment" }],
    });
  });

  it.each<[string, Record<string, string>, object]>([
    ["is one", { HTTPS_PROXY: "http://proxy.example:3128" }, {}],
    ["goes without http://", { HTTPS_PROXY: "proxy.example:3128" }, {}],
    ["is for other hosts", { HTTPS_PROXY: "::", NO_PROXY: "*" }, {}],
    ["is for http:// alone", { HTTP_PROXY: "::" }, {}],
    [
      "is not for this machine",
      { HTTP_PROXY: "::" },
      { endpoint: "http://127.0.0.1:4566" },
    ],
    [
      "gives way to the connection's",
      { HTTPS_PROXY: "::" },
      { proxy: "http://proxy.example" },
    ],
  ])("does not complain of a proxy that %s", (_, variables, connection) => {
    Object.assign(process.env, variables);

    const settings = read(connection);

    expect(settings.connectTimeoutMs).toBe(3_000);
  });

  it("is not looked at where the connection says the same", () => {
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

  it("gives the certificates, or is told to be wrong", async () => {
    process.env["AWS_CA_BUNDLE"] = `${__dirname}/no-such-file.pem`;

    const error = await thrownBy(() => read());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "ca", rule: "readable" }],
    });
    expect(read({ ca: PEM }).ca).toBe(PEM);
  });
});

describe("the key of a connection", () => {
  const provide = () => Promise.resolve(keys);

  it.each<[string, object, object]>([
    ["nothing said", {}, {}],
    [
      "the same keys in two objects",
      { credentials: { ...keys } },
      { credentials: keys },
    ],
    [
      "keys and Credentials",
      { credentials: new Credentials(keys) },
      { credentials: keys },
    ],
    ["the same function", { credentials: provide }, { credentials: provide }],
    [
      "another order",
      { region: "eu-west-1", maxSockets: 1 },
      { maxSockets: 1, region: "eu-west-1" },
    ],
    ["another time-out", { timeoutMs: 1 }, { timeoutMs: 2 }],
    [
      "one endpoint, said twice",
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
  ])("is the same for %s", (_, one, other) => {
    const same = read(one).key === read(other).key;

    expect(same).toBe(true);
  });

  it.each<[string, object]>([
    ["region", { region: "eu-west-1" }],
    ["secret", { credentials: { ...keys, secretAccessKey: "another" } }],
    ["token", { credentials: { ...keys, sessionToken: "token" } }],
    ["function that gives keys", { credentials: () => provide() }],
    ["endpoint", { endpoint: "http://127.0.0.1:1" }],
    ["service's endpoint", { endpoint: { sts: "http://127.0.0.1:1" } }],
    ["kind of endpoint", { useFips: true }],
    ["number of sockets", { maxSockets: 1 }],
    ["time to connect", { connectTimeoutMs: 1 }],
    ["proxy", { proxy: "http://proxy.example" }],
    ["certificates", { ca: PEM }],
    ["trust", { rejectUnauthorized: false }],
  ])("is another for another %s", (_, other) => {
    const base = { region: "eu-central-1", credentials: keys };

    const same = read(base).key === read({ ...base, ...other }).key;

    expect(same).toBe(false);
  });

  it("holds no secret", () => {
    const { key } = read({ credentials: { ...keys, sessionToken: "token" } });

    expect(secretsIn({ key })).toEqual([]);
    expect(Buffer.from(key, "base64url")).toHaveLength(32);
  });
});
