import { createConnector } from "../../../../src";
import { EXTERNAL_ID, stsError } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import {
  ACCOUNT,
  INVOKE,
  KEY,
  LIST,
  ROLE,
  openWithRole,
} from "../../../roleOperations";

const MINUTE_MS = 60_000;

describe("a chain of roles", () => {
  const HUB = "arn:aws:iam::111122223333:role/hub";
  const MIDDLE = "arn:aws:iam::333344445555:role/middle";
  const assume = (role: string) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        Resource: role,
      },
    ],
  });
  const list = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "lambda:ListFunctions", Resource: "*" },
    ],
  };
  const withKey = (...arns: string[]) =>
    arns.map((roleArn) => ({ roleArn, externalIdKey: KEY }));

  it("assumes each role with the session of the previous one, narrowed to that", async () => {
    const { aws, connector } = openWithRole(withKey(HUB, ROLE));

    await connector.listFunctions();

    expect(aws.log).toEqual([
      "caller: ssm GetParameter",
      "caller: sts AssumeRole",
      "hub#1: sts AssumeRole",
      `lister#2: ${LIST}`,
    ]);
    expect(aws.sessions.map(({ policy }) => policy)).toEqual([
      assume(ROLE),
      list,
    ]);
  });

  it("can have three roles, of which operations share all but the last session", async () => {
    const { aws, connector } = openWithRole(withKey(HUB, MIDDLE, ROLE));

    await connector.listFunctions();
    await connector.validateCredentials();

    expect(aws.log.filter((line) => line.includes("Assume"))).toEqual([
      "caller: sts AssumeRole",
      "hub#1: sts AssumeRole",
      "middle#2: sts AssumeRole",
      "middle#2: sts AssumeRole",
    ]);
    expect(aws.sessions.slice(0, 3).map(({ policy }) => policy)).toEqual([
      assume(MIDDLE),
      assume(ROLE),
      list,
    ]);
  });

  it("keeps the last session when the previous ones have expired", async () => {
    const { aws, clock, connector } = openWithRole(withKey(HUB, ROLE));
    await connector.listFunctions();
    clock.pass(30 * MINUTE_MS);
    await connector.validateCredentials();
    clock.pass(40 * MINUTE_MS);

    await connector.validateCredentials();

    expect(aws.log.at(-1)).toBe("lister#3: sts GetCallerIdentity");
    expect(aws.sessions).toHaveLength(3);
  });

  it("replaces a session that AWS rejects when it assumes the next role", async () => {
    const { aws, connector } = openWithRole(withKey(HUB, ROLE));
    aws.reply = ({ by }) =>
      by === "hub#1" ? stsError(403, "ExpiredToken", "expired") : undefined;

    await connector.listFunctions();

    expect(aws.log).toEqual([
      "caller: ssm GetParameter",
      "caller: sts AssumeRole",
      "hub#1: sts AssumeRole",
      "caller: sts AssumeRole",
      "hub#2: sts AssumeRole",
      `lister#3: ${LIST}`,
    ]);
  });

  it("uses the session policies that are given", async () => {
    const { aws, connector } = openWithRole([
      { roleArn: HUB, externalId: EXTERNAL_ID, sessionPolicy: "none" },
      { roleArn: ROLE, externalId: EXTERNAL_ID },
    ]);

    await connector.listFunctions();

    expect(aws.sessions.map(({ policy }) => policy)).toEqual([undefined, list]);
  });

  it("fails with an error that names the role that could not be assumed", async () => {
    const { aws, connector } = openWithRole(withKey(HUB, ROLE));
    aws.reply = ({ by, action }) =>
      by === "hub#1" && action === "sts AssumeRole"
        ? stsError(403, "AccessDenied", `not with ${EXTERNAL_ID}`)
        : undefined;

    const error = await catchError(connector.listFunctions());

    expect(error.toJSON()).toEqual({
      name: "CredentialsError",
      code: "ERR_CREDENTIALS",
      operation: "ListFunctions",
      retryable: false,
      roleArn: ROLE,
      serviceCode: "AccessDenied",
      message: `ListFunctions: the role ${ROLE} could not be assumed; AWS returned AccessDenied (not with [hidden]). Check that the role exists, that its trust policy names the role ${HUB}, that the permissions of that role allow sts:AssumeRole on it (assumePolicy() generates one), and that the external ID in parameter ${KEY} (role[1].externalIdKey of the connection) is the one it requires.`,
    });
  });
});

describe("AssumeRoleInvoke under the connection's role", () => {
  const TARGET = "arn:aws:iam::333344445555:role/invoker";
  const request = {
    functionName: "price",
    roleArn: TARGET,
    externalIdKey: KEY,
  };

  it("reads the external ID and assumes the request's role with the connection's session", async () => {
    const { aws, connector } = openWithRole();

    await connector.assumeRoleInvoke(request);
    await connector.assumeRoleInvoke(request);

    expect(aws.log).toEqual([
      "caller: ssm GetParameter",
      "caller: sts AssumeRole",
      "lister#1: ssm GetParameter",
      "lister#1: sts AssumeRole",
      `invoker#2: ${INVOKE}`,
      `invoker#2: ${INVOKE}`,
    ]);
    expect(aws.sessions[0]?.policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "ssm:GetParameter",
          Resource: `arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter/acme/prod/trustKey`,
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringLike: { "kms:ViaService": "ssm.eu-central-1.*" },
          },
        },
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
          Resource: TARGET,
        },
      ],
    });
  });

  it("invokes a function in its own region, and assumes both roles in the connection's", async () => {
    const { aws, connector } = openWithRole();

    await connector.assumeRoleInvoke({
      ...request,
      functionName: "arn:aws:lambda:us-west-2:333344445555:function:price",
    });

    expect(aws.requests.map(({ region }) => region)).toEqual([
      ...Array.from({ length: 4 }, () => "eu-central-1"),
      "us-west-2",
    ]);
    expect(JSON.stringify(aws.sessions[1]?.policy)).toContain(":us-west-2:");
  });

  it("may read nothing for a request without externalIdKey", async () => {
    const { aws, connector } = openWithRole();

    await connector.assumeRoleInvoke({
      functionName: request.functionName,
      roleArn: request.roleArn,
      externalId: EXTERNAL_ID,
    });

    expect(JSON.stringify(aws.sessions[0]?.policy)).not.toContain("ssm:");
  });

  it("is limited to one hour, as every chained session", async () => {
    const { connector } = openWithRole();

    const error = await catchError(
      connector.assumeRoleInvoke({ ...request, durationSeconds: 3_601 }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "did-not-run",
      issues: [{ path: "durationSeconds", rule: "chained" }],
    });
  });

  it("uses another session than without the connection's role", async () => {
    const { aws, connector, hooks } = openWithRole();

    await connector.assumeRoleInvoke(request);
    await createConnector(connection, hooks).assumeRoleInvoke(request);

    expect(aws.log.slice(5)).toEqual([
      "caller: sts AssumeRole",
      `invoker#3: ${INVOKE}`,
    ]);
  });

  it("is checked by CheckAssumeRole with the connection's session", async () => {
    const { aws, connector } = openWithRole();

    const report = await connector.checkAssumeRole(request);

    expect(report.checks.map(({ check }) => check)).toContain("caller");
    const own = aws.log.filter((line) => line.startsWith("caller:"));
    expect(own).toEqual(["caller: ssm GetParameter", "caller: sts AssumeRole"]);
  });
});
