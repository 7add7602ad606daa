import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EndpointError } from "../../../../../src/engine/credentials/chain/askEndpoint";
import type { CredentialSourceError } from "../../../../../src/engine/credentials/chain/CredentialSourceError";
import { InstanceCredentials } from "../../../../../src/engine/credentials/chain/InstanceCredentials";
import { MetadataService } from "../../../../../src/engine/credentials/chain/MetadataService";
import { FakeClock } from "../../../../FakeClock";
import {
  credentialsDocument,
  FakeEndpoint,
  type EndpointReply,
} from "../../../../FakeEndpoint";
import { temporaryFolder } from "../../../../temporaryFolder";

const environment = { ...process.env };

const TOKEN = "/latest/api/token";
const ROLES = "/latest/meta-data/iam/security-credentials/";
const ROLE = `${ROLES}price-role`;
const [PUT, LIST, GET] = [`PUT ${TOKEN}`, `GET ${ROLES}`, `GET ${ROLE}`];
const SERVICE = "the instance metadata service at http://169.254.169.254";

const UNREACHABLE = new EndpointError("connect EHOSTUNREACH 169.254.169.254", {
  code: "EHOSTUNREACH",
});
const NOT_CONNECTED = new EndpointError("no connection within 1 second");
const LOST = new EndpointError("no complete response within 1 second", {
  isConnected: true,
});

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")),
  );
  process.env["AWS_CONFIG_FILE"] = "/no-such-file";
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/no-such-file";
});
afterAll(() => {
  process.env = environment;
});

/** An instance whose metadata service has a role, except for these replies. */
function setUp(
  replies: Readonly<Record<string, readonly EndpointReply[]>> = {},
  profile?: string,
) {
  const clock = new FakeClock();
  const endpoint = new FakeEndpoint({
    [TOKEN]: ["token1", "token2"],
    [ROLES]: ["price-role\n"],
    [ROLE]: [credentialsDocument({ Code: "Success" })],
    ...replies,
  });
  const metadata = new MetadataService({ ask: endpoint.ask, clock, profile });
  const instance = new InstanceCredentials({ metadata, clock });
  return {
    clock,
    endpoint,
    metadata,
    load: () => instance.load(),
    fail: async () => {
      const error = await instance.load().catch((thrown: unknown) => thrown);
      return error as CredentialSourceError;
    },
    tokens: () =>
      endpoint.requests
        .filter(({ method }) => method === "GET")
        .map(({ headers }) => headers["x-aws-ec2-metadata-token"]),
  };
}

const document = (expiration: number, id = "ASIAOFMACHINE0000001"): string =>
  credentialsDocument({
    AccessKeyId: id,
    Expiration: new Date(expiration).toISOString(),
  });

