import validateAsl from "asl-validator";
import * as fc from "fast-check";
import { toDistributedMap } from "../../../src";
import {
  lookUpServiceError,
  UNSTARTED_INVOCATION_CODES,
} from "../../../src/engine/call/serviceErrors";
import { explainDenial } from "../../../local/iam/explainDenial";
import { readPolicy } from "../../../local/iam/readPolicy";
import { toConditionContext } from "../../../local/iam/toConditionContext";
import { catchError } from "../../catchError";

type MapRequest = Parameters<typeof toDistributedMap>[0];

const MACHINE = "arn:aws:states:eu-central-1:111122223333:stateMachine:prices";

const REQUEST: MapRequest = {
  stateMachineArn: MACHINE,
  functionName: "price",
  itemsBucket: "acme-batches",
  itemsKey: "prices/items.jsonl",
  resultsPrefix: "prices/results",
};

/** The only state of the definition, with the fields that these tests read. */
interface MapState {
  readonly MaxConcurrency: number;
  readonly ToleratedFailurePercentage?: number;
  readonly ToleratedFailureCount?: number;
  readonly ItemReader: { readonly Resource: string };
  readonly ResultWriter: {
    readonly Resource: string;
    readonly Arguments: object;
  };
  readonly ItemProcessor: {
    readonly ProcessorConfig: object;
    readonly States: Readonly<
      Record<
        string,
        {
          readonly Resource?: string;
          readonly TimeoutSeconds?: number;
          readonly Retry?: readonly {
            readonly ErrorEquals: readonly string[];
          }[];
        }
      >
    >;
  };
}

function mapOf(change: Partial<MapRequest> = {}): MapState {
  const { definition } = toDistributedMap({ ...REQUEST, ...change });
  return definition.States[definition.StartAt] as MapState;
}

function retriedErrors(map: MapState, state: string): string[] {
  const { Retry = [] } = map.ItemProcessor.States[state] ?? {};
  return Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
}

/** Whether a role with this policy may do something, as the embedded AWS evaluates it. */
function mayDo(policy: unknown, action: string, resource: string): boolean {
  const parsed = readPolicy(policy);
  if (!("statements" in parsed)) throw new Error(parsed.problems.join());
  const caller = {
    accountId: "111122223333",
    arn: "arn:aws:sts::111122223333:assumed-role/prices/x",
    userId: "AROA:x",
    permissions: parsed.statements,
  };
  const context = toConditionContext(caller, "eu-central-1");
  return explainDenial(caller, { action, resource, context }) === undefined;
}

function isFrozen(value: unknown): boolean {
  return (
    typeof value !== "object" ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  );
}

