import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AssumeRoleInvoke,
  DeleteFunction,
  GetDefaultCredentials,
  InvokeFunction,
} from "../../../../operations";
import { createConnector } from "../../../../src";
import { readConnection } from "../../../../src/engine/settings/Settings";
import { catchError } from "../../../catchError";
import { exampleCredentials } from "../../../connection";
import { FakeAws } from "../../../FakeAws";
import { temporaryFolder } from "../../../temporaryFolder";

const environment = { ...process.env };
const CLEARED = /^AWS_|_PROXY$/i;
const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

let folder: string;

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !CLEARED.test(name)),
  );
  folder = temporaryFolder("home");
  mkdirSync(join(folder, ".aws"));
  process.env["HOME"] = folder;
});
afterAll(() => {
  process.env = environment;
});

/** Writes the configuration file. `NAME` stands for the file's path in expectations. */
function writeConfig(text: string): string {
  const file = join(folder, ".aws/config");
  writeFileSync(file, text);
  return file;
}

const read = (connection: object = {}) => readConnection(connection, "Test");

const all = (url: string) => ({
  lambda: url,
  sts: url,
  ssm: url,
  rolesAnywhere: url,
});

const SERVICES = `[services here]
lambda =
  endpoint_url = http://lambda.example
rolesanywhere =
  endpoint_url = http://anywhere.example
`;

