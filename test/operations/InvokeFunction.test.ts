import * as fc from "fast-check";
import { InvocationReport } from "../../domain";
import { InvokeFunction, type InvokeFunctionRequest } from "../../operations";
import type { CallOptions } from "../../src/engine/call/CallOptions";
import type { Input } from "../../src/engine/validation/Input";
import { functionResult, functionError } from "../awsResponses";
import { connection } from "../connection";
import { FakeAws, lambdaError, type Reply } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";

const PATH = "POST /2015-03-31/functions/price/invocations";
const MB = 1024 * 1024;

function invoke(
  aws: FakeAws,
  request: Omit<Input<InvokeFunctionRequest>, "functionName"> & {
    functionName?: string;
  } = {},
  options?: CallOptions,
) {
  const clock = new FakeClock({ skips: 20_000 });
  return new InvokeFunction(connection, { transport: aws, clock }).execute(
    { functionName: "price", ...request },
    options,
  );
}

/** Returns the request body that is sent for a payload. */
async function bodyOf(payload: unknown): Promise<Buffer> {
  const aws = new FakeAws().respondWith(functionResult(null));
  await invoke(aws, { payload });
  return Buffer.from(aws.requests[0]?.body ?? "");
}

describe("InvokeFunction", () => {
  it("sends the payload and returns the function's response", async () => {
    const aws = new FakeAws().respondWith(functionResult({ amount: 12.5 }));

    const reply = await invoke(aws, { payload: { sku: "A-17" } });

    expect(reply.toJSON()).toEqual({
      statusCode: 200,
      executedVersion: "$LATEST",
      requestId: "request-1",
      payload: { amount: 12.5 },
    });
    expect(aws.sent).toEqual([
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request: PATH,
        body: { sku: "A-17" },
      },
    ]);
  });

  it("throws ERR_FUNCTION if the header of a function error is empty", async () => {
    const aws = new FakeAws().respondWith({
      headers: { "x-amz-function-error": "" },
      body: JSON.stringify({ errorType: "Error", errorMessage: "no price" }),
    });

    const error = await catchError(invoke(aws));

    expect(error).toMatchObject({ code: "ERR_FUNCTION", execution: "ran" });
  });

  it("is not sent again after a 500 to a transport that never calls onSent", async () => {
    let requests = 0;
    const transport = {
      send: () => {
        requests++;
        return Promise.resolve({
          statusCode: 500,
          headers: { "x-amzn-errortype": "ServiceException" },
          body: Buffer.from("{}"),
        });
      },
    };
    const operation = new InvokeFunction(connection, {
      transport,
      clock: new FakeClock({ skips: 20_000 }),
    });

    const error = await catchError(
      operation.execute({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      execution: "may-have-run",
    });
    expect(requests).toBe(1);
  });

  it("sends every field of the request", async () => {
    const aws = new FakeAws().respondWith(functionResult(null));

    await invoke(aws, {
      qualifier: "live",
      payloadJson: '{"sku": "A-17"}',
      invocationType: "RequestResponse",
      logType: "Tail",
      clientContext: { custom: { shop: "Köln" } },
      tenantId: "acme GmbH/7",
      durableExecutionName: "order-7",
    });

    expect(aws.sent).toEqual([
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request: `${PATH}?Qualifier=live`,
        headers: {
          "x-amz-invocation-type": "RequestResponse",
          "x-amz-log-type": "Tail",
          "x-amz-client-context": Buffer.from(
            '{"custom":{"shop":"Köln"}}',
          ).toString("base64"),
          "x-amz-tenant-id": "acme GmbH/7",
          "x-amz-durable-execution-name": "order-7",
        },
        body: { sku: "A-17" },
      },
    ]);
    expect(aws.requests[0]?.body).toEqual(Buffer.from('{"sku": "A-17"}'));
  });

  it("writes every form of function name into the path", async () => {
    const aws = new FakeAws().respondWith(functionResult(null));

    await invoke(aws, {
      functionName: "arn:aws:lambda:eu-central-1:111122223333:function:price",
    });

    expect(aws.sent[0]?.request).toBe(
      "POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3Aprice/invocations",
    );
  });

  it("queues an event and returns no payload", async () => {
    const aws = new FakeAws().respondWith({ status: 202 });

    const reply = await invoke(aws, { payload: 1, invocationType: "Event" });

    expect(reply.toJSON()).toEqual({ statusCode: 202, requestId: "request-1" });
    expect(reply.payload).toBeUndefined();
    expect(aws.sent).toEqual([
      expect.objectContaining({
        headers: { "x-amz-invocation-type": "Event" },
        body: 1,
      }),
    ]);
  });

  it("checks permissions in a dry run without running the function", async () => {
    const aws = new FakeAws().respondWith({ status: 204 });

    const reply = await invoke(aws, { invocationType: "DryRun" });

    expect(reply.toJSON()).toEqual({ statusCode: 204, requestId: "request-1" });
    expect(aws.sent).toEqual([
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request: PATH,
        headers: { "x-amz-invocation-type": "DryRun" },
      },
    ]);
  });

  it("decodes the log tail and parses its report", async () => {
    const log = [
      "START RequestId: 7 Version: $LATEST",
      "Preis für A-17",
      "END RequestId: 7",
      "REPORT RequestId: 7\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: 151.20 ms\t",
      "",
    ].join("\n");
    const aws = new FakeAws().respondWith(
      functionResult(null, {
        "x-amz-log-result": Buffer.from(log).toString("base64"),
        "x-amz-durable-execution-arn": "arn:aws:lambda:durable",
      }),
    );

    const reply = await invoke(aws, { logType: "Tail" });

    expect(reply.log).toBe(log);
    expect(reply.report).toEqual(
      Object.assign(new InvocationReport(), {
        durationMs: 12.34,
        billedDurationMs: 13,
        memorySizeMb: 128,
        maxMemoryUsedMb: 64,
        initDurationMs: 151.2,
      }),
    );
    expect(reply.durableExecutionArn).toBe("arn:aws:lambda:durable");
  });

  it("returns no report if the function logs JSON", async () => {
    const log = '{"time":"2026-11-20T12:00:00Z","type":"platform.report"}\n';
    const aws = new FakeAws().respondWith(
      functionResult(null, {
        "x-amz-log-result": Buffer.from(log).toString("base64"),
      }),
    );

    const reply = await invoke(aws, { logType: "Tail" });

    expect(reply.log).toBe(log);
    expect("report" in reply).toBe(false);
  });

  it("sends a client context that is a string unchanged", async () => {
    const aws = new FakeAws().respondWith(functionResult(null));

    await invoke(aws, { clientContext: '{ "custom": 1 }' });

    expect(aws.sent[0]?.headers).toEqual({
      "x-amz-client-context": Buffer.from('{ "custom": 1 }').toString("base64"),
    });
  });
});