describe("toDistributedMap", () => {
  it("reads requests from S3, runs each in its own workflow and writes the results", () => {
    const map = toDistributedMap(REQUEST);

    expect(map.definition.States["InvokeMany"]).toMatchObject({
      Type: "Map",
      Label: "invocations",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSONL" },
        Arguments: { Bucket: "acme-batches", Key: "prices/items.jsonl" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      },
      MaxConcurrency: 100,
      ToleratedFailurePercentage: 100,
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Arguments: { Bucket: "acme-batches", Prefix: "prices/results" },
        WriterConfig: { OutputType: "JSONL", Transformation: "NONE" },
      },
      End: true,
    });
    expect(isFrozen(map)).toBe(true);
  });

  it("retries a request that may run once only after errors that Lambda reports before it starts the function", () => {
    const map = mapOf();

    expect(retriedErrors(map, "InvokeOnce")).toEqual([
      "Lambda.TooManyRequestsException",
      "Lambda.EC2ThrottledException",
      "Lambda.EC2UnexpectedException",
      "Lambda.ENILimitReachedException",
      "Lambda.ENINotReadyException",
      "Lambda.ResourceNotReadyException",
      "Lambda.SubnetIPAddressLimitReachedException",
    ]);
    for (const code of UNSTARTED_INVOCATION_CODES) {
      const status = code === "TooManyRequestsException" ? 429 : 502;
      const { mayHaveRun, retryReason } = lookUpServiceError(code, status);
      expect({
        code,
        mayHaveRun,
        isRetried: retryReason !== undefined,
      }).toEqual({ code, mayHaveRun: false, isRetried: true });
    }
  });

  it("retries an idempotent request also when AWS or the network fails, but not after a function error or a timeout", () => {
    const map = mapOf();

    const further = retriedErrors(map, "InvokeIdempotent").slice(
      retriedErrors(map, "InvokeOnce").length,
    );

    expect(further).toEqual([
      "Lambda.AWSLambdaException",
      "Lambda.ClientExecutionTimeoutException",
      "Lambda.SdkClientException",
      "Lambda.ServiceException",
    ]);
  });

  it("sends only idempotent requests in Express workflows, which can run more than once", () => {
    const map = mapOf({ executionType: "EXPRESS" });

    const { ProcessorConfig, States } = map.ItemProcessor;
    expect(ProcessorConfig).toMatchObject({ ExecutionType: "EXPRESS" });
    expect(Object.keys(States)).toEqual([
      "IsIdempotent",
      "InvokeIdempotent",
      "NotIdempotent",
    ]);
    expect(States["NotIdempotent"]).toMatchObject({
      Type: "Fail",
      Error: "NotIdempotent",
    });
    expect(States["InvokeIdempotent"]?.TimeoutSeconds).toBe(300);
  });

  it.each<[Partial<MapRequest>, Partial<MapState>]>([
    [{ toleratedFailurePercentage: 5 }, { ToleratedFailurePercentage: 5 }],
    [{ toleratedFailureCount: 0 }, { ToleratedFailureCount: 0 }],
    [
      { toleratedFailurePercentage: 1, toleratedFailureCount: 10 },
      { ToleratedFailurePercentage: 1, ToleratedFailureCount: 10 },
    ],
    [{ concurrency: 10_000 }, { MaxConcurrency: 10_000 }],
  ])("passes on %j", (change, expected) => {
    const map = mapOf(change);

    expect(map).toMatchObject(expected);
  });

  it("sets no percentage if only a count of failures is tolerated", () => {
    expect(mapOf({ toleratedFailureCount: 3 })).not.toHaveProperty(
      "ToleratedFailurePercentage",
    );
  });

  it("waits longer for a response than a function can run, unless told otherwise", () => {
    const timeoutOf = (map: MapState) =>
      map.ItemProcessor.States["InvokeOnce"]?.TimeoutSeconds;

    expect(timeoutOf(mapOf())).toBe(910);
    expect(timeoutOf(mapOf({ timeoutSeconds: 20 }))).toBe(20);
  });

  it.each([
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", "us-gov-west-1"],
  ])("names the partition %s in every ARN", (partition, region) => {
    const map = toDistributedMap({
      ...REQUEST,
      stateMachineArn: MACHINE.replace("aws", partition).replace(
        "eu-central-1",
        region,
      ),
    });

    const arns = JSON.stringify(map).match(/arn:[^"]+/g) ?? [];

    expect(arns.length).toBeGreaterThan(8);
    for (const arn of arns) expect(arn).toMatch(`arn:${partition}:`);
  });

  it("allows the role to invoke the functions, run the map, read the items and write the results, and nothing else", () => {
    const { rolePolicy } = toDistributedMap({
      ...REQUEST,
      functionName: ["price", "offer:live", "price"],
      resultsBucket: "acme-results",
    });

    const lambda = "arn:aws:lambda:eu-central-1:111122223333:function";
    const execution =
      "arn:aws:states:eu-central-1:111122223333:execution:prices";
    expect(rolePolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "InvokeFunctions",
          Effect: "Allow",
          Action: ["lambda:InvokeFunction"],
          Resource: [`${lambda}:price`, `${lambda}:offer:live`],
        },
        {
          Sid: "StartWorkflows",
          Effect: "Allow",
          Action: ["states:StartExecution"],
          Resource: [MACHINE],
        },
        {
          Sid: "StopWorkflows",
          Effect: "Allow",
          Action: ["states:DescribeExecution", "states:StopExecution"],
          Resource: [`${execution}:*`, `${execution}/invocations:*`],
        },
        {
          Sid: "ReadItems",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::acme-batches/prices/items.jsonl"],
        },
        {
          Sid: "WriteResults",
          Effect: "Allow",
          Action: [
            "s3:PutObject",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:AbortMultipartUpload",
          ],
          Resource: ["arn:aws:s3:::acme-results/prices/results/*"],
        },
      ],
    });
  });

  it("creates a policy with which the role may invoke the named functions, and no others", () => {
    const names = fc.stringMatching(/^[a-z]{1,3}(:[a-z]{1,2})?$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(names, { minLength: 1, maxLength: 4 }),
        names,
        (functionName, other) => {
          const { rolePolicy } = toDistributedMap({ ...REQUEST, functionName });

          for (const name of [...functionName, other]) {
            const arn = `arn:aws:lambda:eu-central-1:111122223333:function:${name}`;
            expect(mayDo(rolePolicy, "lambda:InvokeFunction", arn)).toBe(
              functionName.includes(name),
            );
          }
        },
      ),
    );
  });

  it("creates a policy with which the role may read only the items, and write only below the prefix", () => {
    const { rolePolicy } = toDistributedMap(REQUEST);
    const bucket = "arn:aws:s3:::acme-batches";

    const may = (action: string, key: string) =>
      mayDo(rolePolicy, `s3:${action}`, `${bucket}/${key}`);

    expect([
      may("GetObject", "prices/items.jsonl"),
      may("PutObject", "prices/results/a/manifest.json"),
      may("PutObject", "prices/items.jsonl"),
      may("GetObject", "prices/items.jsonl2"),
      may("PutObject", "prices/results2/manifest.json"),
      may("DeleteObject", "prices/results/a/manifest.json"),
    ]).toEqual([true, true, false, false, false, false]);
  });

  it("does not allow the role to redrive a run, which would send requests again", () => {
    const { rolePolicy } = toDistributedMap(REQUEST);

    expect(JSON.stringify(rolePolicy)).not.toContain("RedriveExecution");
  });

  it("allows every version and alias if requested", () => {
    const { rolePolicy } = toDistributedMap({ ...REQUEST, anyVersion: true });

    const arn = "arn:aws:lambda:eu-central-1:111122223333:function:price";
    expect(rolePolicy.Statement[0]?.Resource).toEqual([arn, `${arn}:*`]);
  });

  it("lets only Step Functions assume the role, and only for this state machine", () => {
    const { trustPolicy } = toDistributedMap(REQUEST);

    expect(trustPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "states.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: {
              "aws:SourceArn": [MACHINE, `${MACHINE}:*`, `${MACHINE}/*`],
            },
          },
        },
      ],
    });
  });

  const ARN_MESSAGE =
    "stateMachineArn must be the ARN of a state machine without version or alias, for example arn:aws:states:eu-central-1:111122223333:stateMachine:prices";
  const bucketMessage = (field: string) =>
    `${field} must be the name of a general purpose S3 bucket, 3 to 63 lowercase letters, digits, dots and hyphens`;
  const KEY_MESSAGE =
    "itemsKey must be an S3 key of 1 to 1024 bytes, without control characters and * ? $ { }";
  const PREFIX_MESSAGE =
    "resultsPrefix must be an S3 prefix of 1 to 900 bytes, without control characters and * ? $ { }, and without a slash at either end";

  /** The issues that are reported for a request with this change. */
  async function issuesOf(change: object): Promise<unknown> {
    const error = await catchError(() =>
      toDistributedMap({ ...REQUEST, ...change }),
    );
    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "toDistributedMap",
    });
    return (error as { readonly issues?: unknown }).issues;
  }

  it.each([
    "ab",
    "Acme",
    "acme_batches",
    "acme..batches",
    "-acme",
    "acme-",
    "192.168.5.4",
    "xn--acme",
    "sthree-acme",
    "amzn-s3-demo-acme",
    "acme-s3alias",
    "acme--ol-s3",
    "acme.mrap",
    "acme--x-s3",
    "acme--table-s3",
    "a".repeat(64),
    "acme/items",
    "*",
  ])("rejects the bucket %s", async (name) => {
    for (const field of ["itemsBucket", "resultsBucket"])
      expect(await issuesOf({ [field]: name })).toMatchObject([
        { path: field, message: bucketMessage(field) },
      ]);
  });

  it.each([
    ["is empty", ""],
    ["has a wildcard of IAM", "a*"],
    ["has another wildcard of IAM", "a?"],
    ["has a variable of IAM", "${aws:username}"],
    ["is an expression of Step Functions", "{% $states.input %}"],
    ["has a line feed", "a\nb"],
    ["is too long in UTF-8", "ä".repeat(513)],
  ])("rejects a key or prefix that %s", async (_, key) => {
    expect(await issuesOf({ itemsKey: key })).toMatchObject([
      { path: "itemsKey", message: KEY_MESSAGE },
    ]);
    expect(await issuesOf({ resultsPrefix: key })).toMatchObject([
      { path: "resultsPrefix", message: PREFIX_MESSAGE },
    ]);
  });

  it.each(["/a", "a/"])("rejects the prefix %s", async (resultsPrefix) => {
    expect(await issuesOf({ resultsPrefix })).toMatchObject([
      { path: "resultsPrefix", message: PREFIX_MESSAGE },
    ]);
  });

  it("accepts the longest key, and not every longest key as a prefix", async () => {
    const itemsKey = "ä".repeat(512);

    expect(() => toDistributedMap({ ...REQUEST, itemsKey })).not.toThrow();
    expect(await issuesOf({ resultsPrefix: itemsKey })).toMatchObject([
      { path: "resultsPrefix", message: PREFIX_MESSAGE },
    ]);
  });

  it("rejects functions that do not fit into one policy", async () => {
    const functionName = Array.from({ length: 200 }, (_, at) => `price-${at}`);

    expect(await issuesOf({ functionName })).toMatchObject([
      {
        path: "functionName",
        rule: "size",
        message:
          "functionName names too many functions for a policy of at most 10,240 characters; create several state machines",
      },
    ]);
  });

  it.each<[object, string, string]>([
    [
      { stateMachineArn: undefined },
      "stateMachineArn",
      "stateMachineArn is required",
    ],
    [{ stateMachineArn: `${MACHINE}:1` }, "stateMachineArn", ARN_MESSAGE],
    [{ stateMachineArn: `${MACHINE}*` }, "stateMachineArn", ARN_MESSAGE],
    [
      { stateMachineArn: MACHINE.replace("stateMachine", "express") },
      "stateMachineArn",
      ARN_MESSAGE,
    ],
    [{ stateMachineArn: `${MACHINE}\n` }, "stateMachineArn", ARN_MESSAGE],
    ...[0, 10_001, 1.5, "5"].map((concurrency): [object, string, string] => [
      { concurrency },
      "concurrency",
      "concurrency must be an integer from 1 to 10000",
    ]),
    ...[-1, 101, 0.5].map(
      (toleratedFailurePercentage): [object, string, string] => [
        { toleratedFailurePercentage },
        "toleratedFailurePercentage",
        "toleratedFailurePercentage must be an integer from 0 to 100",
      ],
    ),
    [
      { toleratedFailureCount: -1 },
      "toleratedFailureCount",
      "toleratedFailureCount must be an integer from 0 to 100000000",
    ],
    [
      { executionType: "express" },
      "executionType",
      "executionType must be STANDARD or EXPRESS",
    ],
    [
      { timeoutSeconds: 0 },
      "timeoutSeconds",
      "timeoutSeconds must be an integer from 1 to 86400",
    ],
    [
      { executionType: "EXPRESS", timeoutSeconds: 301 },
      "timeoutSeconds",
      "timeoutSeconds must be at most 300 for executionType EXPRESS",
    ],
    [
      { functionName: [] },
      "functionName",
      "functionName must be a function or a non-empty array of functions",
    ],
    [
      { functionName: ["price*"] },
      "functionName[0]",
      "functionName[0] must be the name or ARN of a function, without wildcards, for example price or price:live",
    ],
    [
      {
        functionName: "arn:aws:lambda:eu-central-1:222233334444:function:price",
      },
      "functionName",
      "functionName must be in the account 111122223333 of stateMachineArn, because Step Functions cannot assume a role with an external ID; use InvokeMany with a role for functions of other accounts",
    ],
    [
      { functionName: "222233334444:function:price" },
      "functionName",
      "functionName must be in the account 111122223333 of stateMachineArn, because Step Functions cannot assume a role with an external ID; use InvokeMany with a role for functions of other accounts",
    ],
    [
      { functionName: "arn:aws:lambda:eu-west-1:111122223333:function:price" },
      "functionName",
      "functionName must be in the region and partition of stateMachineArn",
    ],
    [
      { functionName: "price:live", anyVersion: true },
      "functionName",
      "functionName names the qualifier live, which cannot be combined with anyVersion; omit one of them",
    ],
    ...["role", "roleArn", "externalId", "externalIdKey"].map(
      (field): [object, string, string] => [
        { [field]: "acme/prod/trustKey" },
        field,
        `${field} must be omitted, because Step Functions cannot assume a role with an external ID; use InvokeMany with a role for functions of other accounts`,
      ],
    ),
    [
      { itemKey: "items.jsonl" },
      "itemKey",
      "itemKey is not a field of this request; did you mean itemsKey?",
    ],
  ])("rejects %j", async (change, path, message) => {
    expect(await issuesOf(change)).toMatchObject([{ path, message }]);
  });

  it("creates only definitions that asl-validator accepts", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{2,20}$/);
    const requests = fc.record<MapRequest>(
      {
        stateMachineArn: fc.constantFrom(
          MACHINE,
          "arn:aws-cn:states:cn-north-1:111122223333:stateMachine:p-_9",
        ),
        functionName: fc.array(word, { minLength: 1, maxLength: 5 }),
        anyVersion: fc.boolean(),
        itemsBucket: word,
        itemsKey: fc.stringMatching(/^[^*?${}\p{Cc}]{1,20}$/u),
        resultsBucket: word,
        resultsPrefix: fc.stringMatching(
          /^[\w"'%\\ ]([\w"'%\\ /]{0,20}[\w"'%\\ ])?$/,
        ),
        concurrency: fc.integer({ min: 1, max: 10_000 }),
        toleratedFailurePercentage: fc.integer({ min: 0, max: 100 }),
        toleratedFailureCount: fc.integer({ min: 0, max: 100_000_000 }),
        executionType: fc.constantFrom("STANDARD", "EXPRESS"),
        timeoutSeconds: fc.integer({ min: 1, max: 300 }),
      },
      {
        requiredKeys: [
          "stateMachineArn",
          "functionName",
          "itemsBucket",
          "itemsKey",
          "resultsPrefix",
        ],
      },
    );
    fc.assert(
      fc.property(requests, (request) => {
        const { definition } = toDistributedMap(request);

        const copy = JSON.parse(JSON.stringify(definition)) as object;
        expect(validateAsl(copy).errorsText()).toBe("");
      }),
      // Each run compiles the schemas.
      { numRuns: 40 },
    );
  });

  it("creates no state that only seems valid because asl-validator ignores missing states", () => {
    const { definition } = toDistributedMap(REQUEST);

    const broken = JSON.stringify(definition).replace(
      '"Default":"InvokeOnce"',
      '"Default":"Missing"',
    );

    expect(validateAsl(JSON.parse(broken) as object).isValid).toBe(false);
  });
});
