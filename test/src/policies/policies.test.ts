import { assumePolicy, invokePolicy, trustPolicy } from "../../../src";
import type { Input } from "../../../src/engine/validation/Input";
import { EXTERNAL_ID } from "../../awsResponses";
import { catchError } from "../../catchError";

type TrustRequest = Parameters<typeof trustPolicy>[0];
type InvokeRequest = Parameters<typeof invokePolicy>[0];
type AssumeRequest = Input<NonNullable<Parameters<typeof assumePolicy>[0]>>;

const GATEWAY = "arn:aws:iam::111122223333:role/gateway";
const ROLE = "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices";
const PLACEHOLDER = "<value stored under acme/prod/trustKey>";
const PRICE = "arn:aws:lambda:eu-central-1:222233334444:function:price";

function isFrozen(value: unknown): boolean {
  return (
    typeof value !== "object" ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  );
}

describe("trustPolicy", () => {
  it("trusts one role and requires an external ID", () => {
    const policy = trustPolicy({ principal: GATEWAY, externalId: EXTERNAL_ID });

    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: GATEWAY },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": EXTERNAL_ID } },
        },
      ],
    });
    expect(isFrozen(policy)).toBe(true);
  });

  it.each([
    [undefined, "arn:aws:iam::111122223333:root"],
    ["eu-central-1", "arn:aws:iam::111122223333:root"],
    ["cn-north-1", "arn:aws-cn:iam::111122223333:root"],
    ["us-gov-west-1", "arn:aws-us-gov:iam::111122223333:root"],
    ["eusc-de-east-1", "arn:aws-eusc:iam::111122223333:root"],
  ])("trusts an account in %s", (region, AWS) => {
    const policy = trustPolicy({
      principal: "111122223333",
      placeholder: PLACEHOLDER,
      region,
    });

    expect(policy.Statement[0].Principal).toEqual({ AWS });
  });

  it("serializes to the JSON that IAM accepts, with a placeholder for an unknown external ID", () => {
    const policy = trustPolicy({
      principal: GATEWAY,
      placeholder: PLACEHOLDER,
    });

    expect(JSON.stringify(policy, null, 2)).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": "${GATEWAY}"
      },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "sts:ExternalId": "${PLACEHOLDER}"
        }
      }
    }
  ]
}`);
  });

  it("allows session tags and a source identity if requested", () => {
    const [statement] = trustPolicy({
      principal: GATEWAY,
      placeholder: PLACEHOLDER,
      sourceIdentity: true,
      tags: true,
    }).Statement;

    expect(statement.Action).toEqual([
      "sts:AssumeRole",
      "sts:TagSession",
      "sts:SetSourceIdentity",
    ]);
  });

  it.each<[object, string, string]>([
    [
      { principal: GATEWAY },
      "externalId",
      "externalId or placeholder is required; without an external ID, anyone who can make the principal assume the role can use it (the confused deputy problem)",
    ],
    [
      {
        principal: GATEWAY,
        externalId: EXTERNAL_ID,
        placeholder: PLACEHOLDER,
      },
      "externalId",
      "externalId cannot be combined with placeholder; omit one of them",
    ],
    [
      { principal: GATEWAY, placeholder: EXTERNAL_ID },
      "placeholder",
      "placeholder must be a string in angle brackets, for example <value stored under acme/prod/trustKey>",
    ],
    [
      { principal: GATEWAY, externalId: "a*" },
      "externalId",
      "externalId must be 2 to 1224 letters, digits and _ + = , . @ : / -",
    ],
    ...[
      "*",
      "1111",
      "arn:aws:iam::111122223333:role/*",
      "arn:aws:sts::111122223333:role/gateway",
      "lambda.amazonaws.com",
    ].map((principal): [object, string, string] => [
      { principal, placeholder: PLACEHOLDER },
      "principal",
      "principal must be an account ID of 12 digits, or the ARN of a role, a user or an account's root, for example arn:aws:iam::111122223333:role/gateway",
    ]),
    [
      { principal: GATEWAY, placeholder: PLACEHOLDER, region: "cn-north-1" },
      "region",
      "region must be in the principal's partition aws, or omitted",
    ],
    [
      { principal: GATEWAY, placeholder: PLACEHOLDER, tags: "yes" },
      "tags",
      "tags must be true or false",
    ],
    [{ placeholder: PLACEHOLDER }, "principal", "principal is required"],
  ])("rejects %j", async (request, path, message) => {
    const error = await catchError(() => trustPolicy(request as TrustRequest));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "trustPolicy",
      message: `trustPolicy: ${message}.`,
      issues: [{ path, message }],
    });
  });

  it("rejects an unknown field and names it", async () => {
    const error = await catchError(() =>
      trustPolicy({ principal: GATEWAY, externalID: "x" } as never),
    );

    expect(error.message).toContain("externalID");
  });
});

describe("invokePolicy", () => {
  it("allows invoking one function by its name", () => {
    const policy = invokePolicy({
      functionName: "price",
      roleArn: ROLE,
      region: "eu-central-1",
    });

    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          Resource: [PRICE],
        },
      ],
    });
    expect(isFrozen(policy)).toBe(true);
  });

  it.each<[InvokeRequest, readonly string[]]>([
    [{ functionName: PRICE }, [PRICE]],
    [{ functionName: `${PRICE}:live` }, [`${PRICE}:live`]],
    [{ functionName: PRICE, anyVersion: true }, [PRICE, `${PRICE}:*`]],
    [
      {
        functionName: ["price", "price", "offer:7"],
        accountId: "222233334444",
        region: "eu-central-1",
      },
      [PRICE, `${PRICE.replace("price", "offer")}:7`],
    ],
    [
      { functionName: "222233334444:function:price", region: "eu-central-1" },
      [PRICE],
    ],
    [
      {
        functionName: "price:$LATEST",
        accountId: "222233334444",
        region: "cn-north-1",
      },
      ["arn:aws-cn:lambda:cn-north-1:222233334444:function:price:$LATEST"],
    ],
    [
      {
        functionName: "price",
        roleArn: ROLE.replace(":iam:", ":sts:"),
        region: "eu-central-1",
      },
      [PRICE],
    ],
  ])("creates for %j the resources %j", (request, resources) => {
    const policy = invokePolicy(request);

    expect(policy.Statement[0].Resource).toEqual(resources);
  });

  it.each<[object, string, string]>([
    [
      { region: "eu-central-1", roleArn: ROLE },
      "functionName",
      "functionName must be a function or a non-empty array of functions",
    ],
    [
      { functionName: [] },
      "functionName",
      "functionName must be a function or a non-empty array of functions",
    ],
    [
      { functionName: "pri*" },
      "functionName",
      "functionName must be the name or ARN of a function, without wildcards, for example price or price:live",
    ],
    [
      { functionName: [PRICE, 7] },
      "functionName[1]",
      "functionName[1] must be the name or ARN of a function, without wildcards, for example price or price:live, not a number",
    ],
    [
      { functionName: "price", region: "eu-central-1" },
      "functionName",
      "functionName names no account; set roleArn or accountId",
    ],
    [
      { functionName: "price", roleArn: ROLE },
      "functionName",
      "functionName names no region; set region",
    ],
    [
      { functionName: PRICE, accountId: "111122223333" },
      "functionName",
      "functionName must be in the role's account 111122223333, not in 222233334444; a function in another account requires a resource-based policy",
    ],
    [
      { functionName: PRICE, roleArn: ROLE, accountId: "111122223333" },
      "accountId",
      "accountId must be 222233334444, the account of roleArn, or omitted",
    ],
    [
      { functionName: `${PRICE}:live`, anyVersion: true },
      "functionName",
      "functionName names the qualifier live, which cannot be combined with anyVersion; omit one of them",
    ],
  ])("rejects %j", async (request, path, message) => {
    const error = await catchError(() =>
      invokePolicy(request as InvokeRequest),
    );

    expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
    expect("issues" in error && error.issues).toContainEqual({
      path,
      rule: expect.any(String),
      message,
    });
  });

  it("rejects more functions than fit into an IAM policy", async () => {
    const functionName = Array.from(
      { length: 200 },
      (_, index) => `${PRICE}-${index}`,
    );

    const error = await catchError(() => invokePolicy({ functionName }));

    expect(error).toMatchObject({
      issues: [{ path: "functionName", rule: "size" }],
    });
  });
});

describe("assumePolicy", () => {
  it("allows assuming the roles of sidecars in every account", () => {
    const policy = assumePolicy();

    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: ["arn:aws:iam::*:role/tibco_sidecar_connector*"],
        },
      ],
    });
    expect(isFrozen(policy)).toBe(true);
  });

  it("can be limited to other roles, one account and a partition, and allows session tags if requested", () => {
    const [statement] = assumePolicy({
      rolePrefix: "acme_invoker",
      accountId: "222233334444",
      region: "us-gov-west-1",
      tags: true,
    }).Statement;

    expect(statement).toEqual({
      Effect: "Allow",
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Resource: ["arn:aws-us-gov:iam::222233334444:role/acme_invoker*"],
    });
  });

  it.each<[AssumeRequest, string]>([
    [
      { rolePrefix: "*" },
      "rolePrefix must be 1 to 64 letters, digits and _ + = , . @ -, without wildcards",
    ],
    [{ accountId: "1" }, "accountId must be 12 digits"],
    [
      { region: "Frankfurt" },
      "region must be an AWS region, for example eu-central-1",
    ],
  ])("rejects %j", async (request, message) => {
    const error = await catchError(() => assumePolicy(request));

    expect(error.message).toBe(`assumePolicy: ${message}.`);
  });
});

describe("a function that creates a policy", () => {
  it.each<[string, (request: never) => unknown]>([
    ["assumePolicy", assumePolicy],
    ["invokePolicy", invokePolicy],
    ["trustPolicy", trustPolicy],
  ])(
    "%s has no connection in which a field could belong",
    async (_, create) => {
      const error = await catchError(() => create({ endpoint: "x" } as never));

      expect(error.message).toContain(
        "endpoint is not a field of this request",
      );
      expect(error.message).not.toContain("createConnector");
    },
  );
});