describe("the payload of InvokeFunction", () => {
  it.each([
    ["an object", { a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
    ["a list", [1, "two", true], '[1,"two",true]'],
    ["a string", "price", '"price"'],
    ["an empty string", "", '""'],
    ["a number", 0, "0"],
    ["false", false, "false"],
    ["null", null, "null"],
    ["a date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ["nothing", undefined, ""],
    ["unicode of every plane", "ñ ‰ 漢 😀 \u{2F81A} \u{10FFFD}", undefined],
    ["a lone surrogate", "\ud83d", '"\\ud83d"'],
    [
      "the keys __proto__ and constructor",
      JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":2}}'),
      '{"__proto__":{"a":1},"constructor":{"prototype":2}}',
    ],
    ["a then property that is not a function", { then: 1 }, '{"then":1}'],
  ])("arrives unchanged: %s", async (_, payload, text) => {
    const body = await bodyOf(payload);

    expect(body.toString()).toBe(text ?? JSON.stringify(payload));
  });

  it("arrives unchanged for every JSON value", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ noUnicodeString: false }),
        async (value) => {
          const body = await bodyOf(value);

          expect(body.toString()).toBe(JSON.stringify(value));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is sent byte for byte if it is a Uint8Array, even a view into a larger buffer", async () => {
    const whole = Uint8Array.from({ length: 512 }, (_, index) => index % 256);

    const body = await bodyOf(whole.subarray(100, 400));

    expect(body.equals(whole.subarray(100, 400))).toBe(true);
  });

  it("arrives unchanged at 6 MB", async () => {
    const bytes = new Uint8Array(6 * MB).map((_, index) => (index * 31) % 251);

    const body = await bodyOf(bytes);

    expect(body.equals(bytes)).toBe(true);
  });

  it("is rejected before anything is sent at one byte over 6 MB", async () => {
    const aws = new FakeAws();

    const error = await catchError(
      invoke(aws, { payload: new Uint8Array(6 * MB + 1) }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "did-not-run",
      message:
        "InvokeFunction: payload must have at most 6,291,456 bytes for RequestResponse, but has 6,291,457; store it elsewhere and send a reference. The request was not sent.",
      issues: [{ path: "payload", rule: "size" }],
    });
    expect(aws.sent).toEqual([]);
  });

  it.each([
    ["RequestResponse", 6 * MB],
    ["DryRun", 6 * MB],
    ["Event", MB],
  ] as const)(
    "is measured in bytes, not characters, for %s",
    async (type, most) => {
      const aws = new FakeAws().respondWith({ status: 202 });
      const payloadJson = `"${"é".repeat(most / 2)}"`;

      const error = await catchError(
        invoke(aws, { payloadJson, invocationType: type }),
      );

      expect(error).toMatchObject({
        issues: [{ path: "payloadJson", rule: "size" }],
      });
      expect(aws.sent).toEqual([]);
    },
  );

  it.each([
    ["a BigInt", 1n, "payload is a BigInt"],
    ["a BigInt inside", { rows: [{ id: 1n }] }, "payload.rows[0].id is a"],
    ["a circular reference", circle(), "it contains a circular reference"],
    ["a function", () => 1, "it is not a JSON value"],
    ["a symbol", Symbol("price"), "it is not a JSON value"],
    ["a Map", new Map(), "a Map is not a JSON value"],
    ["a Set", new Set(), "a Set is not a JSON value"],
    ["a promise", Promise.resolve(1), "it is a promise"],
    ["NaN", NaN, "it is not a finite number"],
    ["an ArrayBuffer", new ArrayBuffer(8), "binary data must be a"],
    ["a Float64Array", new Float64Array(8), "binary data must be a"],
    [
      "a nesting deeper than the stack",
      nested(200_000),
      "it is nested too deeply",
    ],
    ["a getter that throws", trap(), "one of its getters"],
  ])("is rejected before anything is sent: %s", async (_, payload, reason) => {
    const aws = new FakeAws();

    const error = await catchError(invoke(aws, { payload }));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "did-not-run",
      issues: [
        {
          path: "payload",
          rule: "json",
          message: expect.stringContaining(reason),
        },
      ],
    });
    expect(aws.sent).toEqual([]);
  });
});

