import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EndpointError } from "../../../../../src/engine/credentials/chain/askEndpoint";
import type { CredentialSourceError } from "../../../../../src/engine/credentials/chain/CredentialSourceError";
import { loadFromContainer } from "../../../../../src/engine/credentials/chain/loadFromContainer";
import { FakeClock } from "../../../../FakeClock";
import {
  credentialsDocument,
  FakeEndpoint,
  type EndpointReply,
} from "../../../../FakeEndpoint";
import { temporaryFolder } from "../../../../temporaryFolder";

const environment = { ...process.env };
const FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const NO_CONNECTION = new EndpointError("connect ECONNREFUSED 127.0.0.1:1", {
  code: "ECONNREFUSED",
});

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")),
  );
});
afterAll(() => {
  process.env = environment;
});

/** Loads credentials with these variables, from an endpoint that gives these replies to `/creds`. */
function setUp(
  variables: Readonly<Record<string, string>>,
  replies: readonly EndpointReply[] = [credentialsDocument()],
) {
  Object.assign(process.env, variables);
  const endpoint = new FakeEndpoint({ "/creds": replies });
  const clock = new FakeClock({ skips: 1_000 });
  const startedAt = clock.now();
  const load = (maxAttempts = 3) =>
    loadFromContainer({
      ask: endpoint.ask,
      clock,
      settings: {
        useFips: false,
        useDualStack: false,
        maxAttempts,
      },
    });
  return {
    endpoint,
    load,
    fail: async (maxAttempts?: number) => {
      const error = await load(maxAttempts).catch((thrown: unknown) => thrown);
      return error as CredentialSourceError;
    },
    paused: () => clock.now() - startedAt,
  };
}