describe("settings in the shared configuration files", () => {
  it("complete the connection and the environment", () => {
    const bundle = join(folder, "ca.pem");
    writeFileSync(bundle, PEM);
    writeConfig(
      "[default]\nregion = eu-west-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = True\nca_bundle = ~/ca.pem\n",
    );

    expect(read()).toMatchObject({
      region: "eu-west-1",
      useFips: true,
      useDualStack: true,
      ca: PEM,
    });
    expect(read({ region: "us-east-1", useFips: false })).toMatchObject({
      region: "us-east-1",
      useFips: false,
    });
    process.env["AWS_REGION"] = "eu-north-1";
    process.env["AWS_USE_FIPS_ENDPOINT"] = "false";
    expect(read()).toMatchObject({ region: "eu-north-1", useFips: false });
  });

  it("are those of the profile that AWS_PROFILE selects", () => {
    writeConfig(
      "[default]\nregion = eu-west-1\n[profile dev]\nregion = eu-west-2\n",
    );
    process.env["AWS_PROFILE"] = "dev";

    expect(read().region).toBe("eu-west-2");
  });

  it("can be in the credentials file, which takes precedence for the region", () => {
    writeConfig(
      "[default]\nregion = eu-west-1\nendpoint_url = http://a.example",
    );
    writeFileSync(
      join(folder, ".aws/credentials"),
      "[default]\nregion = eu-west-2\nendpoint_url = http://b.example",
    );

    expect(read()).toMatchObject({
      region: "eu-west-2",
      endpoints: all("http://a.example"),
    });
  });

  it.each<[string, [string, Record<string, string>, object, object]]>([
    [
      "endpoint_url of the profile",
      [
        "[default]\nendpoint_url = http://all.example",
        {},
        {},
        all("http://all.example"),
      ],
    ],
    [
      "endpoint_url of a service, before that of the profile",
      [
        `[default]\nservices = here\nendpoint_url = http://all.example\n${SERVICES}`,
        {},
        {},
        {
          ...all("http://all.example"),
          lambda: "http://lambda.example",
          rolesAnywhere: "http://anywhere.example",
        },
      ],
    ],
    [
      "variables, before the profile",
      [
        `[default]\nservices = here\n${SERVICES}`,
        {
          AWS_ENDPOINT_URL: "http://env.example",
          AWS_ENDPOINT_URL_SSM: "http://ssm.example",
        },
        {},
        { ...all("http://env.example"), ssm: "http://ssm.example" },
      ],
    ],
    [
      "the connection, before the profile",
      [
        `[default]\nservices = here\n${SERVICES}`,
        {},
        { endpoint: { lambda: "http://own.example" } },
        {
          lambda: "http://own.example",
          rolesAnywhere: "http://anywhere.example",
        },
      ],
    ],
    [
      "nothing if the profile ignores endpoints",
      [
        "[default]\nendpoint_url = http://all.example\nignore_configured_endpoint_urls = true",
        { AWS_ENDPOINT_URL_STS: "http://sts.example" },
        {},
        {},
      ],
    ],
    [
      "nothing if a variable ignores endpoints",
      [
        "[default]\nendpoint_url = http://all.example",
        { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: " True " },
        {},
        {},
      ],
    ],
    [
      "everything if a variable does not ignore endpoints, and the profile does",
      [
        "[default]\nendpoint_url = http://all.example\nignore_configured_endpoint_urls = true",
        { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "FALSE" },
        {},
        all("http://all.example"),
      ],
    ],
    [
      "the connection's own endpoints if others are ignored",
      [
        "[default]\nendpoint_url = http://all.example",
        { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
        { endpoint: { sts: "http://own.example" } },
        { sts: "http://own.example" },
      ],
    ],
  ])("endpoints are %s", (_, [config, variables, connection, endpoints]) => {
    writeConfig(config);
    Object.assign(process.env, variables);

    expect(read(connection).endpoints).toEqual(endpoints);
  });

  it("change the key and the trust key of the connection", () => {
    const base = { region: "eu-central-1", credentials: exampleCredentials };
    const { key, trust } = read(base);

    writeConfig("[default]\nendpoint_url = http://all.example");

    expect(read(base).key).not.toBe(key);
    expect(read(base).trust).not.toBe(trust);
  });

  it("are read again for every connection", () => {
    writeConfig("[default]\nregion = eu-west-1");
    const first = read();
    writeConfig("[default]\nregion = eu-west-2");

    expect([first.region, read().region]).toEqual(["eu-west-1", "eu-west-2"]);
  });

  it("do not matter if the connection sets everything", () => {
    process.env["AWS_CONFIG_FILE"] = folder;

    const settings = read({
      region: "eu-central-1",
      credentials: exampleCredentials,
      endpoint: "http://own.example",
      useFips: false,
      useDualStack: false,
      maxAttempts: 3,
      ca: PEM,
    });

    expect(settings.endpoints).toEqual(all("http://own.example"));
  });
});

describe("an endpoint that ends with slashes", () => {
  it.each(["http://own.example/base/", "http://own.example/base//"])(
    "is the same as without them, also for the AWS SDK: %s",
    async (endpoint) => {
      const aws = new FakeAws().respondWith({ body: "{}" });
      const connection = {
        region: "eu-central-1",
        credentials: exampleCredentials,
        endpoint,
        maxAttempts: 1,
      };

      await new InvokeFunction(connection, { transport: aws }).execute({
        functionName: "price",
      });
      await new DeleteFunction(connection, { transport: aws }).execute({
        functionName: "price",
      });

      expect(aws.requests.map(({ path }) => path)).toEqual([
        "/base/2015-03-31/functions/price/invocations",
        "/base/2015-03-31/functions/price",
      ]);
    },
  );
});

describe("the maximum number of attempts", () => {
  it("is that of the connection, then the environment, then the profile", () => {
    expect(read().maxAttempts).toBe(3);
    writeConfig("[default]\nmax_attempts = 4");
    expect(read().maxAttempts).toBe(4);
    process.env["AWS_MAX_ATTEMPTS"] = "5";
    expect(read().maxAttempts).toBe(5);
    expect(read({ maxAttempts: 2 }).maxAttempts).toBe(2);
  });

  it("is 10 if the environment has more, for other programs", () => {
    process.env["AWS_MAX_ATTEMPTS"] = "50";

    expect(read().maxAttempts).toBe(10);
  });

  it.each(["0", "-1", "three", "2.5"])(
    "is rejected in the environment if it is %s",
    async (value) => {
      process.env["AWS_MAX_ATTEMPTS"] = value;

      const error = await catchError(() => read());

      expect(error).toMatchObject({
        message:
          "Test: AWS_MAX_ATTEMPTS must be an integer of at least 1; correct or remove it.",
        issues: [{ path: "maxAttempts", rule: "environment" }],
      });
    },
  );
});

describe("invalid settings", () => {
  it.each<[string, Record<string, string>, string]>([
    ["yes", { AWS_USE_FIPS_ENDPOINT: "yes" }, "AWS_USE_FIPS_ENDPOINT"],
    ["1", { AWS_USE_DUALSTACK_ENDPOINT: "1" }, "AWS_USE_DUALSTACK_ENDPOINT"],
    [
      "on",
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "on" },
      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ],
  ])("of a variable are rejected by name: %s", async (_, variables, name) => {
    Object.assign(process.env, variables);

    const error = await catchError(() => read());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `Test: ${name} must be true or false; correct or remove it.`,
      issues: [{ rule: "environment" }],
    });
  });

  it.each<[string, string, string]>([
    [
      "a flag",
      "use_fips_endpoint = yes",
      "use_fips_endpoint in the profile default of FILE must be true or false; correct or remove it",
    ],
    [
      "a URL",
      "endpoint_url = localhost:4566",
      "endpoint_url in the profile default of FILE is not a base URL; set it to a URL such as http://127.0.0.1:4566",
    ],
    [
      "a URL with a password",
      "endpoint_url = http://user:password@own.example",
      "endpoint_url in the profile default of FILE is not a base URL; set it to a URL such as http://127.0.0.1:4566",
    ],
    [
      "the URL of a service",
      "services = here\n[services here]\nlambda =\n  endpoint_url = nowhere",
      "lambda.endpoint_url in [services here] of FILE is not a base URL; set it to a URL such as http://127.0.0.1:4566",
    ],
    [
      "a section that does not exist",
      "services = there\n[services here]",
      "services in the profile default of FILE is there, but FILE has no section [services there]; add the section, or correct the profile",
    ],
    [
      "a region",
      "region = EU Central",
      "region in the profile default of FILE is not a valid region; set it to a region such as eu-central-1",
    ],
    [
      "a CA file that does not exist",
      "ca_bundle = /no/such/file.pem",
      "the file named by ca_bundle in the profile default of FILE could not be read (ENOENT); correct or remove the setting",
    ],
    [
      "a CA file without certificates",
      "ca_bundle = FILE",
      "the file named by ca_bundle in the profile default of FILE has no complete certificates in PEM or DER format; correct or remove the setting",
    ],
    [
      "a CA file that is a folder",
      "ca_bundle = /",
      "the file named by ca_bundle in the profile default of FILE could not be read (not a file); correct or remove the setting",
    ],
  ])("of a file are rejected by name: %s", async (_, lines, message) => {
    const file = join(folder, ".aws/config");
    writeConfig(`[default]\n${lines.replaceAll("FILE", file)}`);

    const error = await catchError(() => read());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `Test: ${message.replaceAll("FILE", file)}.`,
    });
  });

  it("are never part of the message", async () => {
    writeConfig("[default]\nendpoint_url = user:hunter2@host\n");

    const error = await catchError(() => read());

    expect(error.message).not.toContain("hunter2");
  });

  it("are not read if the connection or the environment overrides them", () => {
    writeConfig("[default]\nuse_fips_endpoint = yes\nendpoint_url = nowhere");
    process.env["AWS_ENDPOINT_URL"] = "http://env.example";

    expect(read({ useFips: false }).endpoints).toEqual(
      all("http://env.example"),
    );
  });
});

