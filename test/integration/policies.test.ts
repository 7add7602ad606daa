import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import {
  assumePolicy,
  createConnector,
  invokePolicy,
  isConnectorError,
  trustPolicy,
  type Connector,
} from "aws-lambda-connector";
import { startLocalAws, type LocalAws } from "aws-lambda-connector/local";
import { connectionTo, CUSTOMER, trustedRole } from "./world";

const ROLE = `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_prices`;
const EXTERNAL_ID_KEY = "acme/prod/trustKey";
const FUNCTION = `arn:aws:lambda:eu-central-1:${CUSTOMER}:function`;

const price = {
  handler: () => 990,
  versions: { 1: () => 980, 2: () => 970 },
  aliases: { live: "1", next: "2" },
};

/** The outcome of a call: its response or AWS's error code. */
async function endOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "done",
    (error: unknown) =>
      isConnectorError(error) && "serviceCode" in error
        ? error.serviceCode
        : (error as Error).name,
  );
}

describe("the generated policies", () => {
  let local: LocalAws;
  let operator: Connector;
  const allowed = `${FUNCTION}:price:live`;

  beforeAll(async () => {
    const externalId = "only-we-two-know-it";
    local = await startLocalAws({
      users: {
        gateway: {
          permissions: [
            assumePolicy(),
            {
              Version: "2012-10-17",
              Statement: {
                Effect: "Allow",
                Action: ["ssm:GetParameter", "ssm:PutParameter"],
                Resource: "*:parameter/acme/*",
              },
            },
          ],
        },
      },
      accounts: {
        [CUSTOMER]: {
          functions: { price, other: () => 0 },
          roles: {
            tibco_sidecar_connector_prices: {
              trust: trustPolicy({ principal: "111122223333", externalId }),
              permissions: [
                invokePolicy({
                  functionName: "price:live",
                  roleArn: ROLE,
                  region: "eu-central-1",
                }),
              ],
            },
            tibco_sidecar_connector_named: {
              trust: trustPolicy({
                principal: "arn:aws:iam::111122223333:user/gateway",
                externalId,
              }),
              permissions: [
                invokePolicy({
                  functionName: `${FUNCTION}:price`,
                  anyVersion: true,
                }),
              ],
            },
            tibco_sidecar_connector_unfinished: {
              trust: trustPolicy({
                principal: "111122223333",
                placeholder: `<value stored under ${EXTERNAL_ID_KEY}>`,
              }),
            },
            Boomi_sidecar_connector: {
              trust: trustPolicy({ principal: "111122223333", externalId }),
            },
          },
        },
      },
    });
    operator = createConnector({
      ...connectionTo(local),
      credentials: local.users["gateway"],
    });
    await operator.putExternalId({
      externalIdKey: EXTERNAL_ID_KEY,
      externalId,
    });
  });

  afterAll(async () => {
    operator.close();
    await local.close();
  });

  const invoke = (functionName: string, roleArn = ROLE) =>
    operator.assumeRoleInvoke({
      functionName,
      roleArn,
      externalIdKey: EXTERNAL_ID_KEY,
      sessionPolicy: "none",
    });

  it("allow the one function to be invoked", async () => {
    const { payload } = await invoke(allowed);

    expect(payload).toBe(980);
  });

  it.each([
    `${FUNCTION}:price`,
    `${FUNCTION}:price:1`,
    `${FUNCTION}:price:next`,
    `${FUNCTION}:price:$LATEST`,
    `${FUNCTION}:other`,
    `${FUNCTION}:prices:live`,
    allowed.replace("eu-central-1", "eu-west-1"),
  ])("do not allow %s to be invoked", async (functionName) => {
    expect(await endOf(invoke(functionName))).toBe("AccessDeniedException");
  });

  it("allow every version to be invoked when they include versions, and no other function", async () => {
    const role = ROLE.replace("prices", "named");

    const ends = await Promise.all(
      ["price", "price:1", "price:next", "price:$LATEST", "other"].map((name) =>
        endOf(invoke(`${FUNCTION}:${name}`, role)),
      ),
    );

    expect(ends).toEqual([
      "done",
      "done",
      "done",
      "done",
      "AccessDeniedException",
    ]);
  });

  it("do not allow a role to be assumed that still has the placeholder or has another name", async () => {
    const ends = await Promise.all(
      [
        ROLE.replace("prices", "unfinished"),
        `arn:aws:iam::${CUSTOMER}:role/Boomi_sidecar_connector`,
      ].map((role) => endOf(invoke(allowed, role))),
    );

    expect(ends).toEqual(["AccessDenied", "AccessDenied"]);
  });

  it("do not allow the role to be assumed without the external ID or with another one", async () => {
    const sts = new STSClient({
      ...connectionTo(local),
      credentials: local.users["gateway"] ?? local.credentials,
    } as ConstructorParameters<typeof STSClient>[0] & object);

    const ends = await Promise.all(
      [undefined, "another"].map((ExternalId) =>
        endOf(
          sts.send(
            new AssumeRoleCommand({
              RoleArn: ROLE,
              RoleSessionName: "gateway",
              ExternalId,
            }),
          ),
        ),
      ),
    );

    expect(ends).toEqual(["AccessDenied", "AccessDenied"]);
  });
});