describe("the instance metadata service", () => {
  it("is asked for a token, the role and its credentials", async () => {
    const { load, endpoint } = setUp();

    const credentials = await load();

    expect(credentials).toEqual({
      accessKeyId: "ASIAOFMACHINE0000001",
      secretAccessKey: "machinesecret",
      sessionToken: "machinetoken",
      expiration: new Date("2099-01-01T00:00:00Z"),
    });
    expect(endpoint.sent).toEqual([PUT, LIST, GET]);
    expect(endpoint.requests.map(({ headers }) => headers)).toEqual([
      { "x-aws-ec2-metadata-token-ttl-seconds": "21600" },
      { "x-aws-ec2-metadata-token": "token1" },
      { "x-aws-ec2-metadata-token": "token1" },
    ]);
  });

  it("is asked for another token five minutes before the token expires", async () => {
    const { load, endpoint, clock, tokens } = setUp();

    await load();
    clock.pass((21_600 - 300) * 1_000 - 1);
    await load();
    const before = [...endpoint.sent];
    clock.pass(1);
    await load();

    expect(before).toEqual([PUT, LIST, GET, LIST, GET]);
    expect(endpoint.sent).toEqual([...before, PUT, LIST, GET]);
    expect(tokens()).toEqual([
      ...["token1", "token1", "token1", "token1"],
      ...["token2", "token2"],
    ]);
  });

  it("is asked for another token at another address", async () => {
    const { load, endpoint } = setUp();

    await load();
    process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:1338";
    await load();

    expect(endpoint.sent).toEqual([PUT, LIST, GET, PUT, LIST, GET]);
  });

  it("is asked again with another token if it no longer accepts the token", async () => {
    const { load, endpoint, tokens } = setUp();

    await load();
    endpoint.respondWith(ROLES, 401, "price-role");
    endpoint.respondWith(TOKEN, "token2");
    await load();

    expect(endpoint.sent.slice(3)).toEqual([LIST, PUT, LIST, GET]);
    expect(tokens().slice(2)).toEqual(["token1", "token2", "token2"]);
  });

  it("is not asked again if it does not accept a new token", async () => {
    const { fail, endpoint } = setUp({ [ROLES]: [401] });

    const error = await fail();

    expect(error.message).toBe(`${SERVICE} responded with status 401`);
    expect(endpoint.sent).toEqual([PUT, LIST]);
  });

  it.each([403, 404, 405])(
    "of version 1, which gives no token but status %i, is used and remembered until it requires a token",
    async (status) => {
      const { load, endpoint, tokens } = setUp({ [TOKEN]: [status] });

      await load();
      await load();
      const sent = [...endpoint.sent];
      endpoint.respondWith(TOKEN, "token1");
      endpoint.respondWith(ROLES, 401, "price-role");
      await load();

      expect(sent).toEqual([PUT, LIST, GET, LIST, GET]);
      expect(endpoint.sent).toEqual([...sent, LIST, PUT, LIST, GET]);
      expect(tokens()).toEqual([
        ...Array<undefined>(5).fill(undefined),
        ...["token1", "token1"],
      ]);
    },
  );

  it("of version 1 that suddenly requires a token is asked for one by the next call", async () => {
    const { load, fail, endpoint } = setUp({
      [TOKEN]: [403, "token1"],
      [ROLES]: [401, "price-role"],
    });

    const error = await fail();
    await load();

    expect(error.message).toBe(`${SERVICE} responded with status 401`);
    expect(endpoint.sent).toEqual([PUT, LIST, PUT, LIST, GET]);
  });

  it.each<[string, EndpointReply]>([
    ["was reached but did not respond", LOST],
    ["responded with status 500", 500],
    ["returned a token with a line break", "a\nb"],
  ])(
    "is used without a token once if it %s, as in a container too many hops away",
    async (_, reply) => {
      const { load, endpoint, tokens } = setUp({ [TOKEN]: [reply, "token1"] });

      await load();
      await load();

      expect(endpoint.sent).toEqual([PUT, LIST, GET, PUT, LIST, GET]);
      const own = ["token1", "token1"];
      expect(tokens()).toEqual([undefined, undefined, ...own]);
    },
  );

  it.each<[string, EndpointReply, string, string, boolean]>([
    [
      "refuses the request for a token",
      400,
      "responded with status 400",
      "Attach a role to the instance, or try again later",
      false,
    ],
    [
      "cannot be reached",
      UNREACHABLE,
      "did not respond (EHOSTUNREACH)",
      "Check that it can be reached, or try again later",
      true,
    ],
    [
      "does not accept the connection",
      NOT_CONNECTED,
      "did not respond (no connection within 1 second)",
      "Check that it can be reached, or try again later",
      true,
    ],
  ])(
    "is not asked any further if it %s",
    async (_, reply, ...[message, advice, retryable]) => {
      const { fail, endpoint } = setUp({ [TOKEN]: [reply] });

      const error = await fail();

      expect(error.message).toBe(`${SERVICE} ${message}`);
      expect(error).toMatchObject({ advice, retryable });
      expect(endpoint.sent).toEqual([PUT]);
    },
  );

  it.each<
    [string, Readonly<Record<string, string>>, string | undefined, string]
  >([
    [
      "the environment",
      { AWS_EC2_METADATA_V1_DISABLED: "true" },
      undefined,
      "",
    ],
    [
      "the default profile",
      {},
      undefined,
      "[default]\nec2_metadata_v1_disabled = true\n",
    ],
    [
      "the selected profile",
      {},
      "a",
      "[profile a]\nec2_metadata_v1_disabled = true\n",
    ],
  ])(
    "of version 1 is not asked if %s turns it off",
    async (_, variables, ...[profile, config]) => {
      const file = join(temporaryFolder("profile"), "config");
      writeFileSync(file, config);
      Object.assign(process.env, variables, { AWS_CONFIG_FILE: file });
      for (const reply of [403, 500, LOST]) {
        const { fail, endpoint } = setUp({ [TOKEN]: [reply] }, profile);

        const error = await fail();

        expect(error.message).toBe(
          `${SERVICE} gave no token, and its version 1 is turned off`,
        );
        expect(error).toMatchObject({
          retryable: true,
          advice: "Check the instance's metadata options, or try again later",
        });
        expect(endpoint.sent).toEqual([PUT]);
      }
    },
  );

  it("of version 1 is asked if the environment turns it on, whatever the profile has", async () => {
    const file = join(temporaryFolder("profile"), "config");
    writeFileSync(file, "[default]\nec2_metadata_v1_disabled = true\n");
    Object.assign(process.env, {
      AWS_CONFIG_FILE: file,
      AWS_EC2_METADATA_V1_DISABLED: "false",
    });
    const { load, endpoint } = setUp({ [TOKEN]: [403] });

    await load();

    expect(endpoint.sent).toEqual([PUT, LIST, GET]);
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ["its IPv4 address", {}, "", "169.254.169.254"],
    [
      "its IPv6 address with the mode in the environment",
      { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" },
      "ec2_metadata_service_endpoint_mode = IPv4",
      "[fd00:ec2::254]",
    ],
    [
      "its IPv6 address with the mode in the profile",
      {},
      "ec2_metadata_service_endpoint_mode = ipv6",
      "[fd00:ec2::254]",
    ],
    [
      "the address in the environment",
      {
        AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1338/base",
        AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6",
      },
      "ec2_metadata_service_endpoint = http://127.0.0.2",
      "127.0.0.1:1338",
    ],
    [
      "the address in the profile",
      {},
      "ec2_metadata_service_endpoint = http://127.0.0.2\nec2_metadata_service_endpoint_mode = IPv6",
      "127.0.0.2",
    ],
  ])("is asked at %s", async (_, variables, ...[settings, host]) => {
    const file = join(temporaryFolder("profile"), "config");
    writeFileSync(file, `[default]\n${settings}\n`);
    Object.assign(process.env, variables, { AWS_CONFIG_FILE: file });
    const { load, endpoint } = setUp();

    await load();

    expect(endpoint.requests.map((request) => request.endpoint.host)).toEqual([
      ...[host, host, host],
    ]);
  });

  it.each([
    ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "https://127.0.0.1", "an HTTP URL"],
    ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "127.0.0.1", "an HTTP URL"],
    ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5", "IPv4 or IPv6"],
  ])("is not asked if %s is %s", async (name, value, rule) => {
    process.env[name] = value;
    const { fail, endpoint } = setUp();

    const error = await fail();

    expect(error.message).toBe(
      `the instance metadata service cannot be used because ${name} is not ${rule}`,
    );
    expect(error).toMatchObject({ advice: `Correct ${name}` });
    expect(endpoint.sent).toEqual([]);
  });

  it("is not asked if it is turned off", async () => {
    process.env["AWS_EC2_METADATA_DISABLED"] = "true";
    const { fail, endpoint } = setUp();

    const error = await fail();

    expect(error.message).toBe(
      "the instance metadata service is turned off by AWS_EC2_METADATA_DISABLED",
    );
    expect(endpoint.sent).toEqual([]);
  });
});