describe("endpoints with FIPS or dual-stack endpoints", () => {
  it.each<[string, [string, Record<string, string>, object, string]]>([
    [
      "both in a file",
      [
        "endpoint_url = http://a.example\nuse_fips_endpoint = true",
        {},
        {},
        "endpoint_url in the profile default of FILE cannot be combined with use_fips_endpoint in the profile default of FILE; unset it, or set useFips: false and useDualStack: false",
      ],
    ],
    [
      "a file and a variable",
      [
        "endpoint_url = http://a.example",
        { AWS_USE_DUALSTACK_ENDPOINT: "true" },
        {},
        "endpoint_url in the profile default of FILE cannot be combined with AWS_USE_DUALSTACK_ENDPOINT; unset it, or set useFips: false and useDualStack: false",
      ],
    ],
    [
      "a variable and an option",
      [
        "",
        { AWS_ENDPOINT_URL: "http://a.example" },
        { useFips: true },
        "AWS_ENDPOINT_URL cannot be combined with useFips; unset it, or set useFips: false and useDualStack: false",
      ],
    ],
    [
      "an option and a file",
      [
        "use_dualstack_endpoint = true",
        {},
        { endpoint: { lambda: "http://a.example" } },
        "endpoint cannot be combined with use_dualstack_endpoint in the profile default of FILE; unset it, or set useFips: false and useDualStack: false",
      ],
    ],
    [
      "a region whose name selects FIPS endpoints",
      [
        "",
        {},
        { region: "fips-us-east-1", endpoint: "http://a.example" },
        "endpoint cannot be combined with the region fips-us-east-1; use the region us-east-1",
      ],
    ],
  ])("are rejected: %s", async (_, [lines, variables, connection, message]) => {
    const file = writeConfig(`[default]\n${lines}`);
    Object.assign(process.env, variables);

    const error = await catchError(() => read(connection));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `Test: ${message.replaceAll("FILE", file)}.`,
      issues: [{ path: "endpoint", rule: "conflict" }],
    });
  });

  it("are accepted if an option disables the flag of the file", () => {
    writeConfig("[default]\nuse_fips_endpoint = true");

    const settings = read({ endpoint: "http://a.example", useFips: false });

    expect(settings.useFips).toBe(false);
  });

  it("are rejected only for the services that have an endpoint if the environment sets it", async () => {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_STS: "http://sts.example",
      AWS_USE_FIPS_ENDPOINT: "true",
    });
    const aws = new FakeAws().respondWith({ body: '"ok"' });
    const connection = { region: "us-east-1", credentials: exampleCredentials };
    const hooks = { transport: aws };
    await new InvokeFunction(connection, hooks).execute({
      functionName: "price",
    });

    const error = await catchError(
      new AssumeRoleInvoke(connection, hooks).execute({
        functionName: "price",
        roleArn: "arn:aws:iam::222233334444:role/price",
      }),
    );

    expect(aws.sent.map(({ to }) => to)).toEqual([
      "lambda-fips.us-east-1.amazonaws.com",
    ]);
    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "AssumeRoleInvoke: the endpoint for sts cannot be combined with FIPS endpoints; remove it, or set useFips: false and useDualStack: false. The request was not sent.",
      execution: "did-not-run",
    });
  });
});

