import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createConnector } from "../../../../../src";
import { catchError } from "../../../../catchError";
import { FakeAws, type Reply } from "../../../../FakeAws";
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

interface World {
  readonly config?: string;
  readonly credentials?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly replies?: readonly Reply[];
}

const ROLE = "arn:aws:iam::111122223333:role/r";
const KEYS =
  "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = sourcesecret\n";

/** Writes the files. `FOLDER` in them and in the variables is their folder. */
function setUp({
  config = "",
  credentials = "",
  variables = {},
  replies = [],
}: World) {
  const folder = temporaryFolder("chain");
  const place = (text: string): string => text.replaceAll("FOLDER", folder);
  mkdirSync(join(folder, ".aws"));
  writeFileSync(join(folder, "config"), place(config));
  writeFileSync(join(folder, "credentials"), place(credentials));
  writeFileSync(join(folder, "token"), "header.payload.signature");
  Object.assign(process.env, {
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    ...Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, place(value)]),
    ),
  });
  const aws = new FakeAws().respondWith(...replies);
  const connector = createConnector(
    { region: "eu-central-1" },
    { transport: aws },
  );
  return { aws, connector, folder };
}

/** Returns the error of the chain, with the temporary folder as `FOLDER`. */
async function fail(world: World) {
  const { connector, folder } = setUp(world);
  const error = await catchError(connector.getDefaultCredentials());
  expect(error.code).toBe("ERR_CREDENTIALS");
  const prefix = "GetDefaultCredentials: ";
  expect(error.message.startsWith(prefix)).toBe(true);
  return {
    message: error.message.slice(prefix.length).replaceAll(folder, "FOLDER"),
    retryable: error.retryable,
    error,
  };
}