function circle(): object {
  const loop: Record<string, unknown> = {};
  loop["self"] = loop;
  return loop;
}

/** The innermost value has a `toJSON`. Without it, newer versions of Node serialize any depth. */
function nested(depth: number): unknown {
  let value: unknown = { toJSON: () => 1 };
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

function trap(): object {
  return {
    get price() {
      throw new Error("not today");
    },
  };
}

describe("the request of InvokeFunction", () => {
  it.each<[string, Record<string, unknown>, object]>([
    [
      "no name",
      { functionName: undefined },
      { path: "functionName", rule: "required" },
    ],
    [
      "a name that is null",
      { functionName: null },
      { path: "functionName", rule: "required" },
    ],
    [
      "an empty name",
      { functionName: "" },
      { path: "functionName", rule: "isLength" },
    ],
    [
      "a name that is a number",
      { functionName: 7 },
      { path: "functionName", rule: "isString" },
    ],
    [
      "a name of 300 characters",
      { functionName: "a".repeat(300) },
      { path: "functionName", rule: "isLength" },
    ],
    [
      "a name that is a path",
      { functionName: ".." },
      { path: "functionName", rule: "matches" },
    ],
    [
      "a qualifier of 129 characters",
      { qualifier: "1".repeat(129) },
      { path: "qualifier", rule: "isLength" },
    ],
    [
      "a qualifier with a dot",
      { qualifier: "1.0" },
      { path: "qualifier", rule: "matches" },
    ],
    [
      "both payload and payloadJson",
      { payload: 1, payloadJson: "1" },
      { path: "payloadJson", rule: "conflict" },
    ],
    [
      "payloadJson that is not JSON",
      { payloadJson: "price" },
      { path: "payloadJson", rule: "json" },
    ],
    [
      "payloadJson that is an object",
      { payloadJson: {} },
      { path: "payloadJson", rule: "isString" },
    ],
    [
      "an unknown invocation type",
      { invocationType: "event" },
      { path: "invocationType", rule: "isIn" },
    ],
    [
      "an unknown log type",
      { logType: "tail" },
      { path: "logType", rule: "isIn" },
    ],
    [
      "a client context that is an array",
      { clientContext: [] },
      { path: "clientContext", rule: "json" },
    ],
    [
      "a client context that is too long",
      { clientContext: { a: "x".repeat(2_700) } },
      { path: "clientContext", rule: "size" },
    ],
    [
      "a client context that is an invalid string",
      { clientContext: "shop" },
      { path: "clientContext", rule: "json" },
    ],
    [
      "a tenant ID with a comma",
      { tenantId: "a,b" },
      { path: "tenantId", rule: "matches" },
    ],
    [
      "a tenant ID with a space at its start",
      { tenantId: " acme" },
      { path: "tenantId", rule: "matches" },
    ],
    [
      "a tenant ID with a space at its end",
      { tenantId: "acme " },
      { path: "tenantId", rule: "matches" },
    ],
    [
      "a tenant ID that is a space",
      { tenantId: " " },
      { path: "tenantId", rule: "matches" },
    ],
    [
      "a durable execution name with a space",
      { durableExecutionName: "a b" },
      { path: "durableExecutionName", rule: "matches" },
    ],
    [
      "idempotent that is a string",
      { idempotent: "yes" },
      { path: "idempotent", rule: "isBoolean" },
    ],
    [
      "an unknown onFunctionError",
      { onFunctionError: "ignore" },
      { path: "onFunctionError", rule: "isIn" },
    ],
  ])("is rejected before anything is sent with %s", async (_, wrong, issue) => {
    const aws = new FakeAws();

    const error = await catchError(invoke(aws, wrong));

    expect(error).toMatchObject({
      name: "InvalidInputError",
      operation: "InvokeFunction",
      retryable: false,
      execution: "did-not-run",
      issues: [issue],
    });
    expect(aws.sent).toEqual([]);
  });

  it("is rejected with every broken rule at once", async () => {
    const error = await catchError(
      invoke(new FakeAws(), {
        functionName: "a b",
        qualifier: "",
        payloadJson: 1 as never,
      }),
    );

    expect(error).toMatchObject({
      issues: [
        { path: "functionName" },
        { path: "qualifier" },
        { path: "payloadJson" },
      ],
    });
  });

  it("ignores an empty payloadJson next to a payload", async () => {
    const aws = new FakeAws().respondWith(functionResult(null));

    await invoke(aws, { payload: 1, payloadJson: "" });

    expect(aws.sent).toMatchObject([{ body: 1 }]);
  });
});

describe("the response of InvokeFunction", () => {
  it.each<[string, string, unknown]>([
    ["nothing", "", undefined],
    ["null", "null", null],
    ["a string", '"price"', "price"],
    ["zero", "0", 0],
    ["unicode", '"漢😀"', "漢😀"],
  ])("is %s if the function returns that", async (_, text, value) => {
    const aws = new FakeAws().respondWith({ body: text });

    const got = await invoke(aws);

    expect(got.payload).toEqual(value);
    expect(got.payloadText).toBe(text);
  });

  it("keeps __proto__ as a plain property", async () => {
    const aws = new FakeAws().respondWith({
      body: '{"__proto__":{"admin":true}}',
    });

    const { payload } = await invoke(aws);

    expect(Object.keys(payload as object)).toEqual(["__proto__"]);
    expect((payload as { admin?: boolean }).admin).toBeUndefined();
  });

  it("is available as payloadText if it is not JSON, and throws when payload is read", async () => {
    const aws = new FakeAws().respondWith({ body: "twelve and a half" });

    const reply = await invoke(aws);
    const error = await catchError(() => reply.payload);

    expect(reply.payloadText).toBe("twelve and a half");
    expect(error.toJSON()).toEqual({
      name: "ResponseError",
      code: "ERR_RESPONSE",
      operation: "InvokeFunction",
      message:
        "InvokeFunction: the response of the function price is not JSON (17 characters). Read payloadText or payloadBytes instead.",
      retryable: false,
      execution: "ran",
      requestId: "request-1",
    });
  });

  it("is available byte for byte if it is binary", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const aws = new FakeAws().respondWith({ body: bytes });

    const reply = await invoke(aws);

    expect(Buffer.from(reply.payloadBytes).equals(bytes)).toBe(true);
  });

  it("is unchanged at 6 MB", async () => {
    const text = JSON.stringify("😀".repeat((6 * MB) / 4 - 1));
    const aws = new FakeAws().respondWith({ body: text });

    const reply = await invoke(aws);

    expect(reply.payloadBytes.byteLength).toBeGreaterThan(6 * MB - 10);
    expect(reply.payloadText === text).toBe(true);
  });
});

