import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createConnector, type Connection } from "../../../../src";
import { sessionResponse, stsError } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { FakeAws, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { temporaryFolder } from "../../../temporaryFolder";
import { until } from "../../../until";

const environment = { ...process.env };
const CLEARED = /^AWS_(?!SDK_JS)|_PROXY$/i;

let folder: string;

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !CLEARED.test(name)),
  );
  folder = temporaryFolder("home");
  mkdirSync(join(folder, ".aws/sso/cache"), { recursive: true });
  process.env["HOME"] = folder;
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
});
afterAll(() => {
  process.env = environment;
});

const write = (name: string, text: string): void => {
  writeFileSync(join(folder, ".aws", name), text);
};

const ROLE = "arn:aws:iam::111122223333:role/price";
const ROLE_PROFILE = `[default]\nrole_arn = ${ROLE}\nsource_profile = base\n`;
const BASE =
  "[base]\naws_access_key_id = AKIABASE000000000001\naws_secret_access_key = secret\n";

const EXPIRED: Reply = {
  status: 403,
  headers: { "x-amzn-errortype": "ExpiredTokenException" },
  body: "{}",
};

/** Opens a connector without credentials and sends one request. */
function open(connection: Partial<Connection>, ...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 5_000 });
  const connector = createConnector(connection, { transport: aws, clock });
  return {
    aws,
    clock,
    connector,
    list: () => connector.listFunctions().catch((error: unknown) => error),
  };
}