describe("a missing region", () => {
  const invoke = (connection: object = {}) =>
    new InvokeFunction(
      { credentials: exampleCredentials, ...connection },
      { transport: new FakeAws() },
    ).execute({ functionName: "price" });

  it("is explained by the profile, if no file has it", async () => {
    process.env["AWS_PROFILE"] = "dev";
    writeConfig("[default]\nregion = eu-central-1");

    const error = await catchError(invoke());

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `InvokeFunction: region is missing, and the profile dev, which AWS_PROFILE selects, is neither in ${folder}/.aws/config nor in ${folder}/.aws/credentials; correct AWS_PROFILE, or set region on the connection. The request was not sent.`,
      execution: "did-not-run",
      issues: [{ path: "region", rule: "required" }],
    });
  });

  it("is explained by a file that cannot be read", async () => {
    mkdirSync(join(folder, ".aws/config"));

    const error = await catchError(invoke());

    expect(error.message).toBe(
      `InvokeFunction: region is missing, and ${folder}/.aws/config could not be read (it is not a file); set region on the connection, set AWS_REGION, or correct the file. The request was not sent.`,
    );
  });

  it("and an unknown profile are no errors when the connector is created", () => {
    process.env["AWS_PROFILE"] = "dev";

    expect(() => {
      createConnector().close();
    }).not.toThrow();
  });

  it("is no error for operations that need none", async () => {
    process.env["AWS_PROFILE"] = "dev";

    const found = await new GetDefaultCredentials({
      credentials: exampleCredentials,
    }).execute();

    expect(found).toMatchObject(exampleCredentials);
  });
});