describe("credentials of a container", () => {
  it("are not looked for without an endpoint", async () => {
    const { load, endpoint } = setUp({ [FULL]: "", [RELATIVE]: "" });

    expect(await load()).toBeUndefined();
    expect(endpoint.sent).toEqual([]);
  });

  it("have a key, a secret, a token and an expiration", async () => {
    const { load } = setUp({ [RELATIVE]: "/creds" });

    expect(await load()).toEqual({
      credentials: {
        accessKeyId: "ASIAOFMACHINE0000001",
        secretAccessKey: "machinesecret",
        sessionToken: "machinetoken",
        expiration: new Date("2099-01-01T00:00:00Z"),
      },
      source:
        "the container credentials endpoint http://169.254.170.2/creds (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)",
    });
  });

  it("are requested at the relative URI if both are set", async () => {
    const { load, endpoint } = setUp({
      [RELATIVE]: "/v2/creds?id=1",
      [FULL]: "https://example.com/creds",
    });

    await load().catch(() => undefined);

    expect(endpoint.requests[0]).toMatchObject({
      method: "GET",
      endpoint: { protocol: "http:", host: "169.254.170.2" },
      path: "/v2/creds?id=1",
      headers: {},
    });
  });

  it.each([
    "https://example.com/creds",
    "http://169.254.170.2/creds",
    "http://169.254.170.23/creds",
    "http://[fd00:ec2::23]/creds",
    "http://localhost:8080/creds",
    "http://127.0.0.1/creds",
    "http://127.1.2.3:1/creds",
    "http://127.1/creds",
    "http://[::1]/creds",
    "http://[0:0:0:0:0:0:0:1]/creds",
  ])("are requested at %s", async (url) => {
    const { load, endpoint } = setUp({ [FULL]: url });

    await load();

    expect(endpoint.requests[0]?.endpoint.href).toBe(new URL(url).href);
  });

  it.each<[string, string]>([
    [FULL, "http://example.com/creds"],
    [FULL, "http://169.254.169.254/creds"],
    [FULL, "http://169.254.170.2.example.com/creds"],
    [FULL, "http://169.254.170.2@example.com/creds"],
    [FULL, "http://127.0.0.1.example.com/creds"],
    [FULL, "http://localhost.example.com/creds"],
    [FULL, "http://128.0.0.1/creds"],
    [FULL, "http://[::2]/creds"],
    [FULL, "http://[fd00:ec2::24]/creds"],
    [FULL, "ftp://127.0.0.1/creds"],
    [FULL, "file:///etc/creds"],
    [FULL, "/creds"],
    [RELATIVE, "@example.com/creds"],
    [RELATIVE, ".example.com/creds"],
    [RELATIVE, "99/creds"],
  ])("are not requested if %s is %s", async (name, value) => {
    const { fail, endpoint } = setUp({ [name]: value, [TOKEN]: "topsecret" });

    const error = await fail();

    expect(error.message).toMatch(
      /cannot be used because it is neither an HTTPS URL nor that of a loopback, ECS or EKS address$/,
    );
    expect(error).toMatchObject({ advice: `Correct ${name}` });
    expect(endpoint.sent).toEqual([]);
  });

  it("are requested with the token of the file, which is read for each attempt", async () => {
    const file = join(temporaryFolder("token"), "token");
    writeFileSync(file, "first");
    const { load, endpoint } = setUp({
      [FULL]: "http://169.254.170.23/creds",
      [TOKEN]: "other",
      [TOKEN_FILE]: file,
    });
    endpoint.respondWith("/creds", 503, credentialsDocument());
    const loaded = load();
    writeFileSync(file, "second");

    await loaded;

    const tokens = endpoint.requests.map(({ headers }) => headers);
    expect(tokens.at(-1)).toEqual({ authorization: "second" });
    expect(tokens).toHaveLength(2);
  });

  it("are requested with the token of the variable", async () => {
    const { load, endpoint } = setUp({ [RELATIVE]: "/creds", [TOKEN]: "abc" });

    await load();

    expect(endpoint.requests[0]?.headers).toEqual({ authorization: "abc" });
  });

  it.each([
    ["topsecret\r\nHost: x", "a line break"],
    ["topsecret\n", "a line break"],
    ["topsecret\r", "a line break"],
    ["topsecret\u0001", "a character that is not allowed in a header"],
    ["topsecret€", "a character that is not allowed in a header"],
  ])("are not requested with the token %j", async (token, problem) => {
    const folder = temporaryFolder("token");
    const file = join(folder, "token");
    writeFileSync(file, token);
    const own = setUp({ [RELATIVE]: "/creds", [TOKEN]: token });
    const variable = await own.fail();
    const other = setUp({ [RELATIVE]: "/creds", [TOKEN_FILE]: file });
    const inFile = await other.fail();

    for (const error of [variable, inFile])
      expect(error.message).toBe(
        `the container credentials endpoint http://169.254.170.2/creds (${RELATIVE}) was not asked because its token has ${problem}`,
      );
    expect(variable.advice).toBe(`Correct ${TOKEN}`);
    expect(inFile.advice).toBe(`Correct ${file}`);
    expect([...own.endpoint.sent, ...other.endpoint.sent]).toEqual([]);
  });

  it.each([
    ["missing", "ENOENT"],
    ["", "EISDIR"],
  ])("are not requested if the token file is %j", async (name, code) => {
    const file = join(temporaryFolder("token"), name);
    const { fail, endpoint } = setUp({
      [RELATIVE]: "/creds",
      [TOKEN_FILE]: file,
    });

    const error = await fail();

    expect(error.message).toContain(
      `was not asked because the token file ${file} could not be read (${code})`,
    );
    expect(error.advice).toBe(`Correct ${TOKEN_FILE}`);
    expect(endpoint.sent).toEqual([]);
  });

  it.each<[string, EndpointReply, string, string]>([
    ["status 429", 429, "responded with status 429", "Try again later"],
    ["status 500", 500, "responded with status 500", "Try again later"],
    [
      "no response",
      NO_CONNECTION,
      "did not respond (connect ECONNREFUSED 127.0.0.1:1)",
      "Check that it is running, or try again later",
    ],
    [
      "a late response",
      new EndpointError("no complete response within 5 seconds", {
        isConnected: true,
      }),
      "did not respond (no complete response within 5 seconds)",
      "Check that it is running, or try again later",
    ],
  ])(
    "are requested again after %s, with pauses that grow",
    async (_, reply, ...[message, advice]) => {
      const failing = setUp({ [RELATIVE]: "/creds" }, [reply]);
      const error = await failing.fail(6);
      const passing = setUp({ [RELATIVE]: "/creds" }, [
        reply,
        reply,
        credentialsDocument(),
      ]);
      await passing.load();

      expect(error.message).toBe(
        `the container credentials endpoint http://169.254.170.2/creds (${RELATIVE}) ${message}`,
      );
      expect(error).toMatchObject({ retryable: true, advice });
      expect(failing.endpoint.sent).toHaveLength(6);
      expect(failing.paused()).toBe(250 + 500 + 1_000 + 1_000 + 1_000);
      expect(passing.endpoint.sent).toHaveLength(3);
    },
  );

  it.each<[EndpointReply, string, string]>([
    [
      401,
      "responded with status 401",
      `Check ${TOKEN} or the file named by ${TOKEN_FILE}, and that the container has a role`,
    ],
    [
      403,
      "responded with status 403",
      `Check ${TOKEN} or the file named by ${TOKEN_FILE}, and that the container has a role`,
    ],
    [
      404,
      "responded with status 404",
      `Check ${RELATIVE}, and that the container has a role`,
    ],
    [
      204,
      "responded with status 204",
      `Check ${RELATIVE}, and that the container has a role`,
    ],
    [
      302,
      "responded with status 302",
      `Check ${RELATIVE}, and that the container has a role`,
    ],
    ["<html>secret</html>", "returned no credentials", `Check ${RELATIVE}`],
    [
      credentialsDocument({ Token: undefined }),
      "returned no credentials",
      `Check ${RELATIVE}`,
    ],
  ])(
    "are requested once if the reply is %j",
    async (reply, message, advice) => {
      const { fail, endpoint } = setUp({ [RELATIVE]: "/creds" }, [reply]);

      const error = await fail();

      expect(error.message).toBe(
        `the container credentials endpoint http://169.254.170.2/creds (${RELATIVE}) ${message}`,
      );
      expect(error.advice).toBe(advice);
      expect(error.retryable ?? false).toBe(false);
      expect(endpoint.sent).toHaveLength(1);
    },
  );

  it("are requested once with maxAttempts: 1", async () => {
    const { fail, endpoint, paused } = setUp({ [RELATIVE]: "/creds" }, [503]);

    await fail(1);

    expect(endpoint.sent).toHaveLength(1);
    expect(paused()).toBe(0);
  });

  it("are named without user, password and query of the endpoint", async () => {
    const { fail } = setUp(
      { [FULL]: "https://user:topsecret@example.com/creds?t=topsecret" },
      [503],
    );

    const error = await fail(1);

    expect(error.message).toContain("https://example.com/creds (");
    expect(JSON.stringify(error)).not.toContain("topsecret");
  });
});
