import { Credentials } from "../../domain";
import { GetDefaultCredentials, ListFunctions } from "../../operations";
import { SESSION_TOKEN } from "../awsResponses";
import { connection, exampleCredentials } from "../connection";
import { FakeAws } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { findSecrets, catchError } from "../catchError";

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

function open(credentials: unknown = exampleCredentials) {
  const aws = new FakeAws();
  const clock = new FakeClock();
  const given = { ...connection, credentials } as typeof connection;
  return {
    aws,
    clock,
    operation: new GetDefaultCredentials(given, { transport: aws, clock }),
  };
}

describe("GetDefaultCredentials", () => {
  it("returns the connection's credentials and sends nothing", async () => {
    const { operation, aws } = open();

    const found = await operation.execute();

    expect(found).toBeInstanceOf(Credentials);
    expect(found.accessKeyId).toBe(exampleCredentials.accessKeyId);
    expect(found.secretAccessKey).toBe(exampleCredentials.secretAccessKey);
    expect(findSecrets(found)).toEqual([]);
    expect(aws.sent).toEqual([]);
  });

  it("calls the connection's credentials function each time", async () => {
    const provide = jest
      .fn<Promise<object>, []>()
      .mockResolvedValueOnce(exampleCredentials)
      .mockResolvedValueOnce({
        ...exampleCredentials,
        sessionToken: SESSION_TOKEN,
      });
    const { operation } = open(provide);

    const first = await operation.execute();
    const second = await operation.execute();

    expect(first.sessionToken).toBeUndefined();
    expect(second.sessionToken).toBe(SESSION_TOKEN);
  });

  it("does not use an expiration that the credentials function changes later", async () => {
    const expiration = new Date(new FakeClock().now() + 3_600_000);
    const provide = jest.fn(() => ({ ...exampleCredentials, expiration }));
    const aws = new FakeAws().respondWith({ body: '{"Functions":[]}' });
    const operation = new ListFunctions(
      { ...connection, credentials: provide },
      { transport: aws, clock: new FakeClock() },
    );
    await operation.execute();

    expiration.setTime(0);
    await operation.execute();

    expect(provide).toHaveBeenCalledTimes(1);
  });

  it("is not confused by an expiration with methods of its own", async () => {
    const expiration = Object.assign(new Date(4e12), {
      getTime: () => {
        throw new Error("not mine");
      },
    });
    const { operation } = open(() => ({ ...exampleCredentials, expiration }));

    const found = await operation.execute();

    expect(found.expiration).toEqual(new Date(4e12));
  });

  it("reads the environment if the connection has no credentials", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = "AKIAENVIRONMENT00001";
    process.env["AWS_SECRET_ACCESS_KEY"] = exampleCredentials.secretAccessKey;
    delete process.env["AWS_SESSION_TOKEN"];
    delete process.env["AWS_PROFILE"];
    const operation = new GetDefaultCredentials(
      { region: "eu-central-1" },
      { transport: new FakeAws() },
    );

    const found = await operation.execute();

    expect(found.accessKeyId).toBe("AKIAENVIRONMENT00001");
    expect(found.secretAccessKey).toBe(exampleCredentials.secretAccessKey);
  });

  it.each<[string, () => unknown, string]>([
    [
      "rejects",
      () => Promise.reject(new Error("vault is sealed.")),
      "the credentials function failed (vault is sealed)",
    ],
    [
      "throws",
      () => {
        throw new Error("no vault");
      },
      "the credentials function failed (no vault)",
    ],
    [
      "returns nothing",
      () => Promise.resolve(undefined),
      "the credentials function returned undefined, not an object with accessKeyId and secretAccessKey",
    ],
    [
      "returns an expiration that is not a Date",
      () => Promise.resolve({ ...exampleCredentials, expiration: "tomorrow" }),
      "the credentials function returned an expiration that is not a valid Date or ISO 8601 string",
    ],
    [
      "returns an expiration that is not a valid Date",
      () =>
        Promise.resolve({ ...exampleCredentials, expiration: new Date(NaN) }),
      "the credentials function returned an expiration that is not a valid Date or ISO 8601 string",
    ],
    [
      "returns no secretAccessKey",
      () => Promise.resolve({ accessKeyId: exampleCredentials.accessKeyId }),
      "the credentials function returned no accessKeyId and secretAccessKey",
    ],
  ])("throws when the credentials function %s", async (_, provide, why) => {
    const { operation } = open(provide);

    const error = await catchError(operation.execute());

    expect(error.toJSON()).toEqual({
      name: "CredentialsError",
      code: "ERR_CREDENTIALS",
      operation: "GetDefaultCredentials",
      message: `GetDefaultCredentials: ${why}. Fix that function, or set other credentials on the connection.`,
      retryable: false,
    });
  });

  it("gives advice about the default credential chain if no function was given, in one sentence each", async () => {
    for (const name of Object.keys(process.env))
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- removes the AWS variables of this machine
      if (name.startsWith("AWS_")) delete process.env[name];
    process.env["AWS_CONFIG_FILE"] = `${__dirname}/no-such-file`;
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = `${__dirname}/no-such-file`;
    process.env["AWS_EC2_METADATA_DISABLED"] = "true";
    const operation = new GetDefaultCredentials(
      { region: "eu-central-1" },
      { transport: new FakeAws() },
    );

    const error = await catchError(operation.execute());

    expect(error.message).toMatch(
      /^GetDefaultCredentials: no AWS credentials were found \(.*[^.]\)\. Set credentials on the connection, or configure the AWS SDK's default credential chain\.$/,
    );
  });

  it("ends after 30 seconds when the credentials function never resolves", async () => {
    const { operation, clock } = open(() => new Promise(() => undefined));

    const error = catchError(operation.execute());
    await new Promise(setImmediate);
    clock.pass(30_000);

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      timeoutMs: 30_000,
    });
  });
});
