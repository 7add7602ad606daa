import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
} from "@aws-sdk/client-sts";
import {
  LocalAwsError,
  startLocalAws,
  type LocalAws,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyStatement,
} from "../../dist/local";
import { clientsOf, refusalOf } from "./clients";

type Asked = Partial<AssumeRoleCommandInput>;

/** A request to assume a role with a condition in its trust policy, and whether it is allowed. */
const TRUSTED: readonly (readonly [PolicyCondition, Asked, boolean])[] = [
  [id("StringEquals", "acme-1"), { ExternalId: "acme-1" }, true],
  [id("StringEquals", "acme-1"), { ExternalId: "ACME-1" }, false],
  [id("StringEquals", ["acme-1", "acme-2"]), { ExternalId: "acme-2" }, true],
  [id("StringEquals", "acme-?"), { ExternalId: "acme-1" }, false],
  [id("StringEquals", "acme-1"), {}, false],
  [id("StringEqualsIfExists", "acme-1"), {}, true],
  [id("StringEqualsIfExists", "acme-1"), { ExternalId: "acme-2" }, false],
  [id("StringNotEquals", "acme-1"), { ExternalId: "acme-2" }, true],
  [id("StringNotEquals", "acme-1"), { ExternalId: "acme-1" }, false],
  [id("StringNotEquals", "acme-1"), {}, true],
  [id("StringNotEquals", ["a1", "a2"]), { ExternalId: "a2" }, false],
  [id("StringLike", "acme-?*"), { ExternalId: "acme-1" }, true],
  [id("StringLike", "acme-?*"), { ExternalId: "acme-" }, false],
  [id("StringNotLike", "acme-*"), { ExternalId: "acme-1" }, false],
  [id("StringEqualsIgnoreCase", "acme-1"), { ExternalId: "ACME-1" }, true],
  [id("Null", "false"), { ExternalId: "acme-1" }, true],
  [id("Null", false), {}, false],
  [id("Null", "true"), {}, true],
  [{ StringEquals: { "STS:externalid": "x1" } }, { ExternalId: "x1" }, true],
  [session("node-*"), { RoleSessionName: "node-1" }, true],
  [session("node-*"), { RoleSessionName: "edge-1" }, false],
  [{ StringEquals: { "sts:SourceIdentity": "ada" } }, {}, false],
  [
    { StringEquals: { "sts:SourceIdentity": "ada" } },
    { SourceIdentity: "ada" },
    true,
  ],
  [tagged("StringEquals", "Team", "core"), { Tags: tags("team=core") }, true],
  [tagged("StringEquals", "team", "core"), { Tags: tags("team=edge") }, false],
  [tagged("StringEquals", "team", "core"), {}, false],
  [tagged("Bool", "paid", true), { Tags: tags("paid=true") }, true],
  [keys("ForAllValues", ["team", "stage"]), { Tags: tags("team=a") }, true],
  [
    keys("ForAllValues", ["team", "stage"]),
    { Tags: tags("team=a", "cost=b") },
    false,
  ],
  [keys("ForAllValues", ["team", "stage"]), {}, true],
  [keys("ForAnyValue", ["team"]), { Tags: tags("team=a", "cost=b") }, true],
  [keys("ForAnyValue", ["team"]), { Tags: tags("cost=b") }, false],
  [keys("ForAnyValue", ["team"]), {}, false],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/admin*" } }, {}, true],
  [{ ArnLike: { "aws:PrincipalArn": "arn:*:user/admin*" } }, {}, false],
  [
    { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::*:user/admin*" } },
    {},
    false,
  ],
  [{ StringEquals: { "aws:PrincipalAccount": "111122223333" } }, {}, true],
  [{ StringEquals: { "aws:PrincipalAccount": "222233334444" } }, {}, false],
  [{ StringEquals: { "aws:RequestedRegion": "eu-central-1" } }, {}, true],
  [{ StringEquals: { "aws:RequestedRegion": "us-east-1" } }, {}, false],
  [
    {
      StringEquals: {
        "sts:ExternalId": "x1",
        "aws:RequestedRegion": "us-east-1",
      },
    },
    { ExternalId: "x1" },
    false,
  ],
  [{}, {}, true],
];

function id(operator: string, value: unknown): PolicyCondition {
  return { [operator]: { "sts:ExternalId": value } };
}

function session(pattern: string): PolicyCondition {
  return { StringLike: { "sts:RoleSessionName": pattern } };
}

function tagged(operator: string, key: string, value: unknown) {
  return {
    [operator]: { [`aws:RequestTag/${key}`]: value },
  } as PolicyCondition;
}

function keys(quantifier: string, values: readonly string[]): PolicyCondition {
  return { [`${quantifier}:StringEquals`]: { "aws:TagKeys": values } };
}

function tags(...pairs: readonly string[]) {
  return pairs.map((pair) => {
    const [Key, Value] = pair.split("=");
    return { Key, Value };
  });
}

function trust(statement: Partial<PolicyStatement>): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "sts:*", ...statement },
    ],
  };
}

