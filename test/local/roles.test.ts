import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type AssumeRoleCommandInput,
} from "@aws-sdk/client-sts";
import {
  startLocalAws,
  type LocalAws,
  type PolicyDocument,
} from "../../dist/local";
import { clientsOf, parsed, refusalOf } from "./clients";

const ROLE = "arn:aws:iam::222233334444:role/prices";
const FUNCTION = "arn:aws:lambda:eu-central-1:222233334444:function:price";
const asked = { RoleArn: ROLE, RoleSessionName: "node-1" };

function trust(
  AWS: string,
  externalId?: string,
  Action = "sts:*",
): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS },
      Action,
      ...(externalId !== undefined && {
        Condition: { StringEquals: { "sts:ExternalId": externalId } },
      }),
    },
  };
}

function allow(Action: string, Resource: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource }],
  };
}

describe("AssumeRole", () => {
  let local: LocalAws;
  let now = Date.now();

  /** Creates clients with the credentials of a session. */
  async function assume(input: Partial<AssumeRoleCommandInput> = {}) {
    const { Credentials } = await clientsOf(local).sts.send(
      new AssumeRoleCommand({ ...asked, ...input }),
    );
    return clientsOf(local, {
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
  }

  function userOf(name: string) {
    const user = local.users[name];
    if (!user) throw new Error(`No user ${name}`);
    return user;
  }

  beforeAll(async () => {
    local = await startLocalAws({
      clock: () => now,
      functions: { own: () => "own" },
      users: {
        gateway: { permissions: [allow("sts:AssumeRole", "*role/pri*")] },
        unprivileged: { permissions: [] },
      },
      roles: {
        named: { trust: trust("arn:aws:iam::111122223333:user/unprivileged") },
        counted: { trust: trust("111122223333") },
      },
      accounts: {
        "222233334444": {
          functions: { price: () => 990, other: () => 0 },
          roles: {
            prices: {
              trust: trust("arn:aws:iam::111122223333:root"),
              permissions: [allow("lambda:Invoke*", FUNCTION)],
            },
            partner: { trust: trust("111122223333", "acme/42:x") },
            long: { trust: trust("*"), maxSessionDuration: 43_200 },
            chained: { trust: trust(ROLE) },
            plain: { trust: trust("*", undefined, "sts:AssumeRole") },
            denying: {
              trust: {
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Principal: "*",
                    Action: "sts:AssumeRole",
                  },
                  {
                    Effect: "Deny",
                    Principal: {
                      AWS: "arn:aws:iam::111122223333:user/administrator",
                    },
                    Action: "sts:AssumeRole",
                  },
                ],
              },
            },
          },
        },
      },
    });
  });

  beforeEach(() => {
    now = Date.now();
  });

  afterAll(async () => {
    await local.close();
  });

  it("returns credentials with all members of AWS's response", async () => {
    const answer = await clientsOf(local).sts.send(
      new AssumeRoleCommand({ ...asked, DurationSeconds: 900 }),
    );

    expect(answer).toEqual({
      $metadata: expect.objectContaining({
        httpStatusCode: 200,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
      AssumedRoleUser: {
        AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{16}:node-1$/),
        Arn: "arn:aws:sts::222233334444:assumed-role/prices/node-1",
      },
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        SecretAccessKey: expect.stringMatching(/^.{40}$/),
        SessionToken: expect.stringMatching(/^.{100,}$/),
        Expiration: new Date(Math.floor((now + 900_000) / 1000) * 1000),
      },
    });
  });

  it("returns credentials that can only invoke in the other account", async () => {
    const { lambda, sts } = await assume();

    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "price" }),
    );
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    const refusals = await Promise.all(
      ["other", `${FUNCTION}:$LATEST`].map((FunctionName) =>
        refusalOf(lambda.send(new InvokeCommand({ FunctionName }))),
      ),
    );

    expect(parsed(answer)).toBe(990);
    expect(identity).toMatchObject({
      Account: "222233334444",
      Arn: "arn:aws:sts::222233334444:assumed-role/prices/node-1",
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{16}:node-1$/),
    });
    expect(refusals).toEqual(
      [FUNCTION.replace("price", "other"), `${FUNCTION}:$LATEST`].map(
        (resource) => ({
          status: 403,
          name: "AccessDeniedException",
          message: `User: arn:aws:sts::222233334444:assumed-role/prices/node-1 is not authorized to perform: lambda:InvokeFunction on resource: ${resource} because no identity-based policy allows the lambda:InvokeFunction action`,
        }),
      ),
    );
  });

  it("restricts a session to its session policy", async () => {
    const { lambda } = await assume({
      Policy: JSON.stringify(allow("lambda:InvokeFunction", "*:other")),
    });

    const refusal = await refusalOf(
      lambda.send(new InvokeCommand({ FunctionName: "price" })),
    );

    expect(refusal.message).toBe(
      `User: arn:aws:sts::222233334444:assumed-role/prices/node-1 is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION} because no session policy allows the lambda:InvokeFunction action`,
    );
  });

  it("distinguishes an explicit deny from a missing permission", async () => {
    const { lambda } = await assume({
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Effect: "Deny", Action: "lambda:*", Resource: "*:function:pric?" },
        ],
      }),
    });

    const refusal = await refusalOf(
      lambda.send(new InvokeCommand({ FunctionName: "price" })),
    );

    expect(refusal.message).toMatch(
      /with an explicit deny in a session policy$/,
    );
  });

  it.each([
    ["the right external ID", "acme/42:x", true],
    ["a wrong external ID", "acme/43:x", false],
    ["no external ID", undefined, false],
  ])("decides on %s", async (_what, ExternalId, isLent) => {
    const call = clientsOf(local).sts.send(
      new AssumeRoleCommand({
        ...asked,
        RoleArn: ROLE.replace("prices", "partner"),
        ExternalId,
      }),
    );

    const lent = await call.then(
      () => true,
      (error: unknown) => (error as Error).message,
    );

    expect(lent).toBe(
      isLent ||
        "User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222233334444:role/partner",
    );
  });

  it("returns the same error for a missing role and for a denied role", async () => {
    const { sts } = clientsOf(local);
    const names = ["absent", "partner", "denying"];

    const refusals = await Promise.all(
      names.map((name) =>
        refusalOf(
          sts.send(
            new AssumeRoleCommand({
              ...asked,
              RoleArn: ROLE.replace("prices", name),
            }),
          ),
        ),
      ),
    );

    expect(refusals).toEqual(
      names.map((name) => ({
        status: 403,
        name: "AccessDenied",
        message: `User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222233334444:role/${name}`,
      })),
    );
  });

  it.each([
    ["gateway", ROLE, true],
    ["unprivileged", ROLE, false],
    ["unprivileged", "arn:aws:iam::111122223333:role/counted", false],
    ["unprivileged", "arn:aws:iam::111122223333:role/named", true],
    ["gateway", "arn:aws:iam::111122223333:role/named", false],
  ])("lets the user %s assume %s: %s", async (user, RoleArn, isLent) => {
    const { sts } = clientsOf(local, { credentials: userOf(user) });

    const lent = await sts
      .send(new AssumeRoleCommand({ ...asked, RoleArn }))
      .then(
        () => true,
        () => false,
      );

    expect(lent).toBe(isLent);
  });

  it("lets a session assume another role for at most one hour", async () => {
    const { sts } = await assume();
    const further = {
      RoleArn: ROLE.replace("prices", "chained"),
      RoleSessionName: "second",
    };

    const { AssumedRoleUser } = await sts.send(new AssumeRoleCommand(further));
    const refusal = await refusalOf(
      sts.send(new AssumeRoleCommand({ ...further, DurationSeconds: 3601 })),
    );

    expect(AssumedRoleUser?.Arn).toBe(
      "arn:aws:sts::222233334444:assumed-role/chained/second",
    );
    expect(refusal).toEqual({
      status: 400,
      name: "ValidationError",
      message:
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    });
  });

  it("limits the duration to the role's maximum", async () => {
    const { sts } = clientsOf(local);
    const RoleArn = ROLE.replace("prices", "long");

    const lent = await sts.send(
      new AssumeRoleCommand({ ...asked, RoleArn, DurationSeconds: 43_200 }),
    );
    const refusal = await refusalOf(
      sts.send(new AssumeRoleCommand({ ...asked, DurationSeconds: 3601 })),
    );

    expect(lent.Credentials?.Expiration?.getTime()).toBe(
      Math.floor((now + 43_200_000) / 1000) * 1000,
    );
    expect(refusal.message).toBe(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  });

  it("keeps the source identity through a role chain", async () => {
    const RoleArn = ROLE.replace("prices", "long");
    const { sts } = await assume({ SourceIdentity: "ada" });

    const kept = await refusalOf(
      sts.send(
        new AssumeRoleCommand({ ...asked, RoleArn, SourceIdentity: "bob" }),
      ),
    );
    const lent = await sts.send(
      new AssumeRoleCommand({
        RoleArn: ROLE.replace("prices", "chained"),
        RoleSessionName: "second",
      }),
    );

    expect(kept.name).toBe("AccessDenied");
    expect(lent.SourceIdentity).toBe("ada");
  });

  it("requires sts:TagSession for tags", async () => {
    const Tags = [{ Key: "team", Value: "core" }];
    const { sts } = clientsOf(local);

    const lent = await sts.send(new AssumeRoleCommand({ ...asked, Tags }));
    const refusal = await refusalOf(
      sts.send(
        new AssumeRoleCommand({
          ...asked,
          Tags,
          RoleArn: ROLE.replace("prices", "plain"),
        }),
      ),
    );

    expect(lent).toMatchObject({ PackedPolicySize: 1 });
    expect(refusal.message).toBe(
      "User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:TagSession on resource: arn:aws:iam::222233334444:role/plain",
    );
  });

  it.each([
    [
      { RoleArn: "arn:aws:sts::222233334444:role/prices" },
      "ValidationError",
      "arn:aws:sts::222233334444:role/prices is invalid",
    ],
    [
      { DurationSeconds: 60 },
      "ValidationError",
      "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      { ExternalId: "x" },
      "ValidationError",
      "1 validation error detected: Value 'x' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      { Policy: "{" },
      "MalformedPolicyDocumentException",
      "This policy contains invalid Json",
    ],
    [
      { Policy: JSON.stringify({ Statement: { Effect: "Allow" } }) },
      "MalformedPolicyDocumentException",
      "The session policy Statement[0] Action must be a string or an array of strings; Statement[0] Resource must be a string or an array of strings.",
    ],
    [
      {
        Policy: JSON.stringify({
          Statement: { Effect: "Allow", Principal: "*", Action: "*" },
        }),
      },
      "MalformedPolicyDocumentException",
      expect.stringContaining("has Principal, which the embedded AWS does not"),
    ],
    [
      { PolicyArns: [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }] },
      "NotAvailableInLocalAws",
      "AssumeRole with PolicyArns is not supported by the embedded AWS of aws-lambda-connector.",
    ],
    [
      { SerialNumber: "GAHT12345678", TokenCode: "123456" },
      "NotAvailableInLocalAws",
      "AssumeRole with SerialNumber is not supported by the embedded AWS of aws-lambda-connector.",
    ],
    [
      {
        Tags: [
          { Key: "team", Value: "a" },
          { Key: "Team", Value: "b" },
        ],
      },
      "InvalidParameterValue",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    ],
    [
      { TransitiveTagKeys: ["team"] },
      "InvalidParameterValue",
      "The specified transitive tag key must be included in the requested tags.",
    ],
  ])("rejects %j", async (input, ...[name, message]) => {
    const refusal = await refusalOf(
      clientsOf(local).sts.send(new AssumeRoleCommand({ ...asked, ...input })),
    );

    expect(refusal).toMatchObject({ name, message });
  });

  it("reports missing parameters", async () => {
    const refusal = await refusalOf(
      clientsOf(local).sts.send(
        new AssumeRoleCommand({} as AssumeRoleCommandInput),
      ),
    );

    expect(refusal.message).toBe(
      "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
    );
  });

  it("rejects unsupported operations", async () => {
    const refusal = await refusalOf(
      clientsOf(local).sts.send(new GetSessionTokenCommand({})),
    );

    expect(refusal).toEqual({
      status: 400,
      name: "NotAvailableInLocalAws",
      message:
        "GetSessionToken is not supported by the embedded AWS of aws-lambda-connector.",
    });
  });

  it("responds with escaped XML in the namespace of STS", async () => {
    const refusal = await refusalOf(
      clientsOf(local).sts.send(
        new AssumeRoleCommand({ ...asked, RoleSessionName: "<a & b>" }),
      ),
    );

    expect(refusal).toEqual({
      status: 400,
      name: "ValidationError",
      message:
        "1 validation error detected: Value '<a & b>' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    });
  });

  it("rejects expired credentials with each service's error code", async () => {
    const { lambda, sts, ssm } = await assume({ DurationSeconds: 900 });
    now += 899_000;
    await lambda.send(new InvokeCommand({ FunctionName: "price" }));
    now += 1_000;

    const refusals = await Promise.all([
      refusalOf(lambda.send(new InvokeCommand({ FunctionName: "price" }))),
      refusalOf(sts.send(new GetCallerIdentityCommand({}))),
      refusalOf(ssm.send(new GetParameterCommand({ Name: "x" }))),
    ]);

    const message = "The security token included in the request is expired";
    expect(refusals).toEqual([
      { status: 403, name: "ExpiredTokenException", message },
      { status: 403, name: "ExpiredToken", message },
      { status: 400, name: "ExpiredTokenException", message },
    ]);
  });

  it("limits every session to sessionSeconds", async () => {
    const brief = await startLocalAws({
      sessionSeconds: 0.05,
      roles: { any: { trust: trust("*") } },
    });

    const { Credentials } = await clientsOf(brief).sts.send(
      new AssumeRoleCommand({
        RoleArn: "arn:aws:iam::111122223333:role/any",
        RoleSessionName: "brief",
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 60));
    const { sts } = clientsOf(brief, {
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
    const refusal = await refusalOf(sts.send(new GetCallerIdentityCommand({})));
    await brief.close();

    expect(refusal.name).toBe("ExpiredToken");
  });
});