describe("the default chain", () => {
  it.each<[string, Partial<Connection>, string]>([
    ["", {}, "portal.sso.eu-west-1.amazonaws.com"],
    [
      ", with FIPS as the connection",
      { useFips: true },
      "portal.sso-fips.eu-west-1.amazonaws.com",
    ],
    [
      ", and not at the connection's endpoint",
      { endpoint: "http://127.0.0.1:4566" },
      "portal.sso.eu-west-1.amazonaws.com",
    ],
  ])(
    "requests SSO's credentials in the region of the profile%s",
    async (_, connection, host) => {
      const url = "https://acme.awsapps.com/start";
      const name = createHash("sha1").update(url).digest("hex");
      write(
        "config",
        `[default]\nsso_start_url = ${url}\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = dev\n`,
      );
      write(
        `sso/cache/${name}.json`,
        JSON.stringify({
          accessToken: "token",
          expiresAt: "2099-01-01T00:00:00Z",
        }),
      );
      const { aws, list } = open(
        { region: "us-east-1", ...connection },
        { status: 403 },
      );

      await list();

      expect(aws.sent[0]).toMatchObject({
        to: host,
        request: expect.stringContaining("GET /federation/credentials"),
      });
    },
  );

  it("uses the profile that was selected when the connector was created", async () => {
    write(
      "config",
      "[profile a]\ncredential_process = /no/such/program\n[profile b]\ncredential_process = /no/such/program\n",
    );
    process.env["AWS_PROFILE"] = "a";
    write(
      "credentials",
      "[a]\naws_access_key_id = AKIAPROFILEA00000001\naws_secret_access_key = secret\n[b]\naws_access_key_id = AKIAPROFILEB00000001\naws_secret_access_key = secret\n",
    );
    const { aws, list } = open(
      { region: "us-east-1" },
      { body: '{"Functions":[]}' },
    );
    process.env["AWS_PROFILE"] = "b";

    await list();

    expect(aws.requests[0]?.headers["authorization"]).toContain(
      "AKIAPROFILEA00000001",
    );
  });

  it("writes nothing to the console if there are credentials in the environment too", async () => {
    write("credentials", BASE.replace("base", "a"));
    Object.assign(process.env, {
      AWS_PROFILE: "a",
      AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT00001",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    const warn = jest.spyOn(console, "warn");
    const { aws, list } = open(
      { region: "us-east-1" },
      { body: '{"Functions":[]}' },
    );

    await list();

    expect(aws.requests[0]?.headers["authorization"]).toContain("AKIABASE");
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it("reads the files again when AWS rejects the credentials", async () => {
    const toCredentials = (id: string): string =>
      BASE.replace("base", "default").replace("BASE", id);
    write("credentials", toCredentials("LAST"));
    const aws = new FakeAws().respondWith(EXPIRED, {
      body: '{"Functions":[]}',
    });
    const connector = createConnector(
      { region: "us-east-1" },
      {
        clock: new FakeClock({ skips: 1_000 }),
        transport: {
          send: (request, options) => {
            write("credentials", toCredentials("NEXT"));
            return aws.send(request, options);
          },
        },
      },
    );

    await connector.listFunctions();

    const signed = aws.requests.map(
      ({ headers }) => /AKIA\w+/.exec(headers["authorization"] ?? "")?.[0],
    );
    expect(signed).toEqual(["AKIALAST000000000001", "AKIANEXT000000000001"]);
  });

  it("ends requests that receive no response, so that later calls can load credentials", async () => {
    write("config", ROLE_PROFILE);
    write("credentials", BASE);
    const { aws, clock, list } = open(
      { region: "us-east-1" },
      { silent: true },
    );
    const ended = list();
    for (const attempt of [1, 2, 3]) {
      await until(() => aws.sent.length === attempt);
      clock.pass(10_000);
    }
    await ended;

    await until(() => {
      void list();
      return aws.sent.length > 3;
    });

    expect(aws.sent.at(-1)?.to).toBe("sts.us-east-1.amazonaws.com");
    clock.pass(100_000);
  });

  it("sends a request to STS again after temporary failures, by the engine's rules", async () => {
    write("config", ROLE_PROFILE);
    write("credentials", BASE);
    const { aws, list } = open(
      { region: "us-east-1", maxAttempts: 4 },
      { status: 503, body: "<html>later</html>" },
      stsError(400, "Throttling", "Rate exceeded"),
      { fails: "ECONNRESET", sent: true },
      sessionResponse({ expiration: "2099-01-01T00:00:00Z" }),
      { body: '{"Functions":[]}' },
    );

    const functions = await list();

    expect(functions).toEqual([]);
    const attempts = aws.requests.slice(0, 4).map(({ headers }) => headers);
    expect(attempts.map((headers) => headers["amz-sdk-request"])).toEqual([
      "attempt=1; max=4",
      "attempt=2; max=4",
      "attempt=3; max=4",
      "attempt=4; max=4",
    ]);
    const ids = attempts.map((headers) => headers["amz-sdk-invocation-id"]);
    expect(new Set(ids).size).toBe(1);
    expect(aws.requests).toHaveLength(5);
  });

  it.each([
    ["an empty body", ""],
    ["a page", "<html><body>Sign in</body></html>"],
    ["the result of another action", "<R><GetCallerIdentityResult/></R>"],
  ])("accepts no response of STS with %s", async (_, body) => {
    write("config", ROLE_PROFILE);
    write("credentials", BASE);
    const { aws, connector } = open({ region: "us-east-1" }, { body });

    const error = await catchError(connector.listFunctions());

    expect(error.code).toBe("ERR_CREDENTIALS");
    expect(error.message).toContain(
      "the response cannot be read because it has HTTP status 200 and is not in AWS's format",
    );
    expect(aws.sent).toHaveLength(1);
  });

  it("assumes a role at the FIPS endpoint that the profile's region names", async () => {
    write("config", `${ROLE_PROFILE}region = fips-us-east-2\n`);
    write("credentials", BASE);
    const { aws, list } = open({ region: "us-east-1" }, { status: 400 });

    await list();

    expect(aws.sent[0]?.to).toBe("sts-fips.us-east-2.amazonaws.com");
  });

  it("assumes no role at an endpoint that contradicts FIPS", async () => {
    write("config", ROLE_PROFILE);
    write("credentials", BASE);
    process.env["AWS_ENDPOINT_URL_STS"] = "http://sts.example";
    const { aws, connector } = open({ region: "us-east-1", useFips: true });

    const error = await catchError(connector.listFunctions());

    expect(error.message).toContain(
      "the endpoint for sts cannot be combined with FIPS endpoints",
    );
    expect(aws.sent).toEqual([]);
  });
});
