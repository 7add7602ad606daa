import { inspect } from "node:util";
import { PutExternalIdResponse } from "../../domain";
import {
  AssumeRoleInvoke,
  PutExternalId,
  type PutExternalIdRequest,
} from "../../operations";
import {
  functionResult,
  EXTERNAL_ID,
  parameterResponse,
  ROLE,
  sessionResponse,
  parameterStoreError,
} from "../awsResponses";
import type { Input } from "../../src/engine/validation/Input";
import { connection, exampleCredentials } from "../connection";
import { FakeAws, type Reply } from "../FakeAws";
import { findSecrets, catchError } from "../catchError";

const STORED = { body: '{"Tier":"Standard","Version":1}' };
const REQUEST = {
  externalIdKey: "acme/prod/trustKey",
  externalId: EXTERNAL_ID,
};

function open(...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  const execute = (
    request: Input<PutExternalIdRequest>,
    changes: Partial<typeof connection> = {},
  ) =>
    new PutExternalId(
      { ...connection, ...changes },
      { transport: aws },
    ).execute(request);
  return { aws, execute };
}

describe("PutExternalId", () => {
  it("writes a SecureString under its key with a leading slash", async () => {
    const { aws, execute } = open(STORED);

    const stored = await execute(REQUEST);

    expect(stored).toBeInstanceOf(PutExternalIdResponse);
    expect(stored.externalIdKey).toBe("/acme/prod/trustKey");
    expect(stored.version).toBe(1);
    expect(stored.externalId).toBe(EXTERNAL_ID);
    expect(aws.sent).toEqual([
      {
        to: "ssm.eu-central-1.amazonaws.com",
        request: "AmazonSSM.PutParameter",
        body: {
          Name: "/acme/prod/trustKey",
          Value: EXTERNAL_ID,
          Type: "SecureString",
        },
      },
    ]);
  });

  it("sends kmsKeyId and overwrite if they are given", async () => {
    const { aws, execute } = open(STORED);

    await execute({ ...REQUEST, kmsKeyId: "alias/ids", overwrite: true });

    expect(aws.sent[0]?.body).toMatchObject({
      KeyId: "alias/ids",
      Overwrite: true,
    });
  });

  it.each(["/acme/prod/trustKey", "flatKey", "/flatKey"])(
    "writes %s unchanged to the parameter that AssumeRoleInvoke reads",
    async (externalIdKey) => {
      const { aws, execute } = open(STORED);
      const reader = new FakeAws().respondWith(
        parameterResponse(EXTERNAL_ID),
        sessionResponse(),
        functionResult({}),
      );

      const stored = await execute({ ...REQUEST, externalIdKey });
      await new AssumeRoleInvoke(connection, { transport: reader }).execute({
        functionName: "price",
        roleArn: ROLE,
        externalIdKey,
      });

      expect(stored.externalIdKey).toBe(externalIdKey);
      expect(aws.sent[0]?.body).toMatchObject({ Name: externalIdKey });
      expect(reader.sent[0]?.body).toMatchObject({ Name: externalIdKey });
    },
  );

  it("generates a different external ID each time if none is given", async () => {
    const { aws, execute } = open(STORED);
    const { externalIdKey } = REQUEST;

    const made = [
      await execute({ externalIdKey }),
      await execute({ externalIdKey }),
    ].map(({ externalId }) => externalId);

    expect(made).toEqual(
      aws.sent.map(({ body }) => (body as { Value: string }).Value),
    );
    expect(new Set(made).size).toBe(2);
    for (const externalId of made) expect(externalId).toMatch(/^[\w-]{43}$/);
  });

  it("exposes the external ID only through its property", async () => {
    const { execute } = open(STORED);

    const stored = await execute(REQUEST);

    expect(findSecrets(stored)).toEqual([]);
    expect(findSecrets(Object.assign({}, stored))).toEqual([]);
    expect(String(stored)).toBe("PutExternalIdResponse(/acme/prod/trustKey)");
    expect(inspect(stored)).toMatch(
      /^PutExternalIdResponse \{\s+externalIdKey: '\/acme\/prod\/trustKey',\s+version: 1,\s+externalId: '\[hidden\]'\s+\}$/,
    );
    expect(JSON.parse(JSON.stringify(stored))).toEqual({
      externalIdKey: "/acme/prod/trustKey",
      version: 1,
      externalId: "[hidden]",
    });
  });

  it("returns no version if AWS returns none", async () => {
    const { execute } = open({ body: "{}" });

    const stored = await execute(REQUEST);

    expect(stored).not.toHaveProperty("version");
  });

  it.each([
    ["aws/prod/key", "externalIdKey must not start with aws or ssm"],
    ["/SSM-key", "externalIdKey must not start with aws or ssm"],
    [
      "acme/prod/key:3",
      "externalIdKey must be a name without version, label or ARN, for example acme/prod/trustKey",
    ],
    [
      "arn:aws:ssm:eu-central-1:111122223333:parameter/acme/key",
      "externalIdKey must be a name without version, label or ARN, for example acme/prod/trustKey",
    ],
    [
      "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p",
      "externalIdKey must have at most 15 levels",
    ],
    [
      "acme//key",
      "externalIdKey must be levels of letters, digits and _ . - separated by slashes, for example acme/prod/trustKey",
    ],
    [
      "acme/my key",
      "externalIdKey must be levels of letters, digits and _ . - separated by slashes, for example acme/prod/trustKey",
    ],
    ["", "externalIdKey must be 1 to 1011 characters long"],
    [
      "k".repeat(964),
      "externalIdKey must have at most 963 characters in eu-central-1, without the leading slash, but has 964",
    ],
  ])(
    "rejects a key that breaks a rule before anything is sent (%#)",
    async (key, message) => {
      const { aws, execute } = open(STORED);

      const error = await catchError(
        execute({ ...REQUEST, externalIdKey: key }),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path: "externalIdKey", message }],
      });
      expect(aws.sent).toEqual([]);
    },
  );

  it("accepts a key of fifteen levels and of the maximum length for its region", async () => {
    const { aws, execute } = open(STORED);

    await execute({
      ...REQUEST,
      externalIdKey: "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o",
    });
    await execute({ ...REQUEST, externalIdKey: "k".repeat(963) });

    expect(aws.sent).toHaveLength(2);
  });

  it("rejects an external ID that STS would not accept, without showing it", async () => {
    const { aws, execute } = open(STORED);

    const error = await catchError(
      execute({ ...REQUEST, externalId: `${EXTERNAL_ID} !` }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "externalId", rule: "matches" }],
    });
    expect(aws.sent).toEqual([]);
  });

  it("does not generate an external ID if externalId is undefined", async () => {
    const { aws, execute } = open(STORED);

    const error = await catchError(
      execute({ ...REQUEST, externalId: undefined, overwrite: true }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [
        {
          path: "externalId",
          rule: "undefined",
          message:
            "externalId must be an external ID, not undefined; omit it to generate one",
        },
      ],
    });
    expect(aws.sent).toEqual([]);
  });

  it("does not replace an existing parameter and describes what to do", async () => {
    const { aws, execute } = open(
      parameterStoreError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      ),
    );

    const error = await catchError(execute(REQUEST));

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ParameterAlreadyExists",
      retryable: false,
      message:
        "PutExternalId: AWS returned ParameterAlreadyExists (400). The parameter already exists. To overwrite this value, set the overwrite option in the request to true. Nothing was replaced; set overwrite: true to replace it, or use another key.",
    });
    expect(error).not.toHaveProperty("execution");
    expect(aws.sent).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ["a connection reset", { fails: "ECONNRESET", sent: true }],
    [
      "a server error of AWS",
      { status: 500, body: '{"__type":"InternalServerError"}' },
    ],
    ["a response of another server", { status: 502, body: "<p>gone</p>" }],
  ])("does not retry after %s", async (_, reply) => {
    const { aws, execute } = open(reply, STORED);

    const error = await catchError(execute(REQUEST));

    expect(aws.sent).toHaveLength(1);
    expect(error.message).toMatch(
      /The external ID may have been written\. Read the parameter, or, if no role requires the stored external ID yet, call again with overwrite: true\.$/,
    );
  });

  it("does not warn about a possible write if nothing was written", async () => {
    const { execute } = open({ fails: "ENOTFOUND", sent: false });

    const error = await catchError(execute(REQUEST));

    expect(error.message).not.toContain("may have been written");
  });

  it("retries if nothing was written", async () => {
    const { aws, execute } = open(
      { fails: "ECONNREFUSED", sent: false },
      STORED,
    );

    const stored = await execute(REQUEST);

    expect(stored.version).toBe(1);
    expect(aws.sent).toHaveLength(2);
  });

  it("retries after throttling, which writes nothing", async () => {
    const { aws, execute } = open(
      parameterStoreError("ThrottlingException"),
      STORED,
    );

    const stored = await execute(REQUEST);

    expect(stored.version).toBe(1);
    expect(aws.sent).toHaveLength(2);
    expect(aws.sent[1]).toEqual(aws.sent[0]);
  });

  it("renews expired credentials and retries", async () => {
    const aws = new FakeAws().respondWith(
      parameterStoreError("ExpiredTokenException"),
      STORED,
    );
    const given = jest
      .fn<Promise<typeof exampleCredentials>, []>()
      .mockImplementation(() => Promise.resolve({ ...exampleCredentials }));

    const stored = await new PutExternalId(
      { ...connection, credentials: given },
      { transport: aws },
    ).execute(REQUEST);

    expect(stored.version).toBe(1);
    expect(given).toHaveBeenCalledTimes(2);
    expect(aws.sent).toHaveLength(2);
  });

  it("does not retry after a refusal without an error code", async () => {
    const { aws, execute } = open({ status: 429, body: "{}" }, STORED);

    await catchError(execute(REQUEST));

    expect(aws.sent).toHaveLength(1);
  });

  it("hides an external ID that AWS repeats, given or generated", async () => {
    const { externalIdKey } = REQUEST;
    const aws = new FakeAws();
    aws.respondWith(
      parameterStoreError("ValidationException", `Value '${EXTERNAL_ID}'`),
    );

    const error = await catchError(
      new PutExternalId(connection, { transport: aws }).execute({
        externalIdKey,
        externalId: EXTERNAL_ID,
      }),
    );

    expect(error.message).toContain("Value '[hidden]'");
  });
});