describe("a file that cannot be read", () => {
  const connection = {
    region: "eu-central-1",
    credentials: exampleCredentials,
  };

  it("is ignored at its default path if nothing is missing, as by AWS's tools", () => {
    mkdirSync(join(folder, ".aws/config"));

    expect(read(connection).endpoints).toEqual({});
  });

  it("is an error if a variable names it", async () => {
    process.env["AWS_CONFIG_FILE"] = folder;

    const error = await catchError(() => read(connection));

    expect(error.message).toBe(
      `Test: the file ${folder}, which AWS_CONFIG_FILE names, could not be read (it is not a file); correct or unset the variable.`,
    );
  });

  it("is reported with the system's reason", () => {
    // For root, every file is readable.
    if (process.getuid?.() === 0) return;
    const file = writeConfig("");
    chmodSync(file, 0);
    process.env["AWS_CONFIG_FILE"] = file;

    expect(() => read(connection)).toThrow("could not be read (EACCES)");
  });
});

describe("a region that is not AWS's", () => {
  const NOT_VALID =
    "region must be the name of an AWS region, for example eu-central-1 (with hyphens), or a value of AWS_Region";

  it.each(["local", "us_east_1", "Frankfurt", "eu-central", "my.region~1"])(
    "is accepted with an endpoint from anywhere: %s",
    (region) => {
      expect(read({ region, endpoint: "http://a.example" }).region).toBe(
        region,
      );
      process.env["AWS_REGION"] = region;
      process.env["AWS_ENDPOINT_URL"] = "http://a.example";
      expect(read().region).toBe(region);
      writeConfig(`[default]\nregion = ${region}`);
      delete process.env["AWS_REGION"];
      expect(read().region).toBe(region);
    },
  );

  it("is rejected without an endpoint", async () => {
    const error = await catchError(() => read({ region: "local" }));
    expect(error).toMatchObject({
      message: `Test: ${NOT_VALID}.`,
      issues: [{ path: "region", rule: "region" }],
    });

    process.env["AWS_REGION"] = "local";
    expect(() => read()).toThrow(
      "AWS_REGION is not a valid region; set it to a region such as eu-central-1",
    );
  });

  it.each([
    "",
    " ",
    "a/b",
    "a,b",
    "a b",
    "a\r\nb",
    "a:b",
    "a*",
    "a?",
    "${aws:x}",
    "é",
    "a".repeat(129),
  ])(
    "is rejected with an endpoint if it breaks a header or a policy: %j",
    (region) => {
      expect(() => read({ region, endpoint: "http://a.example" })).toThrow(
        NOT_VALID,
      );
    },
  );

  it("is used only for services that have an endpoint", async () => {
    const aws = new FakeAws().respondWith({ body: '"ok"' });
    const operation = new InvokeFunction(
      {
        region: "local",
        credentials: exampleCredentials,
        endpoint: { sts: "http://sts.example" },
      },
      { transport: aws },
    );

    const error = await catchError(
      operation.execute({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "InvokeFunction: region must be the name of an AWS region, for example eu-central-1, because the connection has no endpoint for lambda. The request was not sent.",
    });
    expect(aws.sent).toEqual([]);
  });
});

describe("the key of a connection without credentials", () => {
  it.each([
    "AWS_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_ROLE_ARN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    "AWS_EC2_METADATA_V1_DISABLED",
    "AWS_CONFIG_FILE",
  ])("differs if %s selects another caller", (name) => {
    const { key } = read();
    const own = read({ credentials: exampleCredentials }).key;

    process.env[name] = "another";

    expect(read().key).not.toBe(key);
    expect(read({ credentials: exampleCredentials }).key).toBe(own);
  });
});