describe("credentials of an instance", () => {
  it.each<[string, Record<string, EndpointReply[]>, string, boolean]>([
    [
      "there is no role",
      { [ROLES]: [404] },
      "responded with status 404, which means that it has no role",
      false,
    ],
    [
      "the role has no name",
      { [ROLES]: ["\n"] },
      "returned no credentials",
      false,
    ],
    [
      "the name of the role is no path",
      { [ROLES]: ["a role"] },
      "returned no credentials",
      false,
    ],
    [
      "the document is a page",
      { [ROLE]: ["<p>secret"] },
      "returned no credentials",
      false,
    ],
    [
      "the document has no success",
      { [ROLE]: [credentialsDocument({ Code: "Failed" })] },
      "returned no credentials",
      false,
    ],
    [
      "the document cannot be read now",
      { [ROLE]: [503] },
      "responded with status 503",
      true,
    ],
    [
      "the document does not arrive",
      { [ROLE]: [LOST] },
      "did not respond (no complete response within 1 second)",
      true,
    ],
  ])(
    "are named, and requested once, if %s",
    async (_, replies, ...[message, retryable]) => {
      const { fail, endpoint } = setUp(replies);

      const error = await fail();

      expect(error.message).toBe(`${SERVICE} ${message}`);
      expect(error.retryable ?? false).toBe(retryable);
      expect(new Set(endpoint.sent).size).toBe(endpoint.sent.length);
    },
  );

  it("that have expired when they arrive are used on for 5 to 10 minutes", async () => {
    const { load, endpoint, clock } = setUp();
    endpoint.respondWith(ROLE, document(clock.now() - 1));

    const { accessKeyId, expiration } = await load();

    const ms = new Date(expiration ?? NaN).getTime() - clock.now();
    expect(accessKeyId).toBe("ASIAOFMACHINE0000001");
    expect(ms).toBeGreaterThanOrEqual(300_000);
    expect(ms).toBeLessThanOrEqual(600_000);
  });

  it.each<[string, string, EndpointReply]>([
    ["cannot be reached", ROLES, UNREACHABLE],
    ["fails", ROLE, 500],
    ["has no role any more", ROLES, 404],
    ["returns something else", ROLE, "{}"],
  ])(
    "are used on for 5 to 10 minutes, again and again, if the service %s later",
    async (_, path, reply) => {
      const { load, endpoint, clock } = setUp();
      endpoint.respondWith(ROLE, document(clock.now() + 60_000));
      await load();
      endpoint.respondWith(path, reply);

      for (let time = 1; time <= 3; time++) {
        clock.pass(601_000);
        const { accessKeyId, expiration } = await load();

        const ms = new Date(expiration ?? NaN).getTime() - clock.now();
        expect(accessKeyId).toBe("ASIAOFMACHINE0000001");
        expect(ms).toBeGreaterThanOrEqual(300_000);
        expect(ms).toBeLessThanOrEqual(600_000);
      }
    },
  );

  it("that are valid for longer keep their expiration if the service fails", async () => {
    const { load, endpoint, clock } = setUp();
    const end = clock.now() + 3_600_000;
    endpoint.respondWith(ROLE, document(end));
    await load();
    endpoint.respondWith(ROLES, 500);

    const { expiration } = await load();

    expect(expiration).toEqual(new Date(end));
  });

  it("are replaced when the service has newer ones again", async () => {
    const { load, endpoint, clock } = setUp();
    endpoint.respondWith(ROLE, document(clock.now() + 1_000), 500);
    await load();
    clock.pass(2_000);
    await load();
    const end = clock.now() + 3_600_000;
    endpoint.respondWith(ROLE, document(end, "ASIAOFMACHINE0000002"));

    expect(await load()).toMatchObject({
      accessKeyId: "ASIAOFMACHINE0000002",
      expiration: new Date(end),
    });
  });

  it("are requested with the token that the region was requested with", async () => {
    const { load, metadata, endpoint } = setUp({ "/region": ["eu-west-3"] });

    const region = await metadata.read(({ get }) => get("/region"));
    await load();

    expect(region).toBe("eu-west-3");
    expect(endpoint.sent).toEqual([PUT, "GET /region", LIST, GET]);
  });
});