describe("PutExternalId", () => {
  let local: LocalAws;
  let connector: Connector;

  beforeAll(async () => {
    local = await startLocalAws();
    connector = createConnector(connectionTo(local));
  });

  afterAll(async () => {
    connector.close();
    await local.close();
  });

  it("generates an external ID that a role can require and that is read by its key", async () => {
    const stored = await connector.putExternalId({
      externalIdKey: "globex/prod/orderTrust",
      kmsKeyId: "alias/external-ids",
    });
    const own = await startLocalAws({
      parameters: { [stored.externalIdKey]: stored.externalId },
      functions: { price: () => 990 },
      roles: {
        invoker: {
          trust: trustPolicy({
            principal: "111122223333",
            externalId: stored.externalId,
          }),
          permissions: [
            invokePolicy({
              functionName: "price",
              accountId: "111122223333",
              region: "eu-central-1",
            }),
          ],
        },
      },
    });
    const reader = createConnector(connectionTo(own));
    const { payload } = await reader.assumeRoleInvoke({
      functionName: "price",
      roleArn: "arn:aws:iam::111122223333:role/invoker",
      externalIdKey: "globex/prod/orderTrust",
    });
    reader.close();
    await own.close();

    expect(stored.version).toBe(1);
    expect(payload).toBe(990);
  });

  it("replaces an external ID only when overwrite is set", async () => {
    const ssm = new SSMClient(connectionTo(local) as object);
    const read = async (Name: string) => {
      const command = new GetParameterCommand({ Name, WithDecryption: true });
      return (await ssm.send(command)).Parameter?.Value;
    };
    const externalIdKey = "globex/test/orderTrust";
    const first = await connector.putExternalId({ externalIdKey });

    const refused = await endOf(connector.putExternalId({ externalIdKey }));
    const kept = await read(first.externalIdKey);
    const second = await connector.putExternalId({
      externalIdKey,
      overwrite: true,
    });

    expect(refused).toBe("ParameterAlreadyExists");
    expect(kept).toBe(first.externalId);
    expect(second.version).toBe(2);
    expect(await read(`${first.externalIdKey}:1`)).toBe(first.externalId);
    expect(await read(first.externalIdKey)).toBe(second.externalId);
  });

  it("is not sent again when its response was lost", async () => {
    const before = local.requests.of("PutParameter").length;
    local.faults.add({
      kind: "reset",
      operation: "PutParameter",
      when: "after-run",
    });

    const lost = await connector
      .putExternalId({ externalIdKey: "globex/lost/orderTrust" })
      .catch((error: unknown) => error);
    const again = await endOf(
      connector.putExternalId({ externalIdKey: "globex/lost/orderTrust" }),
    );

    expect(lost).toMatchObject({ code: "ERR_TRANSPORT" });
    expect(again).toBe("ParameterAlreadyExists");
    expect(local.requests.of("PutParameter")).toHaveLength(before + 2);
  });
});