const NODE =
  '{"errorType":"TypeError","errorMessage":"no price\\nfor A-17","trace":["TypeError: no price","    at handler (index.js:3)"]}';

describe("a function that fails", () => {
  it("is thrown as ERR_FUNCTION with the function's message and the whole response", async () => {
    const aws = new FakeAws().respondWith(functionError(NODE));

    const error = await catchError(invoke(aws));

    expect(error).toMatchObject({
      name: "FunctionError",
      code: "ERR_FUNCTION",
      operation: "InvokeFunction",
      message:
        "InvokeFunction: the function price ran and failed (TypeError: no price for A-17). Check the function's log for request request-1.",
      retryable: false,
      execution: "ran",
      errorType: "TypeError",
      errorMessage: "no price\nfor A-17",
      trace: ["TypeError: no price", "    at handler (index.js:3)"],
      response: { functionError: "Unhandled", statusCode: 200 },
    });
    expect(aws.sent).toHaveLength(1);
  });

  it('is returned as a response if onFunctionError is "return"', async () => {
    const aws = new FakeAws().respondWith(functionError(NODE));

    const reply = await invoke(aws, { onFunctionError: "return" });

    expect(reply.functionError).toBe("Unhandled");
    expect(reply.payload).toEqual(JSON.parse(NODE));
  });

  it.each<[string, string, object]>([
    [
      "Python",
      '{"errorMessage":"no price","errorType":"KeyError","requestId":"","stackTrace":["  File \\"/var/task/app.py\\", line 3\\n"]}',
      {
        errorType: "KeyError",
        errorMessage: "no price",
        trace: ['  File "/var/task/app.py", line 3\n'],
      },
    ],
    [
      "Java",
      '{"errorMessage":"no price","errorType":"java.lang.IllegalStateException","stackTrace":["shop.Price.of(Price.java:7)"],"cause":{"errorMessage":"x"}}',
      {
        errorType: "java.lang.IllegalStateException",
        errorMessage: "no price",
        trace: ["shop.Price.of(Price.java:7)"],
      },
    ],
    [
      "a Lambda timeout",
      '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 7 Error: Task timed out after 3.00 seconds"}',
      {
        errorType: "Sandbox.Timedout",
        errorMessage: "RequestId: 7 Error: Task timed out after 3.00 seconds",
      },
    ],
    [
      "an older Lambda runtime, without a type",
      '{"errorMessage":"2026-11-20T12:00:00.000Z 7 Task timed out after 3.00 seconds"}',
      {
        errorMessage:
          "2026-11-20T12:00:00.000Z 7 Task timed out after 3.00 seconds",
      },
    ],
    ["a string", '"no price"', {}],
    ["a list", '["no price"]', {}],
    ["null", "null", {}],
    ["a crash, not JSON", "Segmentation fault", {}],
    ["an empty payload", "", {}],
    [
      "fields of other types",
      '{"errorType":7,"errorMessage":null,"trace":"x"}',
      {},
    ],
  ])(
    "is reported with the error format of %s",
    async (_, payload, expected) => {
      const aws = new FakeAws().respondWith(functionError(payload));

      const error = await catchError(invoke(aws));

      const { errorType, errorMessage, trace } = error as unknown as Record<
        string,
        unknown
      >;
      expect(
        JSON.parse(JSON.stringify({ errorType, errorMessage, trace })),
      ).toEqual(expected);
      expect(error.execution).toBe("ran");
      expect(error.message).toMatch(
        /^InvokeFunction: the function price ran and failed.*\. Check the function's log for request request-1\.$/,
      );
    },
  );
});

