import { createConnector, ListFunctions } from "../../../../src";
import { readConnection } from "../../../../src/engine/settings/Settings";
import { EXTERNAL_ID, ROLE } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";

/** Reads a connection with this role. */
function read(role: unknown, other: object = {}) {
  return readConnection(
    { ...connection, ...other, role: role as { roleArn: string } },
    "Test",
  );
}

/** Returns the issues of a connection with this role. */
async function findIssues(role: unknown, other: object = {}) {
  const error = await catchError(
    Promise.resolve().then(() => read(role, other)),
  );
  expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
  return (error as { issues: readonly { path: string; message: string }[] })
    .issues;
}

const chain = (count: number, last: object = {}) =>
  Array.from({ length: count }, (_, index) => ({
    roleArn: ROLE,
    ...(index === count - 1 && last),
  }));

describe("connection.role", () => {
  it.each<[string, unknown, string, string]>([
    [
      "a typo",
      { roleArm: ROLE },
      "role.roleArm",
      "role.roleArm is not a field of this object; did you mean roleArn?",
    ],
    ["no ARN", {}, "role.roleArn", "role.roleArn is required"],
    [
      "a typo in the second role",
      [{ roleArn: ROLE }, { roleArn: ROLE, externalIdKy: "key" }],
      "role[1].externalIdKy",
      "role[1].externalIdKy is not a field of this object; did you mean externalIdKey?",
    ],
    [
      "the ARN of a user",
      { roleArn: "arn:aws:iam::222233334444:user/anna" },
      "role.roleArn",
      "role.roleArn must be the ARN of a role, for example arn:aws:iam::222233334444:role/invoker",
    ],
    [
      "an external ID with a space",
      { roleArn: ROLE, externalId: "two words" },
      "role.externalId",
      "role.externalId must be 2 to 1224 letters, digits and _ + = , . @ : / -",
    ],
    [
      "an external ID that is undefined",
      { roleArn: ROLE, externalId: undefined },
      "role.externalId",
      "role.externalId must be an external ID, not undefined; omit it if the role requires none",
    ],
    [
      "an external ID key that is undefined",
      { roleArn: ROLE, externalIdKey: undefined },
      "role.externalIdKey",
      "role.externalIdKey must be the name of a parameter, not undefined; omit it if the role requires no external ID",
    ],
    [
      "an external ID key that is undefined in the second role",
      chain(2, { externalIdKey: undefined }),
      "role[1].externalIdKey",
      "role[1].externalIdKey must be the name of a parameter, not undefined; omit it if the role requires no external ID",
    ],
    [
      "two external IDs",
      { roleArn: ROLE, externalId: EXTERNAL_ID, externalIdKey: "key" },
      "role.externalIdKey",
      "role.externalIdKey cannot be combined with externalId; omit one of them",
    ],
    [
      "an empty key",
      [{ roleArn: ROLE, externalIdKey: "" }],
      "role[0].externalIdKey",
      "role[0].externalIdKey must not be empty; pass the name of a parameter, for example acme/prod/trustKey, or omit it",
    ],
    [
      "a duration that is too long",
      { roleArn: ROLE, durationSeconds: 43_201 },
      "role.durationSeconds",
      "role.durationSeconds must be an integer from 900 to 43200",
    ],
    [
      "a chained session of more than one hour",
      chain(2, { durationSeconds: 3_601 }),
      "role[1].durationSeconds",
      "role[1].durationSeconds must be at most 3600 because the role is assumed with another role session, and AWS limits chained role sessions to one hour",
    ],
    [
      "a session policy that is not JSON",
      { roleArn: ROLE, sessionPolicy: "all" },
      "role.sessionPolicy",
      'role.sessionPolicy must be "none" or a policy, as an object or a JSON string',
    ],
    [
      "a session policy that is too long",
      { roleArn: ROLE, sessionPolicy: { Sid: "x".repeat(2_048) } },
      "role.sessionPolicy",
      "role.sessionPolicy must be at most 2,048 characters long",
    ],
    [
      "a reserved source identity",
      { roleArn: ROLE, sourceIdentity: "aws:anna" },
      "role.sourceIdentity",
      "role.sourceIdentity must be 2 to 64 letters, digits and _ + = , . @ -",
    ],
    [
      "a tag without a value",
      { roleArn: ROLE, tags: [{ key: "shop" }] },
      "role.tags[0].value",
      "role.tags[0].value is required",
    ],
    [
      "repeated tags",
      {
        roleArn: ROLE,
        tags: [
          { key: "Shop", value: "" },
          { key: "shop", value: "" },
        ],
      },
      "role.tags[1].key",
      "role.tags[1].key must be unique, but tags[0] has the same key (AWS ignores case)",
    ],
    [
      "an empty array",
      [],
      "role",
      "role must be an object with roleArn, or an array of 1 to 5 of them, not an array of 0",
    ],
    [
      "six roles",
      chain(6),
      "role",
      "role must be an object with roleArn, or an array of 1 to 5 of them, not an array of 6",
    ],
    [
      "an ARN instead of an object",
      ROLE,
      "role",
      "role must be an object with roleArn, or an array of 1 to 5 of them, not a string",
    ],
    [
      "null",
      null,
      "role",
      "role must be an object with roleArn, or an array of 1 to 5 of them, not null",
    ],
    [
      "an ARN in an array",
      [ROLE],
      "role[0]",
      "role[0] must be a plain object, not a string",
    ],
    [
      "a getter that throws",
      Object.defineProperty({}, "roleArn", {
        enumerable: true,
        get: () => {
          throw new Error("no");
        },
      }),
      "role.roleArn",
      "role.roleArn could not be read because its getter threw",
    ],
    [
      "a role of another partition than the region",
      { roleArn: ROLE.replace("aws", "aws-cn") },
      "role.roleArn",
      "role.roleArn is in the partition aws-cn, but the connection's region eu-central-1 is in aws; use a region and credentials of aws-cn",
    ],
    [
      "roles of two partitions",
      chain(2, { roleArn: ROLE.replace("aws", "aws-cn") }),
      "role[1].roleArn",
      "role[1].roleArn is in the partition aws-cn, but role[0] is in aws; a role can be used only in its own partition",
    ],
  ])("is rejected with %s", async (_, role, ...[path, message]) => {
    const issues = await findIssues(role);

    expect(issues[0]).toMatchObject({ path, message });
  });

  it("is rejected with a revoked proxy, in or instead of the array", async () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();

    for (const role of [proxy, [proxy]])
      expect((await findIssues(role)).length).toBeGreaterThan(0);
  });

  it("reports all its issues together with those of the connection", async () => {
    const issues = await findIssues(
      { roleArn: "x", externalId: "y" },
      { timeoutMs: 0 },
    );

    expect(issues.map(({ path }) => path)).toEqual([
      "timeoutMs",
      "role.roleArn",
      "role.externalId",
    ]);
  });

  it("never repeats a value in its issues", async () => {
    const issues = await findIssues({
      roleArn: ROLE,
      externalId: `${EXTERNAL_ID} with space`,
    });

    expect(JSON.stringify(issues)).not.toContain(EXTERNAL_ID);
  });

  it("names the class or function to which the connection was passed", async () => {
    const wrong = { role: {} as { roleArn: string } };

    const errors = [
      await catchError(Promise.resolve().then(() => createConnector(wrong))),
      await catchError(Promise.resolve().then(() => new ListFunctions(wrong))),
    ];

    expect(errors.map(({ message }) => message)).toEqual([
      "createConnector: role.roleArn is required.",
      "ListFunctions: role.roleArn is required.",
    ]);
  });

  it("is copied deeply", () => {
    const policy = { Version: "2012-10-17", Statement: [] as object[] };
    const tag = { key: "shop", value: "Köln" };
    const role = { roleArn: ROLE, sessionPolicy: policy, tags: [tag] };
    const roles = [role];

    const settings = read(roles);
    policy.Statement.push({ Effect: "Allow", Action: "*", Resource: "*" });
    tag.value = "Bonn";
    role.roleArn = `${ROLE}2`;
    roles.push(role);

    expect(settings.role).toEqual([
      {
        path: "role[0]",
        role: {
          roleArn: ROLE,
          roleSessionName: "aws-lambda-connector",
          sessionPolicy: '{"Version":"2012-10-17","Statement":[]}',
          tags: [{ key: "shop", value: "Köln" }],
        },
      },
    ]);
  });

  it.each<[string, unknown]>([
    ["no role", undefined],
    ["another role", { roleArn: `${ROLE}2` }],
    ["another external ID", { roleArn: ROLE, externalId: "other" }],
    ["the same text as a key", { roleArn: ROLE, externalIdKey: EXTERNAL_ID }],
    [
      "two roles",
      [
        { roleArn: ROLE, externalId: EXTERNAL_ID },
        { roleArn: ROLE, externalId: EXTERNAL_ID },
      ],
    ],
    [
      "a session policy",
      { roleArn: ROLE, externalId: EXTERNAL_ID, sessionPolicy: "none" },
    ],
    [
      "a tag",
      {
        roleArn: ROLE,
        externalId: EXTERNAL_ID,
        tags: [{ key: "a", value: "b" }],
      },
    ],
  ])("makes the connection another one than with %s", (_, other) => {
    const own = read({ roleArn: ROLE, externalId: EXTERNAL_ID });

    const { key } = read(other);

    expect(own.key).not.toBe(key);
    expect(own.key).toMatch(/^[\w-]{43}$/);
  });

  it("makes equal connections equal", () => {
    const role = { roleArn: ROLE, externalId: EXTERNAL_ID };

    expect(read(role).key).toBe(read([{ ...role }]).key);
  });
});
