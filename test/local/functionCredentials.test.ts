import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { devNull } from "node:os";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { createConnector } from "aws-lambda-connector";
import {
  startLocalAws,
  type LocalAws,
  type LocalAwsOptions,
  type RoleOptions,
} from "../../dist/local";
import { temporaryFolder } from "../temporaryFolder";
import { clientsOf, parsed } from "./clients";
import { folderWith } from "./runtime/folderWith";

const CONNECTOR = JSON.stringify(resolve(__dirname, "../../dist/src/index.js"));
const SDK = (name: string) =>
  JSON.stringify(require.resolve(`@aws-sdk/client-${name}`));

/** Handlers that call this embedded AWS with nothing but their environment. */
const FUNCTIONS = {
  "order.cjs": `
    const { createConnector } = require(${CONNECTOR});
    const connector = createConnector();
    exports.handler = async ({ functionName, ...role }) => {
      const request = { functionName, payload: "from order" };
      return (role.roleArn
        ? await connector.assumeRoleInvoke({ ...request, ...role })
        : await connector.invokeFunction(request)
      ).payload;
    };`,
  "price.cjs": "exports.handler = (event) => ({ event, total: 1290 });",
  "identity.cjs": `
    const { STSClient, GetCallerIdentityCommand } = require(${SDK("sts")});
    exports.handler = async () =>
      (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn;`,
  "environment.cjs": `
    exports.handler = () =>
      Object.fromEntries(
        Object.entries(process.env).filter(([name]) => name.startsWith("AWS_")),
      );`,
};

const ORDER_ARN = "arn:aws:iam::111122223333:role/service-role/order";

/** A role that a principal can assume without an external ID. */
function openRole(action: string, principal = "111122223333"): RoleOptions {
  return {
    trust: {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sts:AssumeRole",
      },
    },
    permissions: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: action, Resource: "*" },
      },
    ],
  };
}

let local: LocalAws | undefined;

async function start(options: LocalAwsOptions = {}): Promise<LocalAws> {
  local = await startLocalAws({ functions: folderWith(FUNCTIONS), ...options });
  return local;
}

async function invoke(name: string, event: object = {}): Promise<unknown> {
  if (local === undefined) throw new Error("not started");
  const command = new InvokeCommand({
    FunctionName: name,
    Payload: JSON.stringify(event),
  });
  return parsed(await clientsOf(local).lambda.send(command));
}

afterEach(async () => {
  await local?.close();
  local = undefined;
});

describe("a function in a file", () => {
  it("invokes another function of the embedded AWS with its own environment", async () => {
    await start();

    const answer = await invoke("order", { functionName: "price" });

    expect(answer).toEqual({ event: "from order", total: 1290 });
    expect(local?.requests.of("Invoke")).toHaveLength(2);
  });

  it("has the identity of its execution role in the AWS SDK too", async () => {
    await start();

    const arn = await invoke("identity");

    expect(arn).toBe(
      "arn:aws:sts::111122223333:assumed-role/identity/identity",
    );
  });

  it("assumes a role that trusts its execution role", async () => {
    await start({
      accounts: {
        "222233334444": {
          functions: folderWith({ "price.cjs": FUNCTIONS["price.cjs"] }),
          roles: { prices: openRole("lambda:InvokeFunction", ORDER_ARN) },
        },
      },
    });

    const answer = await invoke("order", {
      functionName: "price",
      roleArn: "arn:aws:iam::222233334444:role/prices",
    });

    expect(answer).toMatchObject({ total: 1290 });
  });

  it("has an identity in the account that it belongs to", async () => {
    const started = await start({
      accounts: {
        "222233334444": {
          functions: folderWith({ "identity.cjs": FUNCTIONS["identity.cjs"] }),
          roles: { caller: openRole("lambda:InvokeFunction") },
        },
      },
    });
    const { region, endpoint, credentials } = started;
    using connector = createConnector({ region, endpoint, credentials });

    const { payload } = await connector.assumeRoleInvoke({
      functionName: "identity",
      roleArn: "arn:aws:iam::222233334444:role/caller",
    });

    expect(payload).toBe(
      "arn:aws:sts::222233334444:assumed-role/identity/identity",
    );
  });

  it("finds no settings of AWS but those of the embedded AWS", async () => {
    const started = await start();
    process.env["AWS_PROFILE"] = "production";

    const environment = await invoke("environment");

    delete process.env["AWS_PROFILE"];
    expect(environment).toMatchObject({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      AWS_CONFIG_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: started.endpoint,
      AWS_REGION: "eu-central-1",
      AWS_SESSION_TOKEN: expect.any(String),
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    });
    expect(environment).not.toHaveProperty("AWS_PROFILE");
  });

  it("uses the endpoint and the credentials of its own environment without mixing two sources", async () => {
    const started = await start({
      functions: {
        environment: {
          file: join(folderWith(FUNCTIONS), "environment.cjs"),
          environment: {
            AWS_ENDPOINT_URL: "http://127.0.0.1:9",
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
          },
        },
      },
    });

    const environment = await invoke("environment");

    expect(started.endpoint).not.toBe("http://127.0.0.1:9");
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_ACCESS_KEY_ID: "test",
    });
    expect(environment).not.toHaveProperty("AWS_SESSION_TOKEN");
  });

  it("reads a parameter of the embedded AWS while its module is loaded", async () => {
    const module = `
      import ssm from ${SDK("ssm")};
      const client = new ssm.SSMClient({});
      const command = new ssm.GetParameterCommand({ Name: "/acme/shop" });
      const { Parameter } = await client.send(command);
      export const handler = () => [Parameter.Value, process.env.AWS_REGION];`;
    await start({
      functions: folderWith({ "shop.mjs": module }),
      parameters: { "/acme/shop": { value: "north", type: "String" } },
    });

    expect(await invoke("shop")).toEqual(["north", "eu-central-1"]);
  });
});

describe("startLocalAws", () => {
  it("stops listening when a module can't be loaded", async () => {
    const started = await start();
    const port = Number(new URL(started.endpoint).port);
    await started.close();
    const functions = folderWith({ "broken.cjs": "throw new Error('no')" });

    await expect(startLocalAws({ port, functions })).rejects.toMatchObject({
      code: "ERR_LOCAL_OPTIONS",
    });

    await start({ port });
    expect(await invoke("price")).toMatchObject({ total: 1290 });
  });
});

describe("local.environment", () => {
  const before = { ...process.env };

  afterEach(() => {
    for (const name of Object.keys(process.env))
      if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  });

  it("sends the calls of a connector without options to the embedded AWS, whatever profile is selected", async () => {
    const started = await start();
    const home = temporaryFolder("home");
    mkdirSync(join(home, ".aws"));
    writeFileSync(
      join(home, ".aws/config"),
      "[profile production]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:9\n",
    );
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(home, ".aws/config"),
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "of this machine",
    });

    Object.assign(process.env, started.environment);
    using connector = createConnector();
    const response = await connector.invokeFunction({ functionName: "price" });

    expect(response.payload).toMatchObject({ total: 1290 });
  });
});
