import { type Connector } from "../../../../src";
import { EXTERNAL_ID } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import {
  ACCOUNT,
  KEY,
  OPERATIONS,
  ROLE,
  readAll,
  openWithRole,
} from "../../../roleOperations";

describe("connection.role", () => {
  it.each(OPERATIONS)(
    "signs %s with the role's session",
    async (_, run, action) => {
      const { aws, connector } = openWithRole();

      await run(connector);

      expect(aws.log).toEqual([
        "caller: ssm GetParameter",
        "caller: sts AssumeRole",
        `lister#1: ${action}`,
      ]);
      expect(aws.sessions[0]?.input).toMatchObject({
        RoleArn: ROLE,
        RoleSessionName: "aws-lambda-connector",
        ExternalId: EXTERNAL_ID,
      });
    },
  );

  const FUNCTION = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:price`;
  const allow = (Action: string, Resource: string) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource }],
  });

  it.each<[string, (connector: Connector) => Promise<unknown>, object]>([
    [
      "invoke one function",
      (connector) => connector.invokeFunction({ functionName: "price" }),
      allow("lambda:InvokeFunction", FUNCTION),
    ],
    [
      "invoke one version",
      (connector) =>
        connector.invokeFunction({ functionName: "price", qualifier: "7" }),
      allow("lambda:InvokeFunction", `${FUNCTION}:7`),
    ],
    [
      "invoke a function of a third account by its ARN",
      (connector) =>
        connector.invokeFunction({
          functionName:
            "arn:aws:lambda:eu-central-1:333344445555:function:price:live",
        }),
      allow(
        "lambda:InvokeFunction",
        "arn:aws:lambda:eu-central-1:333344445555:function:price:live",
      ),
    ],
    [
      "stream the response of one function",
      (connector) =>
        connector.invokeWithResponseStream({
          functionName: "price",
          invocationType: "DryRun",
        }),
      allow("lambda:InvokeFunction", FUNCTION),
    ],
    [
      "delete one version",
      (connector) =>
        connector.deleteFunction({ functionName: "price", qualifier: "7" }),
      allow("lambda:DeleteFunction", `${FUNCTION}:7`),
    ],
    [
      "list functions",
      (connector) => connector.listFunctions({ limit: 1 }),
      allow("lambda:ListFunctions", "*"),
    ],
    [
      "ask who it is",
      (connector) => connector.validateCredentials(),
      allow("sts:GetCallerIdentity", "*"),
    ],
    [
      "write one parameter",
      (connector) => connector.putExternalId({ externalIdKey: "acme/new" }),
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "ssm:PutParameter",
            Resource: `arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter/acme/new`,
          },
          {
            Effect: "Allow",
            Action: "kms:Encrypt",
            Resource: "*",
            Condition: {
              StringLike: { "kms:ViaService": "ssm.eu-central-1.*" },
            },
          },
        ],
      },
    ],
  ])("narrows the session to %s", async (_, run, policy) => {
    const { aws, connector } = openWithRole();

    await run(connector);

    expect(aws.sessions.map((session) => session.policy)).toEqual([policy]);
  });

  it("uses one session for each operation and function, and each again", async () => {
    const { aws, connector } = openWithRole();

    for (let round = 0; round < 2; round++) {
      await connector.invokeFunction({ functionName: "price" });
      await connector.invokeFunction({ functionName: "tax" });
      await connector.invokeFunction({
        functionName: "price",
        qualifier: "undefined",
      });
      await connector.listFunctions();
    }

    expect(aws.sessions).toHaveLength(4);
    expect(aws.count("ssm")).toBe(1);
  });

  it.each<[string, unknown, unknown]>([
    ["no policy", "none", undefined],
    [
      "a policy that is given as an object",
      { Statement: [] },
      { Statement: [] },
    ],
    ["a policy that is given as JSON", '{"Statement":[]}', { Statement: [] }],
  ])(
    "uses one session for all operations with %s",
    async (_, sessionPolicy, policy) => {
      const { aws, connector } = openWithRole({
        roleArn: ROLE,
        externalId: EXTERNAL_ID,
        sessionPolicy,
      });

      for (const [, run] of OPERATIONS) await run(connector);

      expect(aws.sessions.map((session) => session.policy)).toEqual([policy]);
    },
  );

  it("sends STS every field of the role", async () => {
    const { aws, connector } = openWithRole({
      roleArn: ROLE,
      externalId: EXTERNAL_ID,
      roleSessionName: "shop-7",
      durationSeconds: 900,
      sourceIdentity: "anna",
      tags: [{ key: "shop", value: "Köln" }],
    });

    await connector.validateCredentials();

    expect(aws.sessions[0]?.input).toMatchObject({
      RoleSessionName: "shop-7",
      DurationSeconds: "900",
      SourceIdentity: "anna",
      "Tags.member.1.Key": "shop",
      "Tags.member.1.Value": "Köln",
    });
  });

  it("is not used by operations that return credentials", async () => {
    const { aws, connector } = openWithRole();

    const own = await connector.getDefaultCredentials();

    expect(own.accessKeyId).toBe(connection.credentials.accessKeyId);
    expect(aws.log).toEqual([]);
  });

  it("loads the region first if only AWS's files can contain it", async () => {
    const { aws, connector } = openWithRole(undefined, { region: undefined });
    const region = process.env["AWS_REGION"];
    process.env["AWS_REGION"] = "";
    try {
      const error = await catchError(connector.listFunctions());
      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        operation: "ListFunctions",
        issues: [{ path: "region" }],
      });
      expect(aws.log).toEqual([]);
    } finally {
      if (region === undefined) delete process.env["AWS_REGION"];
      else process.env["AWS_REGION"] = region;
    }
  });

  it("is rejected for a function in another partition", async () => {
    const { aws, connector } = openWithRole();

    const error = await catchError(
      connector.invokeFunction({
        functionName: "arn:aws-cn:lambda:cn-north-1:222233334444:function:f",
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "did-not-run",
      issues: [
        {
          path: "functionName",
          rule: "partition",
          message:
            "functionName is in the partition aws-cn, but the connection's role is in aws; a role can be used only in its own partition",
        },
      ],
    });
    expect(aws.log).toEqual([]);
  });
});

describe("1,000 cold calls under a role", () => {
  const request = { functionName: "price" };
  const times = <Value>(create: () => Value): Value[] =>
    Array.from({ length: 1_000 }, create);

  it.each<[string, (connector: Connector) => Promise<unknown>]>([
    [
      "InvokeFunction",
      (connector) =>
        Promise.all(times(() => connector.invokeFunction(request))),
    ],
    [
      "ListFunctions",
      (connector) => Promise.all(times(() => connector.listFunctions())),
    ],
    [
      "ListFunctions.stream",
      (connector) =>
        Promise.all(times(() => readAll(connector.listFunctions.stream()))),
    ],
    [
      "InvokeWithResponseStream",
      (connector) =>
        Promise.all(
          times(() =>
            connector.invokeWithResponseStream({
              ...request,
              invocationType: "DryRun",
            }),
          ),
        ),
    ],
    [
      "InvokeMany",
      (connector) =>
        connector.invokeMany({
          requests: times(() => request),
          concurrency: 1_000,
        }),
    ],
  ])(
    "of %s send one request to STS and one to Parameter Store",
    async (_, run) => {
      const { aws, connector } = openWithRole(undefined, { maxSockets: 1_000 });

      await run(connector);

      expect([aws.count("ssm"), aws.count("sts")]).toEqual([1, 1]);
      expect(aws.count("lambda")).toBe(1_000);
    },
  );

  it("send one request to STS for each role of a chain", async () => {
    const { aws, connector } = openWithRole([
      { roleArn: `${ROLE}1`, externalIdKey: KEY },
      { roleArn: `${ROLE}2`, externalIdKey: KEY },
      { roleArn: `${ROLE}3`, externalIdKey: KEY },
    ]);

    await Promise.all(times(() => connector.invokeFunction(request)));

    expect([aws.count("ssm"), aws.count("sts")]).toEqual([1, 3]);
    expect(aws.count("lambda")).toBe(1_000);
  });
});