const assumed = (action: string, key = "ASIAOFTHEROLE0000001"): Reply => ({
  headers: { "content-type": "text/xml" },
  body: `<${action}Response><${action}Result><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></${action}Result></${action}Response>`,
});
const stsError = (status: number, code: string, message: string): Reply => ({
  status,
  headers: { "content-type": "text/xml" },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const process_ = (command: string): World => ({
  config: `[default]\ncredential_process = ${command}\n`,
});
const ROLE_PROFILE = `[profile a]\nrole_arn = ${ROLE}\nsource_profile = base\n`;
const asA = { AWS_PROFILE: "a" };

describe("a configured source that fails", () => {
  it.each<[string, World, string]>([
    [
      "a profile that does not exist",
      {
        credentials: `[default]\n${KEYS}`,
        variables: {
          AWS_PROFILE: "prod",
          AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT00001",
          AWS_SECRET_ACCESS_KEY: "s",
        },
      },
      "no AWS credentials were found (the profile prod, which AWS_PROFILE selects, is neither in FOLDER/config nor in FOLDER/credentials). Correct AWS_PROFILE, or add the profile to one of these files.",
    ],
    [
      "a process that fails",
      process_("echo no certificate >&2; exit 3"),
      "the profile default provided no AWS credentials because its credential_process exited with code 3 (no certificate). Run the command yourself to see why it fails.",
    ],
    [
      "a process that does not exist",
      process_("/no/such/program"),
      "the profile default provided no AWS credentials because its credential_process exited with code 127",
    ],
    [
      "a process that is ended",
      process_("kill -9 $$"),
      "the profile default provided no AWS credentials because its credential_process was ended by SIGKILL",
    ],
    [
      "a process that prints secrets to its error output",
      process_(
        `echo 'password=hunter2 "SecretAccessKey": "wJalrXUtnFEMI" AKIA4567890123456789 wJalrXUtnFEMI7K7MDENG7bPxRfiCYEXAMPLEKEY' >&2; exit 1`,
      ),
      'exited with code 1 (password=[hidden] "SecretAccessKey": [hidden] AKIA4567890123456789 [hidden]).',
    ],
    [
      "a process with a long error output",
      process_("for i in $(seq 999); do echo line >&2; done; exit 1"),
      `(${"line ".repeat(60)}…).`,
    ],
    ["a process that prints nothing", process_("true"), "printed nothing."],
    [
      "a process that prints no JSON",
      process_("echo hello"),
      "did not print JSON.",
    ],
    [
      "a process that prints a list",
      process_("echo []"),
      "did not print a JSON object.",
    ],
    [
      "a process that prints no version",
      process_("echo '{}'"),
      "did not print Version 1.",
    ],
    [
      "a process that prints no secret",
      process_(`echo '{"Version":1,"AccessKeyId":"A"}'`),
      "printed no SecretAccessKey.",
    ],
    [
      "a process that prints a wrong expiration",
      process_(
        `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"soon"}'`,
      ),
      "printed an Expiration that is not a date in ISO 8601 format.",
    ],
    [
      "a process that prints expired credentials",
      process_(
        `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2001-01-01T00:00:00Z"}'`,
      ),
      "the profile default returned credentials that expired at 2001-01-01T00:00:00.000Z. Renew them, or correct this machine's clock.",
    ],
    [
      "expired credentials in the environment",
      {
        variables: {
          AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT00001",
          AWS_SECRET_ACCESS_KEY: "s",
          AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z",
        },
      },
      "the environment returned credentials that expired at 2001-01-01T00:00:00.000Z",
    ],
    [
      "source profiles in a circle",
      {
        config: `[profile a]\nrole_arn=${ROLE}\nsource_profile=b\n[profile b]\nrole_arn=${ROLE}\nsource_profile=a\n`,
        variables: asA,
      },
      "the profiles a → b → a name each other as source_profile in a circle. Set source_profile of one of them to a profile that has credentials.",
    ],
    [
      "a profile that is its own source",
      {
        config: `[profile a]\nrole_arn=${ROLE}\nsource_profile=a\n`,
        variables: asA,
      },
      "the profiles a → a name each other",
    ],
    [
      "a source profile that does not exist",
      { config: ROLE_PROFILE, variables: asA },
      "the profile a has source_profile = base, but there is no profile base. Correct source_profile, or add that profile.",
    ],
    [
      "a role without a source",
      { config: `[profile a]\nrole_arn=${ROLE}\n`, variables: asA },
      "the profile a has role_arn without source_profile, credential_source or web_identity_token_file.",
    ],
    [
      "a role with an unknown source",
      {
        config: `[profile a]\nrole_arn=${ROLE}\ncredential_source=Vault\n`,
        variables: asA,
      },
      "the profile a has credential_source = Vault, but this must be EcsContainer, Ec2InstanceMetadata or Environment.",
    ],
    [
      "a role from an empty environment",
      {
        config: `[profile a]\nrole_arn=${ROLE}\ncredential_source=Environment\n`,
        variables: asA,
      },
      "the profile a has credential_source = Environment, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.",
    ],
    [
      "a role that requires a code",
      {
        config: `${ROLE_PROFILE}mfa_serial = arn:aws:iam::1:mfa/me\n`,
        variables: asA,
      },
      "the profile a has mfa_serial, but the connector cannot ask for a code.",
    ],
    [
      "a role with a wrong duration",
      {
        config: `${ROLE_PROFILE}duration_seconds = 1h\n[profile base]\n${KEYS}`,
        variables: asA,
      },
      "the profile a has duration_seconds = 1h, which is not a number of seconds.",
    ],
    [
      "a token file that does not exist",
      {
        variables: {
          AWS_ROLE_ARN: ROLE,
          AWS_WEB_IDENTITY_TOKEN_FILE: "FOLDER/missing",
        },
      },
      "the environment (AWS_WEB_IDENTITY_TOKEN_FILE) provided no AWS credentials because its web identity token file FOLDER/missing could not be read (ENOENT). Correct the path, or create the file.",
    ],
    [
      "a token file without a role",
      { variables: { AWS_WEB_IDENTITY_TOKEN_FILE: "FOLDER/token" } },
      "no AWS credentials were found (the environment has AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN).",
    ],
    [
      "an SSO profile without a login",
      {
        config:
          "[profile a]\nsso_start_url=https://x.example/start\nsso_account_id=111122223333\nsso_region=eu-central-1\nsso_role_name=r\n",
        variables: asA,
      },
      "the profile a provided no AWS credentials (The SSO session associated with this profile is invalid). Run aws sso login --profile a.",
    ],
    [
      "an SSO session without a login",
      {
        config:
          "[profile a]\nsso_session=s\nsso_account_id=111122223333\nsso_role_name=r\n[sso-session s]\nsso_start_url=https://x.example/start\nsso_region=eu-central-1\n",
        variables: asA,
      },
      "the profile a provided no AWS credentials (The SSO session token associated with profile=a was not found or is invalid). Run aws sso login --profile a.",
    ],
    [
      "an SSO session that does not exist",
      {
        config:
          "[profile a]\nsso_session=s\nsso_account_id=111122223333\nsso_role_name=r\n",
        variables: asA,
      },
      "the profile a provided no AWS credentials because its settings are not complete, or its sso_session does not exist.",
    ],
    [
      "a profile of aws login without a login",
      {
        config: "[profile a]\nlogin_session=arn:aws:iam::1:user/me\n",
        variables: asA,
      },
      "Run aws login --profile a.",
    ],
    [
      "an endpoint of a container that is not allowed",
      {
        variables: {
          AWS_CONTAINER_CREDENTIALS_FULL_URI:
            "http://user:secret@example.com/x?t=secret",
        },
      },
      "the container credentials endpoint http://example.com/x (AWS_CONTAINER_CREDENTIALS_FULL_URI) cannot be used because it is neither an HTTPS URL nor that of a loopback, ECS or EKS address. Correct AWS_CONTAINER_CREDENTIALS_FULL_URI.",
    ],
    [
      "no source at all",
      {},
      "no AWS credentials were found (neither the environment nor the profile default has any, and AWS_EC2_METADATA_DISABLED turns off the instance metadata service). Set credentials on the connection, or configure the AWS SDK's default credential chain.",
    ],
  ])(
    "is named, and nothing else is used: %s",
    async (_, world, message) => {
      const failed = await fail(world);

      expect(failed.message).toContain(message);
      expect(failed.message).not.toMatch(/[^ ]secret/);
      expect(failed.retryable).toBe(false);
    },
    30_000,
  );

  it.each<[string, Reply, boolean, string]>([
    [
      "refuses the role",
      stsError(
        403,
        "AccessDenied",
        "User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole",
      ),
      false,
      "AWS returned AccessDenied (403). User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole. Check role_arn",
    ],
    [
      "does not know the source's credentials",
      stsError(403, "InvalidClientTokenId", "The security token is invalid"),
      false,
      "AWS returned InvalidClientTokenId (403)",
    ],
    [
      "is out of service",
      stsError(503, "ServiceUnavailable", "later"),
      true,
      "AWS returned ServiceUnavailable (503)",
    ],
    [
      "throttles",
      stsError(400, "Throttling", "Rate exceeded"),
      true,
      "AWS returned Throttling (400)",
    ],
    [
      "refuses the connection",
      { fails: "ECONNREFUSED", sent: false },
      true,
      "because the connection was refused",
    ],
    [
      "is not found",
      { fails: "ENOTFOUND", sent: false },
      true,
      "because the host was not found",
    ],
  ])(
    "is named with AWS's words if STS %s",
    async (_, reply, ...[retryable, reason]) => {
      const { message, error } = await fail({
        config: `${ROLE_PROFILE}external_id = sourcesecret\n[profile base]\n${KEYS}`,
        variables: asA,
        replies: [reply],
      });

      expect(message).toContain(
        `the profile a provided no AWS credentials because the role ${ROLE} could not be assumed; `,
      );
      expect(message).toContain(reason);
      expect(error).toMatchObject({ retryable, roleArn: ROLE });
    },
  );
});

describe("the default chain", () => {
  it("keeps the clock correction of a rejected request for the next one, also without retries", async () => {
    const ahead = Date.now() + 600_000;
    const { aws, connector } = setUp({
      config: ROLE_PROFILE,
      credentials: `[base]\n${KEYS}`,
      variables: { ...asA, AWS_MAX_ATTEMPTS: "1" },
      replies: [
        {
          ...stsError(403, "RequestTimeTooSkewed", "The time differs"),
          headers: {
            "content-type": "text/xml",
            date: new Date(ahead).toUTCString(),
          },
        },
        assumed("AssumeRole"),
        { body: "1" },
      ],
    });

    await catchError(connector.invokeFunction({ functionName: "price" }));
    await connector.invokeFunction({ functionName: "price" });

    const [, date = "", time = ""] =
      /^(\d{8})T(\d{6})Z$/.exec(aws.requests[1]?.headers["x-amz-date"] ?? "") ??
      [];
    const signedAt = Date.parse(
      `${date.replace(/(....)(..)/, "$1-$2-")}T${time.replace(/(..)(..)/, "$1:$2:")}Z`,
    );
    // The SDK reads this machine's clock, which went on.
    expect(Math.abs(signedAt - ahead)).toBeLessThan(60_000);
  });

  const process1 = `echo '{"Version":1,"AccessKeyId":"AKIAOFPROCESS0000001","SecretAccessKey":"s"}'`;

  it.each<[string, World, string]>([
    [
      "the environment's credentials first",
      {
        config: `[default]\n${KEYS}`,
        variables: {
          AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT00001",
          AWS_SECRET_ACCESS_KEY: "s",
        },
      },
      "AKIAENVIRONMENT00001",
    ],
    [
      "the default profile before a token",
      {
        config: `[default]\n${KEYS}`,
        variables: {
          AWS_ROLE_ARN: ROLE,
          AWS_WEB_IDENTITY_TOKEN_FILE: "FOLDER/token",
        },
      },
      "AKIAIOSFODNN7EXAMPLE",
    ],
    [
      "a profile's own credentials before its process",
      { config: `[default]\n${KEYS}credential_process = ${process1}\n` },
      "AKIAIOSFODNN7EXAMPLE",
    ],
    [
      "the process of a source profile",
      {
        config: `${ROLE_PROFILE}[profile base]\ncredential_process = ${process1}\n`,
        variables: asA,
        replies: [assumed("AssumeRole")],
      },
      "ASIAOFTHEROLE0000001",
    ],
    [
      "a profile that is its own source",
      {
        config: `[profile a]\n${KEYS}role_arn = ${ROLE}\nsource_profile = a\n`,
        variables: asA,
        replies: [assumed("AssumeRole")],
      },
      "ASIAOFTHEROLE0000001",
    ],
    [
      "a role of a role",
      {
        config: `${ROLE_PROFILE}[profile base]\nrole_arn = ${ROLE}2\nsource_profile = first\n[profile first]\n${KEYS}`,
        variables: asA,
        replies: [
          assumed("AssumeRole", "ASIAOFTHEROLE0000002"),
          assumed("AssumeRole"),
        ],
      },
      "ASIAOFTHEROLE0000001",
    ],
    [
      "a role from the environment",
      {
        config: `[profile a]\nrole_arn = ${ROLE}\ncredential_source = Environment\n`,
        variables: {
          ...asA,
          AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT00001",
          AWS_SECRET_ACCESS_KEY: "s",
        },
        replies: [assumed("AssumeRole")],
      },
      "ASIAOFTHEROLE0000001",
    ],
    [
      "a token in a profile",
      {
        config: `[profile a]\nrole_arn = ${ROLE}\nweb_identity_token_file = FOLDER/token\n`,
        variables: asA,
        replies: [assumed("AssumeRoleWithWebIdentity")],
      },
      "ASIAOFTHEROLE0000001",
    ],
    [
      "a token if the selected profile has only a region",
      {
        config: "[profile a]\nregion = eu-central-1\n",
        variables: {
          ...asA,
          AWS_ROLE_ARN: ROLE,
          AWS_WEB_IDENTITY_TOKEN_FILE: "FOLDER/token",
        },
        replies: [assumed("AssumeRoleWithWebIdentity")],
      },
      "ASIAOFTHEROLE0000001",
    ],
  ])("uses %s", async (_, world, accessKeyId) => {
    const { connector } = setUp(world);

    const found = await connector.getDefaultCredentials();

    expect(found.accessKeyId).toBe(accessKeyId);
  });

  it("sends what a profile says about the role", async () => {
    const { connector, aws } = setUp({
      config: `[profile a]\nregion = us-east-2\nrole_arn = ${ROLE}\nsource_profile = base\nexternal_id = external\nrole_session_name = me\nduration_seconds = 900\n`,
      credentials: `[base]\n${KEYS}`,
      variables: asA,
      replies: [assumed("AssumeRole")],
    });

    await connector.getDefaultCredentials();

    expect(aws.sent).toMatchObject([
      {
        to: "sts.us-east-2.amazonaws.com",
        body: {
          Action: "AssumeRole",
          RoleArn: ROLE,
          ExternalId: "external",
          RoleSessionName: "me",
          DurationSeconds: "900",
        },
      },
    ]);
  });
});