const HTML = "<html><body>503 Service Temporarily Unavailable</body></html>";

/** Failed requests, each with the expected error. */
const FAILURES: readonly [
  string,
  Reply,
  { code: string; execution: string; retryable: boolean },
][] = [
  [
    "a refused connection",
    { fails: "ECONNREFUSED", sent: false },
    { code: "ERR_TRANSPORT", execution: "did-not-run", retryable: true },
  ],
  [
    "an unknown host",
    { fails: "ENOTFOUND", sent: false },
    { code: "ERR_TRANSPORT", execution: "did-not-run", retryable: true },
  ],
  [
    "a reset after sending",
    { fails: "ECONNRESET", sent: true },
    { code: "ERR_TRANSPORT", execution: "may-have-run", retryable: true },
  ],
  [
    "a truncated response",
    { fails: "TRUNCATED", sent: true },
    { code: "ERR_TRANSPORT", execution: "may-have-run", retryable: true },
  ],
  [
    "throttling",
    lambdaError(429, "TooManyRequestsException", "Rate Exceeded."),
    { code: "ERR_SERVICE", execution: "did-not-run", retryable: true },
  ],
  [
    "an unknown function",
    lambdaError(404, "ResourceNotFoundException", "Function not found: price"),
    { code: "ERR_SERVICE", execution: "did-not-run", retryable: false },
  ],
  [
    "a modelled 502",
    lambdaError(502, "KMSAccessDeniedException", "no key"),
    { code: "ERR_SERVICE", execution: "did-not-run", retryable: false },
  ],
  [
    "a 500",
    lambdaError(500, "ServiceException", "Internal failure."),
    { code: "ERR_SERVICE", execution: "may-have-run", retryable: true },
  ],
  [
    "a 503 in HTML",
    { status: 503, headers: { "content-type": "text/html" }, body: HTML },
    { code: "ERR_RESPONSE", execution: "may-have-run", retryable: true },
  ],
];

