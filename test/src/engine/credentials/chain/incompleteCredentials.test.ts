import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetDefaultCredentials } from "../../../../../operations";
import { FakeAws } from "../../../../FakeAws";
import { FakeClock } from "../../../../FakeClock";
import { temporaryFolder } from "../../../../temporaryFolder";

const environment = { ...process.env };

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")),
  );
});

afterEach(() => {
  process.env = { ...environment };
});

/** What the machine itself offers as the last source of the chain. */
const MACHINE = {
  Version: 1,
  AccessKeyId: "AKIAOFTHEMACHINE0001",
  SecretAccessKey: "secret",
};

/** Reads the default credentials with these variables and files. `command` prints the credentials of the machine. */
async function resolve({
  variables = {},
  config = "",
  credentials = "",
}: {
  readonly variables?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly credentials?: string;
}): Promise<string> {
  const folder = temporaryFolder("shared");
  const [configFile, credentialsFile, command] = [
    join(folder, "config"),
    join(folder, "credentials"),
    join(folder, "command"),
  ];
  writeFileSync(configFile, config.replaceAll("COMMAND", command));
  writeFileSync(credentialsFile, credentials);
  writeFileSync(command, `#!/bin/sh\necho '${JSON.stringify(MACHINE)}'\n`);
  chmodSync(command, 0o700);
  Object.assign(process.env, {
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_EC2_METADATA_DISABLED: "true",
    ...variables,
  });
  const operation = new GetDefaultCredentials(
    { region: "eu-central-1" },
    { transport: new FakeAws(), clock: new FakeClock() },
  );
  return operation.execute().then(
    ({ accessKeyId }) => accessKeyId,
    (error: unknown) => (error as Error).message,
  );
}

const found = (what: string): string =>
  `GetDefaultCredentials: no AWS credentials were found (${what}). Set credentials on the connection, or configure the AWS SDK's default credential chain.`;

const SOURCE = "[profile machine]\ncredential_process = COMMAND\n";
const FALLBACK = "[default]\ncredential_process = COMMAND\n";

describe("incomplete credentials", () => {
  it.each<[string, Record<string, string>, string]>([
    [
      "an access key ID alone",
      { AWS_ACCESS_KEY_ID: "AKIATENANT0000000001" },
      "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
    ],
    [
      "a secret alone",
      { AWS_SECRET_ACCESS_KEY: "secret" },
      "AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID",
    ],
    [
      "a session token alone",
      { AWS_SESSION_TOKEN: "token" },
      "AWS_SESSION_TOKEN without AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ],
    [
      "a secret that is empty",
      { AWS_ACCESS_KEY_ID: "AKIATENANT0000000001", AWS_SECRET_ACCESS_KEY: "" },
      "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
    ],
  ])(
    "in the environment are an error, not the machine's identity: %s",
    async (_, variables, part) => {
      expect(await resolve({ variables, config: FALLBACK })).toBe(
        found(`the environment has ${part}`),
      );
    },
  );

  it.each<[string, Parameters<typeof resolve>[0], string]>([
    [
      "an access key ID alone",
      { credentials: "[default]\naws_access_key_id = AKIATENANT0000000001\n" },
      "aws_access_key_id without aws_secret_access_key",
    ],
    [
      "a secret alone, in the other file",
      {
        config:
          "[default]\nregion = eu-central-1\naws_secret_access_key=secret\n",
      },
      "aws_secret_access_key without aws_access_key_id",
    ],
    [
      "a session token alone",
      { credentials: "# comment\n[default]\naws_session_token = token\n" },
      "aws_session_token without aws_access_key_id and aws_secret_access_key",
    ],
  ])("in the default profile are an error: %s", async (_, given, part) => {
    expect(await resolve(given)).toBe(found(`the profile default has ${part}`));
  });

  it("in the selected profile are an error", async () => {
    const outcome = await resolve({
      variables: { AWS_PROFILE: "tenant" },
      config: `${FALLBACK}[profile tenant]\naws_access_key_id = AKIA1\n`,
    });

    expect(outcome).toBe(
      found(
        "the profile tenant has aws_access_key_id without aws_secret_access_key",
      ),
    );
  });

  it("in the source profile of a role are an error", async () => {
    const outcome = await resolve({
      variables: { AWS_PROFILE: "role" },
      config:
        "[profile role]\nrole_arn = arn:aws:iam::222233334444:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = AKIA1\n",
    });

    expect(outcome).toBe(
      found(
        "the profile base has aws_access_key_id without aws_secret_access_key",
      ),
    );
  });

  it.each<[string, Parameters<typeof resolve>[0], string]>([
    [
      "the environment has no credentials and the profile has another source",
      { config: FALLBACK },
      MACHINE.AccessKeyId,
    ],
    [
      "both files together have a pair",
      {
        config: "[default]\naws_access_key_id = AKIABOTH\n",
        credentials: "[default]\naws_secret_access_key = secret\n",
      },
      "AKIABOTH",
    ],
    [
      "the selected profile has another source, which the SDK prefers",
      {
        variables: { AWS_PROFILE: "machine", AWS_ACCESS_KEY_ID: "AKIA1" },
        config: `${SOURCE}aws_access_key_id = AKIA1\n`,
      },
      MACHINE.AccessKeyId,
    ],
    [
      "another profile is incomplete",
      { config: `${FALLBACK}[profile x]\naws_access_key_id = AKIA1\n` },
      MACHINE.AccessKeyId,
    ],
  ])("are not reported if %s", async (_, given, accessKeyId) => {
    expect(await resolve(given)).toBe(accessKeyId);
  });
});
