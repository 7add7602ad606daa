import * as operations from "../operations";
import { captionsOf, type EntityClass } from "../domain/decorators";
import type { BaseOperation } from "../src/engine/operation/BaseOperation";
import { keys, connection } from "./connection";
import { ROLE } from "./answers";
import { RSA } from "./anywhere";
import { FakeAws } from "./FakeAws";
import { thrownBy } from "./thrownBy";

type Open = new (
  given: object,
  seams: object,
) => BaseOperation<object> & { execute(request: unknown): Promise<unknown> };

/** One value of each kind that a caller may give by mistake. */
const VALUES: Readonly<Record<string, unknown>> = {
  "a number": 7.5,
  "a text": "seven and a half",
  "a boolean": true,
  "an object": { a: 1 },
  "a list": [1],
  "a boxed text": new String("price"),
  "a boxed number": new Number(7),
  "a boxed boolean": new Boolean(true),
  "a function": () => "price",
  "a symbol": Symbol("price"),
  "a BigInt": 7n,
};

const TEXT = (name: string): Rule => [["a text"], `${name} must be a string`];

/** Which kinds a field takes, or refuses for what stands in them; and what is said to all others. */
type Rule = readonly [readonly string[], string];

const RULES: Readonly<Record<string, Rule>> = {
  functionName: TEXT("functionName"),
  qualifier: TEXT("qualifier"),
  payload: [Object.keys(VALUES), "any value"],
  payloadJson: [["a text"], "payloadJson must be a JSON string"],
  invocationType: [
    [],
    "invocationType must be RequestResponse, Event or DryRun",
  ],
  logType: [[], "logType must be None or Tail"],
  clientContext: [
    ["an object"],
    "clientContext must be a JSON object or a JSON string of one",
  ],
  tenantId: TEXT("tenantId"),
  durableExecutionName: TEXT("durableExecutionName"),
  idempotent: [["a boolean"], "idempotent must be true or false"],
  onFunctionError: [[], "onFunctionError must be throw or return"],
  roleArn: TEXT("roleArn"),
  externalId: TEXT("externalId"),
  externalIdKey: TEXT("externalIdKey"),
  roleSessionName: TEXT("roleSessionName"),
  durationSeconds: [[], "durationSeconds must be an integer from 900 to 43200"],
  sessionPolicy: [
    ["an object"],
    "sessionPolicy takes a policy as a JSON object or its text, or none",
  ],
  sourceIdentity: TEXT("sourceIdentity"),
  tags: [["a list"], "tags must be an array"],
  functionVersion: [[], "functionVersion must be ALL, or omitted"],
  masterRegion: TEXT("masterRegion"),
  marker: TEXT("marker"),
  maxItems: [[], "maxItems must be an integer from 1 to 10000"],
  limit: [[], "limit must be an integer of at least 1"],
  accessKeyId: TEXT("accessKeyId"),
  secretAccessKey: TEXT("secretAccessKey"),
  sessionToken: TEXT("sessionToken"),
  expiration: [[], "expiration must be a date"],
  "InvokeWithResponseStream.invocationType": [
    [],
    "invocationType must be RequestResponse or DryRun",
  ],
  trustAnchorArn: TEXT("trustAnchorArn"),
  profileArn: TEXT("profileArn"),
  passphrase: TEXT("passphrase"),
  requests: [
    ["a list"],
    "requests takes a list, or something that can be read one by one, for example a generator",
  ],
  concurrency: [[], "concurrency must be an integer from 1 to 1000"],
  ordered: [["a boolean"], "ordered must be true or false"],
  resumeFile: TEXT("resumeFile"),
  kmsKeyId: TEXT("kmsKeyId"),
  overwrite: [["a boolean"], "overwrite must be true or false"],
};

/** What a request needs besides the name of a function, whatever else is wrong with it. */
const NEEDED: Readonly<Record<string, object>> = {
  AssumeRoleInvoke: { roleArn: ROLE },
  CheckAssumeRole: { roleArn: ROLE },
  GetSessionCredentials: RSA,
  GetStaticCredentials: keys,
  InvokeMany: { requests: [] },
  PutExternalId: { externalIdKey: "acme/prod/trustKey" },
};

function neededBy(name: string): object {
  const isAboutOne = FIELDS.some(
    ([operation, field]) => operation === name && field === "functionName",
  );
  return { ...(isAboutOne && { functionName: "price" }), ...NEEDED[name] };
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

describe("a field of a wrong type", () => {
  it.each(FIELDS)(
    "%s.%s is told first of all which type it takes, before anything is sent",
    async (name, field, Operation) => {
      const [taken, message] = RULES[`${name}.${field}`] ??
        // A field that is new says in whichever words what it takes.
        RULES[field] ?? [
          [] as string[],
          expect.stringContaining(`${field} must be `) as unknown,
        ];
      for (const [kind, value] of Object.entries(VALUES)) {
        if (taken.includes(kind)) continue;
        const aws = new FakeAws();
        const operation = new Operation(connection, { transport: aws });

        const error = await thrownBy(
          operation.execute({ ...neededBy(name), [field]: value }),
        );

        expect({ kind, issues: "issues" in error && error.issues }).toEqual({
          kind,
          issues: [expect.objectContaining({ path: field, message })],
        });
        expect(aws.sent).toEqual([]);
      }
    },
  );

  it("is told in a list by its place", async () => {
    const operation = new operations.AssumeRoleInvoke(connection, {
      transport: new FakeAws(),
    });

    const error = await thrownBy(
      operation.execute({
        functionName: "price",
        roleArn: ROLE,
        tags: [5, { key: 7, value: true }] as never,
      }),
    );

    expect(error.message).toBe(
      "AssumeRoleInvoke: the request was not sent: tags[0] takes an object with named fields, not a number; tags[1].key must be a string; tags[1].value must be a string.",
    );
  });
});