describe("an invocation that AWS denies to the caller", () => {
  it.each([
    [
      "no identity-based policy allows it",
      "; invokePolicy() generates the policy",
    ],
    ["with an explicit deny in a service control policy", ""],
    ["no resource-based policy allows it", ""],
  ])(
    "is explained with the advice that helps if %s",
    async (reason, advice) => {
      const aws = new FakeAws().respondWith(
        lambdaError(403, "AccessDeniedException", reason),
      );

      const error = await catchError(invoke(aws));

      expect(error.message).toBe(
        `InvokeFunction: AWS returned AccessDeniedException (403) for the function price. ${reason}. Grant the caller permission for this action on this resource${advice}.`,
      );
    },
  );
});

describe("an invocation without a response", () => {
  it.each(FAILURES)("is classified when %s", async (_, reply, verdict) => {
    const aws = new FakeAws().respondWith(reply);

    const error = await catchError(invoke(aws));

    expect(error).toMatchObject({ operation: "InvokeFunction", ...verdict });
    expect(error.message).not.toContain("\n");
  });

  it.each(
    FAILURES.filter(([, , { execution }]) => execution !== "did-not-run"),
  )("is not retried after %s", async (_, reply) => {
    const aws = new FakeAws().respondWith(
      reply,
      functionResult({ amount: 12.5 }),
    );

    await catchError(invoke(aws));

    expect(aws.sent).toHaveLength(1);
  });

  it.each(
    FAILURES.filter(
      ([, , { execution, retryable }]) =>
        execution === "did-not-run" && retryable,
    ),
  )("is retried after %s because nothing ran", async (_, reply) => {
    const aws = new FakeAws().respondWith(
      reply,
      functionResult({ amount: 12.5 }),
    );

    const got = await invoke(aws);

    expect(got.payload).toEqual({ amount: 12.5 });
    expect(aws.sent).toHaveLength(2);
  });

  it("has an error message that says what happened and what to do", async () => {
    const aws = new FakeAws().respondWith({
      ...lambdaError(429, "TooManyRequestsException", "Rate Exceeded."),
      headers: {
        "x-amzn-errortype": "TooManyRequestsException",
        "retry-after": "7",
      },
    });

    const error = await catchError(invoke(aws));

    expect(error.toJSON()).toEqual({
      name: "ServiceError",
      code: "ERR_SERVICE",
      operation: "InvokeFunction",
      message:
        "InvokeFunction: AWS returned TooManyRequestsException (429) for the function price. Rate Exceeded. Wait and try again, or raise the function's concurrency. All 3 attempts failed.",
      functionName: "price",
      retryable: true,
      execution: "did-not-run",
      httpStatus: 429,
      serviceCode: "TooManyRequestsException",
      requestId: "request-1",
      retryAfterMs: 7_000,
    });
  });

  it.each([
    ["a reset", { fails: "ECONNRESET", sent: true }],
    ["a refused connection", { fails: "ECONNREFUSED", sent: false }],
    ["a 500", lambdaError(500, "ServiceException", "Internal failure.")],
    ["a 503 in HTML", { status: 503, body: HTML }],
  ])("is retried after %s if it is idempotent", async (_, reply) => {
    const aws = new FakeAws().respondWith(
      reply,
      functionResult({ amount: 12.5 }),
    );

    const got = await invoke(aws, { idempotent: true });

    expect(got.payload).toEqual({ amount: 12.5 });
    expect(aws.sent).toHaveLength(2);
  });

  it("is sent at most three times if it is idempotent", async () => {
    const aws = new FakeAws().respondWith({ fails: "ECONNRESET", sent: true });

    const error = await catchError(invoke(aws, { idempotent: true }));

    expect(error.execution).toBe("may-have-run");
    expect(aws.sent).toHaveLength(3);
  });

  it("may have run if an earlier attempt was lost, even when the last was refused", async () => {
    const aws = new FakeAws().respondWith(
      { fails: "ECONNRESET", sent: true },
      lambdaError(
        404,
        "ResourceNotFoundException",
        "Function not found: price",
      ),
    );

    const error = await catchError(invoke(aws, { idempotent: true }));

    expect(error).toMatchObject({
      serviceCode: "ResourceNotFoundException",
      execution: "may-have-run",
    });
  });

  it("may have run if an earlier attempt was lost, even when the last did not connect", async () => {
    const aws = new FakeAws().respondWith(
      { fails: "ECONNRESET", sent: true },
      { fails: "ECONNREFUSED", sent: false },
    );

    const error = await catchError(invoke(aws, { idempotent: true }));

    expect(error.execution).toBe("may-have-run");
  });

  it("did not run if every attempt was refused", async () => {
    const aws = new FakeAws().respondWith(
      lambdaError(502, "ENILimitReachedException", "no more"),
      lambdaError(
        404,
        "ResourceNotFoundException",
        "Function not found: price",
      ),
    );

    const error = await catchError(invoke(aws, { idempotent: true }));

    expect(error.execution).toBe("did-not-run");
  });
});

