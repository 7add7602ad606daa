import * as operations from "../operations";
import { captionsOf, type EntityClass } from "../domain/decorators";
import type { BaseOperation } from "../src/engine/operation/BaseOperation";
import { exampleCredentials, connection } from "./connection";
import { ROLE } from "./awsResponses";
import { RSA_INPUT } from "./rolesAnywhereFixtures";
import { FakeAws } from "./FakeAws";
import { catchError } from "./catchError";

type Open = new (
  given: object,
  hooks: object,
) => BaseOperation<object> & { execute(request: unknown): Promise<unknown> };

/** One value of each type that a caller could pass by mistake. */
const VALUES: Readonly<Record<string, unknown>> = {
  "a number": 7.5,
  "a string": "seven and a half",
  "a boolean": true,
  "an object": { a: 1 },
  "an array": [1],
  "a boxed string": new String("price"),
  "a boxed number": new Number(7),
  "a boxed boolean": new Boolean(true),
  "a function": () => "price",
  "a symbol": Symbol("price"),
  "a BigInt": 7n,
};

const STRING = (name: string): Rule => [
  ["a string"],
  `${name} must be a string`,
];

/** The types that are not checked (valid, or rejected for another reason), and the message for all others. */
type Rule = readonly [readonly string[], string];

const RULES: Readonly<Record<string, Rule>> = {
  functionName: STRING("functionName"),
  qualifier: STRING("qualifier"),
  payload: [Object.keys(VALUES), "any value"],
  payloadJson: [["a string"], "payloadJson must be a JSON string"],
  invocationType: [
    [],
    "invocationType must be RequestResponse, Event or DryRun",
  ],
  logType: [[], "logType must be None or Tail"],
  clientContext: [
    ["an object"],
    "clientContext must be a JSON object or a JSON string of one",
  ],
  tenantId: STRING("tenantId"),
  durableExecutionName: STRING("durableExecutionName"),
  idempotent: [["a boolean"], "idempotent must be true or false"],
  onFunctionError: [[], "onFunctionError must be throw or return"],
  roleArn: STRING("roleArn"),
  externalId: STRING("externalId"),
  externalIdKey: STRING("externalIdKey"),
  roleSessionName: STRING("roleSessionName"),
  durationSeconds: [[], "durationSeconds must be an integer from 900 to 43200"],
  sessionPolicy: [
    ["an object"],
    'sessionPolicy must be "none" or a policy, as an object or a JSON string',
  ],
  sourceIdentity: STRING("sourceIdentity"),
  tags: [["an array"], "tags must be an array"],
  functionVersion: [[], "functionVersion must be ALL or omitted"],
  masterRegion: STRING("masterRegion"),
  marker: STRING("marker"),
  maxItems: [[], "maxItems must be an integer from 1 to 10000"],
  limit: [[], "limit must be an integer of at least 1"],
  accessKeyId: STRING("accessKeyId"),
  secretAccessKey: STRING("secretAccessKey"),
  sessionToken: STRING("sessionToken"),
  expiration: [[], "expiration must be a date"],
  "InvokeWithResponseStream.invocationType": [
    [],
    "invocationType must be RequestResponse or DryRun",
  ],
  trustAnchorArn: STRING("trustAnchorArn"),
  profileArn: STRING("profileArn"),
  passphrase: STRING("passphrase"),
  requests: [
    ["an array"],
    "requests must be an array or another iterable, for example a generator",
  ],
  concurrency: [[], "concurrency must be an integer from 1 to 1000"],
  ordered: [["a boolean"], "ordered must be true or false"],
  resumeFile: STRING("resumeFile"),
  kmsKeyId: STRING("kmsKeyId"),
  overwrite: [["a boolean"], "overwrite must be true or false"],
};

/** Required fields besides functionName. */
const REQUIRED: Readonly<Record<string, object>> = {
  AssumeRoleInvoke: { roleArn: ROLE },
  CheckAssumeRole: { roleArn: ROLE },
  GetSessionCredentials: RSA_INPUT,
  GetStaticCredentials: exampleCredentials,
  InvokeMany: { requests: [] },
  PutExternalId: { externalIdKey: "acme/prod/trustKey" },
};

function requiredFieldsOf(name: string): object {
  const hasFunctionName = FIELDS.some(
    ([operation, field]) => operation === name && field === "functionName",
  );
  return {
    ...(hasFunctionName && { functionName: "price" }),
    ...REQUIRED[name],
  };
}

const FIELDS = Object.entries(operations as Record<string, unknown>).flatMap(
  ([name, Operation]) => {
    const request = (operations as Record<string, unknown>)[`${name}Request`];
    return request === undefined
      ? []
      : [...captionsOf(request as EntityClass).keys()].map(
          (field): [string, string, Open] => [name, field, Operation as Open],
        );
  },
);

describe("fields of the wrong type", () => {
  it.each(FIELDS)(
    "rejects %s.%s with the expected type before anything is sent",
    async (name, field, Operation) => {
      const [unchecked, message] = RULES[`${name}.${field}`] ??
        // The wording for new fields is not fixed.
        RULES[field] ?? [
          [] as string[],
          expect.stringContaining(`${field} must be `) as unknown,
        ];
      for (const [kind, value] of Object.entries(VALUES)) {
        if (unchecked.includes(kind)) continue;
        const aws = new FakeAws();
        const operation = new Operation(connection, { transport: aws });

        const error = await catchError(
          operation.execute({ ...requiredFieldsOf(name), [field]: value }),
        );

        expect({ kind, issues: "issues" in error && error.issues }).toEqual({
          kind,
          issues: [expect.objectContaining({ path: field, message })],
        });
        expect(aws.sent).toEqual([]);
      }
    },
  );

  it("reports the path of array items", async () => {
    const operation = new operations.AssumeRoleInvoke(connection, {
      transport: new FakeAws(),
    });

    const error = await catchError(
      operation.execute({
        functionName: "price",
        roleArn: ROLE,
        tags: [5, { key: 7, value: true }] as never,
      }),
    );

    expect(error.message).toBe(
      "AssumeRoleInvoke: tags[0] must be a plain object, not a number; tags[1].key must be a string; tags[1].value must be a string. The request was not sent.",
    );
  });
});