function allow(statement: Partial<PolicyStatement>): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }],
  };
}

const ROLE = "arn:aws:iam::111122223333:role";
const FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function";

describe("Conditions", () => {
  let local: LocalAws;

  beforeAll(async () => {
    local = await startLocalAws({
      functions: { price: () => 990, other: () => 0 },
      parameters: { flat: "value" },
      users: {
        elsewhere: {
          permissions: [
            allow({
              Condition: {
                StringEquals: { "aws:RequestedRegion": "us-east-1" },
              },
            }),
          ],
        },
        except: {
          permissions: [
            allow({
              Action: undefined,
              NotAction: "ssm:*",
              Resource: undefined,
              NotResource: `${FUNCTION}:other`,
            }),
          ],
        },
      },
      roles: {
        ...Object.fromEntries(
          TRUSTED.map(([Condition], index) => [
            `trusted${index}`,
            { trust: trust({ Condition }) },
          ]),
        ),
        team: {
          trust: trust({}),
          permissions: [
            allow({
              Condition: {
                StringEquals: {
                  "aws:PrincipalTag/team": "core",
                  "aws:SourceIdentity": "ada",
                },
              },
            }),
            allow({ Action: "sts:*" }),
          ],
        },
        untagged: {
          trust: trust({
            Action: undefined,
            NotAction: ["sts:TagSession", "sts:SetSourceIdentity"],
          }),
        },
        mapped: {
          trust: trust({}),
          permissions: [
            allow({
              Condition: { ArnLike: { "lambda:FunctionArn": `${FUNCTION}:*` } },
            }),
          ],
        },
        full: { trust: trust({}), permissions: [allow({})] },
      },
    });
  });

  afterAll(async () => {
    await local.close();
  });

  function assume(role: string, input: Asked = {}, from = clientsOf(local)) {
    return from.sts.send(
      new AssumeRoleCommand({
        RoleArn: `${ROLE}/${role}`,
        RoleSessionName: "node-1",
        ...input,
      }),
    );
  }

  async function sessionOf(...args: Parameters<typeof assume>) {
    const { Credentials } = await assume(...args);
    return clientsOf(local, {
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
  }

  const invoke = (
    { lambda }: ReturnType<typeof clientsOf>,
    FunctionName = "price",
  ) =>
    lambda.send(new InvokeCommand({ FunctionName })).then(
      () => true,
      () => false,
    );

  it.each(TRUSTED.map(([...row], index) => [...row, index] as const))(
    "%j with %j lends: %s",
    async (...[, input, isLent, index]) => {
      const lent = await assume(`trusted${index}`, input).then(
        () => true,
        () => false,
      );

      expect(lent).toBe(isLent);
    },
  );

  it("restrict a session by its tags and its source identity", async () => {
    const asked = { Tags: tags("team=core"), SourceIdentity: "ada" };

    const answers = await Promise.all(
      [
        asked,
        { ...asked, Tags: tags("team=edge") },
        { ...asked, SourceIdentity: "bob" },
        {},
      ].map(async (input) => invoke(await sessionOf("team", input))),
    );

    expect(answers).toEqual([true, false, false, false]);
  });

  it("match only tags that the next session inherits", async () => {
    const first = await sessionOf("full", {
      Tags: tags("team=core"),
      TransitiveTagKeys: ["team"],
      SourceIdentity: "ada",
    });
    const plain = await sessionOf("full", {
      Tags: tags("team=core"),
      SourceIdentity: "ada",
    });

    const answers = [
      await invoke(await sessionOf("team", {}, first)),
      await invoke(await sessionOf("team", {}, plain)),
    ];

    expect(answers).toEqual([true, false]);
  });

  it("restrict a user by the requested region", async () => {
    const credentials = local.users["elsewhere"] ?? local.credentials;

    const refusals = await Promise.all(
      ["eu-central-1", "us-east-1"].map((region) =>
        refusalOf(
          clientsOf(local, { credentials, region }).lambda.send(
            new InvokeCommand({ FunctionName: "price" }),
          ),
        ),
      ),
    );

    expect(refusals.map(({ name }) => name)).toEqual([
      "AccessDeniedException",
      "ResourceNotFoundException",
    ]);
  });

  it("apply NotAction and NotResource to everything else", async () => {
    const credentials = local.users["except"] ?? local.credentials;
    const clients = clientsOf(local, { credentials });

    const answers = [
      await invoke(clients),
      await invoke(clients, "other"),
      await clients.ssm.send(new GetParameterCommand({ Name: "flat" })).then(
        () => true,
        () => false,
      ),
    ];

    expect(answers).toEqual([true, false, false]);
  });

  it("do not match lambda:FunctionArn in an invocation, as in AWS", async () => {
    const answer = await invoke(await sessionOf("mapped"));

    expect(answer).toBe(false);
  });

  it.each([
    ["sts:TagSession", { Tags: tags("team=core") }],
    ["sts:SetSourceIdentity", { SourceIdentity: "ada" }],
  ])("require %s for a session that has it", async (action, input) => {
    const refusal = await refusalOf(assume("untagged", input));

    expect(refusal.message).toBe(
      `User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: ${action} on resource: ${ROLE}/untagged`,
    );
  });

  it("require every role of a chain to allow the source identity", async () => {
    const first = await sessionOf("full", { SourceIdentity: "ada" });

    const refusal = await refusalOf(assume("untagged", {}, first));

    expect(refusal.message).toContain("perform: sts:SetSourceIdentity on");
  });

  it("restrict a session by the conditions of its session policy", async () => {
    const answers = await Promise.all(
      ["eu-central-1", "us-east-1"].map(async (region) =>
        invoke(
          await sessionOf("full", {
            Policy: JSON.stringify(
              allow({
                Condition: { StringEquals: { "aws:RequestedRegion": region } },
              }),
            ),
          }),
        ),
      ),
    );

    expect(answers).toEqual([true, false]);
  });

  it.each<[object, string]>([
    [
      { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      "Condition has IpAddress, which the embedded AWS does not support",
    ],
    [
      { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } },
      "Condition has DateLessThan, which the embedded AWS does not support",
    ],
    [
      { NullIfExists: { "sts:ExternalId": "true" } },
      "Condition has NullIfExists, which the embedded AWS does not support",
    ],
    [
      { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      "Condition.StringEquals.aws:PrincipalOrgID is a key that the embedded AWS does not support",
    ],
    [
      { StringEquals: { "aws:RequestTag/": "x" } },
      "Condition.StringEquals.aws:RequestTag/ is a key that the embedded AWS does not support",
    ],
    [
      { StringEquals: { "aws:TagKeys": "team" } },
      "Condition.StringEquals.aws:TagKeys is a key with several values; prefix the operator with ForAnyValue: or ForAllValues:",
    ],
    [
      { StringEquals: { "aws:PrincipalTag/team": "${aws:RequestTag/team}" } },
      "Condition.StringEquals.aws:PrincipalTag/team has a policy variable in ${aws:RequestTag/team}, which the embedded AWS does not support",
    ],
    [
      { StringEquals: { "sts:ExternalId": [] } },
      "Condition.StringEquals.sts:ExternalId must be a string or an array of strings",
    ],
    [
      { StringEquals: { "sts:ExternalId": 7 } },
      "Condition.StringEquals.sts:ExternalId must be a string or an array of strings",
    ],
    [
      { Null: { "sts:ExternalId": "maybe" } },
      "Condition.Null.sts:ExternalId must be true or false",
    ],
    [
      { StringEquals: "x" },
      "Condition.StringEquals must be an object of condition keys",
    ],
    [["x"], "Condition must be an object of operators"],
  ])("reject %j in options and in a session policy", async (given, problem) => {
    const Condition = given as PolicyCondition;
    const error = await startLocalAws({
      roles: { gate: { trust: trust({ Condition }) } },
      users: { ada: { permissions: [allow({ Condition })] } },
    }).catch((thrown: unknown) => thrown);
    const refusal = await refusalOf(
      assume("full", { Policy: JSON.stringify(allow({ Condition })) }),
    );

    expect(error).toBeInstanceOf(LocalAwsError);
    expect((error as LocalAwsError).problems).toEqual([
      `roles.gate.trust Statement[0] ${problem}`,
      `users.ada.permissions[0] Statement[0] ${problem}`,
    ]);
    expect(refusal).toEqual({
      status: 400,
      name: "MalformedPolicyDocumentException",
      message: `The session policy Statement[0] ${problem}.`,
    });
  });
});

describe("an element of a policy that is undefined", () => {
  it("is ignored, as in JSON", async () => {
    const local = await startLocalAws({
      users: {
        ada: {
          permissions: [
            {
              Version: undefined,
              Statement: {
                Effect: "Allow",
                Action: "*",
                NotAction: undefined,
                Resource: "*",
                Principal: undefined,
                Condition: undefined,
              },
            },
          ],
        },
      },
    });

    expect(Object.keys(local.users)).toEqual(["ada"]);
    await local.close();
  });
});