describe("the timeout of an invocation", () => {
  const inTime = (clock: FakeClock, aws: FakeAws) =>
    new InvokeFunction(connection, { transport: aws, clock });

  it("defaults to 910 seconds, after which the function may have run", async () => {
    const clock = new FakeClock();
    const aws = new FakeAws().respondWith({ silent: true });

    const error = catchError(
      inTime(clock, aws).execute({ functionName: "price" }),
    );
    await sentBy(aws);
    clock.pass(909_999);
    expect(clock.waiting).toBe(1);
    clock.pass(1);

    expect((await error).toJSON()).toEqual({
      name: "DeadlineError",
      code: "ERR_DEADLINE",
      operation: "InvokeFunction",
      functionName: "price",
      message:
        "InvokeFunction: there was no response within 910,000 ms for the function price; the function may have run, and may still be running. The function keeps running until its own timeout; set timeoutMs above that. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).",
      retryable: true,
      execution: "may-have-run",
      reason: "timeout",
      timeoutMs: 910_000,
    });
    expect(clock.waiting).toBe(0);
  });

  it.each([
    ["the call's", { timeoutMs: 50 }, 50],
    ["the connection's", {}, 70],
  ])("is %s timeoutMs if that is given", async (_, options, expected) => {
    const clock = new FakeClock();
    const aws = new FakeAws().respondWith({ silent: true });
    const operation = new InvokeFunction(
      { ...connection, timeoutMs: 70 },
      { transport: aws, clock },
    );

    const error = catchError(
      operation.execute({ functionName: "price" }, options),
    );
    await sentBy(aws);
    clock.pass(expected);

    expect(await error).toMatchObject({ timeoutMs: expected });
  });

  it("sends nothing when the signal has already aborted", async () => {
    const aws = new FakeAws().respondWith(functionResult(null));

    const error = await catchError(
      invoke(aws, {}, { signal: AbortSignal.abort() }),
    );

    expect(error.toJSON()).toEqual({
      name: "DeadlineError",
      code: "ERR_DEADLINE",
      operation: "InvokeFunction",
      functionName: "price",
      message:
        "InvokeFunction: the caller's signal aborted the call for the function price; the function did not run.",
      retryable: false,
      execution: "did-not-run",
      reason: "aborted",
    });
    expect(aws.sent).toEqual([]);
  });

  it("ends the call when the signal aborts while it waits", async () => {
    const aws = new FakeAws().respondWith({ silent: true });
    const caller = new AbortController();

    const error = catchError(invoke(aws, {}, { signal: caller.signal }));
    await sentBy(aws);
    caller.abort();

    expect(await error).toMatchObject({
      reason: "aborted",
      execution: "may-have-run",
    });
    expect(aws.sent).toHaveLength(1);
  });

  it("ends the call while credentials are awaited, and the function did not run", async () => {
    const clock = new FakeClock();
    const aws = new FakeAws();
    const operation = new InvokeFunction(
      { ...connection, credentials: () => new Promise(() => undefined) },
      { transport: aws, clock },
    );

    const error = catchError(
      operation.execute({ functionName: "price" }, { timeoutMs: 20 }),
    );
    await new Promise(setImmediate);
    clock.pass(20);

    expect(await error).toMatchObject({
      reason: "timeout",
      execution: "did-not-run",
    });
    expect(aws.sent).toEqual([]);
  });

  it("clears its timer after the call", async () => {
    const clock = new FakeClock();
    const aws = new FakeAws().respondWith(functionResult(null));
    const { signal } = new AbortController();

    await inTime(clock, aws).execute({ functionName: "price" }, { signal });

    expect(clock.waiting).toBe(0);
  });

  it.each<[string, unknown, object]>([
    ["zero", { timeoutMs: 0 }, { path: "timeoutMs", rule: "min" }],
    ["a fraction", { timeoutMs: 1.5 }, { path: "timeoutMs", rule: "isInt" }],
    ["a string", { timeoutMs: "5s" }, { path: "timeoutMs", rule: "isInt" }],
    ["25 days", { timeoutMs: 2 ** 31 }, { path: "timeoutMs", rule: "max" }],
    [
      "a signal that is not an AbortSignal",
      { signal: {} },
      { path: "signal", rule: "signal" },
    ],
    [
      "a misspelled option",
      { timeoutMS: 5 },
      { path: "timeoutMS", rule: "unknown" },
    ],
  ])("is rejected before anything is sent: %s", async (_, options, issue) => {
    const aws = new FakeAws();

    const error = await catchError(invoke(aws, {}, options as CallOptions));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "did-not-run",
      issues: [issue],
    });
    expect(aws.sent).toEqual([]);
  });
});

async function sentBy(aws: FakeAws): Promise<void> {
  while (aws.sent.length === 0) await new Promise(setImmediate);
}

describe("the credentials of an invocation", () => {
  it("are reported as the credentials function's failure when it rejects", async () => {
    const aws = new FakeAws().respondWith(functionResult(null));
    const credentials = () => Promise.reject(new Error("vault is sealed"));

    const error = await catchError(
      new InvokeFunction(
        { ...connection, credentials },
        { transport: aws },
      ).execute({
        functionName: "price",
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
      message:
        "InvokeFunction: the credentials function failed (vault is sealed). Fix that function, or set other credentials on the connection.",
    });
    expect(aws.sent).toEqual([]);
  });
});