/** Forwards every request to an embedded AWS, and records the responses. */
async function listenTo(behind: string) {
  const heard: Buffer[] = [];
  const { port, hostname } = new URL(behind);
  const server = createServer((socket) => {
    const inner = connect(Number(port), hostname);
    socket.pipe(inner);
    inner.on("data", (chunk) => heard.push(chunk));
    inner.pipe(socket);
    for (const each of [socket, inner]) each.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
    heard: (name: string) =>
      new RegExp(`<${name}>([^<]+)<`).exec(
        Buffer.concat(heard).toString(),
      )?.[1],
  };
}

describe("a session narrowed by AssumeRoleInvoke", () => {
  let local: LocalAws;

  beforeAll(async () => {
    local = await startLocalAws({
      parameters: { flat: "value" },
      accounts: {
        [CUSTOMER]: {
          functions: { price, other: () => 0 },
          parameters: { flat: "value" },
          roles: {
            all: {
              trust: trustedRole().trust,
              permissions: [
                {
                  Version: "2012-10-17",
                  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
                },
              ],
            },
          },
        },
      },
    });
  });

  afterAll(async () => {
    await local.close();
  });

  /** The keys of the session in which a function was invoked, in the hands of AWS's own clients. */
  async function narrowedTo(functionName: string, qualifier?: string) {
    const sts = await listenTo(local.endpoint);
    const { endpoint } = local;
    const connector = createConnector({
      ...connectionTo(local),
      endpoint: { lambda: endpoint, ssm: endpoint, sts: sts.endpoint },
    });
    await connector.assumeRoleInvoke({
      functionName,
      ...(qualifier !== undefined && { qualifier }),
      roleArn: `arn:aws:iam::${CUSTOMER}:role/all`,
      externalId: "only-we-two-know-it",
    });
    connector.close();
    sts.close();
    const settings = (region: string) => ({
      endpoint,
      region,
      credentials: {
        accessKeyId: sts.heard("AccessKeyId") ?? "",
        secretAccessKey: sts.heard("SecretAccessKey") ?? "",
        sessionToken: sts.heard("SessionToken") ?? "",
      },
    });
    return {
      lambda: new LambdaClient(settings("eu-central-1")),
      elsewhere: new LambdaClient(settings("eu-west-1")),
      ssm: new SSMClient(settings("eu-central-1")),
      sts: new STSClient(settings("eu-central-1")),
    };
  }

  const NAMES = ["price", "price:live", "price:1", "price:$LATEST", "other"];

  it.each<[string, string | undefined, string]>([
    ["price", undefined, "price"],
    [`${FUNCTION}:price`, undefined, "price"],
    ["price:live", undefined, "price:live"],
    ["price", "live", "price:live"],
    [`${CUSTOMER}:function:price`, "$LATEST", "price:$LATEST"],
  ])("to %s with %s invokes %s alone", async (name, qualifier, own) => {
    const { lambda, elsewhere } = await narrowedTo(name, qualifier);

    const ends = await Promise.all(
      NAMES.map((FunctionName) =>
        endOf(lambda.send(new InvokeCommand({ FunctionName }))),
      ),
    );
    const other = await endOf(
      elsewhere.send(new InvokeCommand({ FunctionName: own })),
    );

    expect(ends).toEqual(
      NAMES.map((each) => (each === own ? "done" : "AccessDeniedException")),
    );
    expect(other).toBe("AccessDeniedException");
  });

  it("allows only invocations", async () => {
    const { lambda, ssm, sts } = await narrowedTo("price");

    const ends = await Promise.all(
      [
        lambda.send(new ListFunctionsCommand({})),
        lambda.send(new GetFunctionCommand({ FunctionName: "price" })),
        lambda.send(new DeleteFunctionCommand({ FunctionName: "price" })),
        ssm.send(new GetParameterCommand({ Name: "flat" })),
        sts.send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${CUSTOMER}:role/all`,
            RoleSessionName: "again",
            ExternalId: "only-we-two-know-it",
          }),
        ),
      ].map(endOf),
    );

    expect(ends).toEqual([
      ...Array.from({ length: 4 }, () => "AccessDeniedException"),
      "AccessDenied",
    ]);
  });
});
