import { InvokeCommand } from "@aws-sdk/client-lambda";
import { startLocalAws, type LocalAws } from "../../dist/local";
import { clientsOf, parsed, refusalOf } from "./clients";
import { send } from "./send";

const ARN = "arn:aws:lambda:eu-central-1:111122223333:function:orders";

describe("Invoke", () => {
  let local: LocalAws;
  let lambda: ReturnType<typeof clientsOf>["lambda"];
  const events: unknown[] = [];
  let failuresLeft = 0;

  beforeAll(async () => {
    local = await startLocalAws({
      eventRetrySeconds: [0, 0],
      functions: {
        echo: (event: unknown) => Promise.resolve(event),
        nothing: () => undefined,
        failing: () => Promise.reject(new TypeError("stock empty")),
        context: (_event, context) => Promise.resolve(context),
        orders: {
          handler: (_event, context) =>
            Promise.resolve(["latest", context.invokedFunctionArn]),
          versions: { 1: () => "one", 2: () => "two" },
          aliases: { live: "2" },
        },
        function: () => "a function named function",
        tenants: {
          handler: (_event, { tenantId }) => tenantId,
          tenantIsolation: true,
        },
        flaky: (event: unknown) => {
          events.push(event);
          if (failuresLeft-- > 0) throw new Error("not yet");
        },
        elsewhere: { handler: () => "north", region: "eu-north-1" },
      },
    });
    lambda = clientsOf(local).lambda;
  });

  afterAll(async () => {
    await local.close();
  });

  it.each([
    ["orders", ARN],
    ["orders:$LATEST", `${ARN}:$LATEST`],
    ["function:orders", ARN],
    ["111122223333:function:orders", ARN],
    ["111122223333:function:orders:$LATEST", `${ARN}:$LATEST`],
    [ARN, ARN],
    [`${ARN}:$LATEST`, `${ARN}:$LATEST`],
  ])("finds a function by the name %s", async (name, invokedArn) => {
    const answer = await lambda.send(new InvokeCommand({ FunctionName: name }));

    expect(parsed(answer)).toEqual(["latest", invokedArn]);
    expect(answer.ExecutedVersion).toBe("$LATEST");
  });

  it.each([
    { asked: { FunctionName: "orders:1" }, ran: ["one", "1"] },
    { asked: { FunctionName: "orders", Qualifier: "2" }, ran: ["two", "2"] },
    { asked: { FunctionName: "orders:live" }, ran: ["two", "2"] },
    { asked: { FunctionName: ARN, Qualifier: "live" }, ran: ["two", "2"] },
    {
      asked: { FunctionName: "orders:live", Qualifier: "live" },
      ran: ["two", "2"],
    },
  ])("runs the version that $asked leads to", async ({ asked, ran }) => {
    const answer = await lambda.send(new InvokeCommand(asked));

    expect([parsed(answer), answer.ExecutedVersion]).toEqual(ran);
  });

  it("treats an ARN without a name as a function named function", async () => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: ARN.replace(":orders", "") }),
    );

    expect(parsed(answer)).toBe("a function named function");
  });

  it("responds with AWS's status, headers and body", async () => {
    const answer = await send(local, {
      method: "POST",
      path: "/2015-03-31/functions/echo/invocations",
      service: "lambda",
      body: '{"sku":"A-17"}',
    });

    expect(answer.status).toBe(200);
    expect(answer.body).toBe('{"sku":"A-17"}');
    expect(answer.headers).toEqual({
      "content-type": "application/json",
      "content-length": "14",
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-amzn-remapped-content-length": "0",
      "x-amz-executed-version": "$LATEST",
      "x-amzn-trace-id": expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$/,
      ),
      date: expect.any(String),
      connection: "close",
    });
    const offset = Date.parse(answer.headers.date ?? "") - Date.now();
    expect(Math.abs(offset)).toBeLessThan(5000);
  });

  it("passes an empty payload as an empty object and returns null for undefined", async () => {
    const echoed = await lambda.send(
      new InvokeCommand({ FunctionName: "echo" }),
    );
    const silent = await lambda.send(
      new InvokeCommand({ FunctionName: "nothing" }),
    );

    expect(parsed(echoed)).toEqual({});
    expect(Buffer.from(silent.Payload ?? []).toString()).toBe("null");
  });

  it("passes 6 MB unchanged", async () => {
    const payload = Buffer.from(
      JSON.stringify("\u{1F600}é\0".repeat(500_000)).padEnd(6_291_456),
    ).subarray(0, 6_291_456);

    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "echo", Payload: payload }),
    );

    expect(parsed(answer)).toBe(JSON.parse(payload.toString()));
  });

  it("responds to a function error with status 200 and the error", async () => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "failing" }),
    );

    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBe("Unhandled");
    expect(parsed(answer)).toMatchObject({
      errorType: "TypeError",
      errorMessage: "stock empty",
    });
  });

  it("returns the end of the log if it is requested", async () => {
    const asked = await lambda.send(
      new InvokeCommand({ FunctionName: "echo", LogType: "Tail" }),
    );
    const unasked = await lambda.send(
      new InvokeCommand({ FunctionName: "echo" }),
    );

    const log = Buffer.from(asked.LogResult ?? "", "base64").toString();
    expect(log).toMatch(/^START RequestId: .*\nEND RequestId: .*\nREPORT /);
    expect(log).toContain(asked.$metadata.requestId);
    expect(unasked.LogResult).toBeUndefined();
  });

  it("accepts an event with 202 and retries it when the function fails", async () => {
    events.length = 0;
    failuresLeft = 2;

    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: "flaky",
        InvocationType: "Event",
        Payload: Buffer.from('{"n":1}'),
      }),
    );
    while (events.length < 3)
      await new Promise((resolve) => setTimeout(resolve, 5));

    expect(answer.StatusCode).toBe(202);
    expect(answer.ExecutedVersion).toBeUndefined();
    expect(events).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
  });

  it("runs nothing for a dry run", async () => {
    events.length = 0;

    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "flaky", InvocationType: "DryRun" }),
    );

    expect(answer.StatusCode).toBe(204);
    expect(answer.ExecutedVersion).toBeUndefined();
    expect(events).toEqual([]);
  });

  it("passes the client context to the function", async () => {
    const clientContext = { custom: { channel: "shop" } };

    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: "context",
        ClientContext: Buffer.from(JSON.stringify(clientContext)).toString(
          "base64",
        ),
      }),
    );

    expect(parsed(answer)).toMatchObject({ clientContext });
  });

  it("requires a tenant only for a function with tenant isolation", async () => {
    const served = await lambda.send(
      new InvokeCommand({ FunctionName: "tenants", TenantId: "acme" }),
    );
    const missing = await refusalOf(
      lambda.send(new InvokeCommand({ FunctionName: "tenants" })),
    );
    const surplus = await refusalOf(
      lambda.send(new InvokeCommand({ FunctionName: "echo", TenantId: "a" })),
    );

    expect(parsed(served)).toBe("acme");
    expect(missing.name).toBe("InvalidParameterValueException");
    expect(surplus.name).toBe("InvalidParameterValueException");
  });

  it.each([
    [
      "an unknown function",
      { FunctionName: "nope" },
      404,
      "ResourceNotFoundException",
      "Function not found: arn:aws:lambda:eu-central-1:111122223333:function:nope:$LATEST",
    ],
    [
      "an unknown alias",
      { FunctionName: "orders", Qualifier: "test" },
      404,
      "ResourceNotFoundException",
      `Function not found: ${ARN}:test`,
    ],
    [
      "a bare name of 65 characters",
      { FunctionName: "x".repeat(65) },
      404,
      "ResourceNotFoundException",
      `Function not found: arn:aws:lambda:eu-central-1:111122223333:function:${"x".repeat(65)}:$LATEST`,
    ],
    [
      "two qualifiers that differ",
      { FunctionName: "orders:1", Qualifier: "2" },
      400,
      "InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    ],
    [
      "an ARN of another region",
      { FunctionName: ARN.replace("eu-central-1", "eu-north-1") },
      404,
      "ResourceNotFoundException",
      "Functions from 'eu-north-1' are not reachable in this region ('eu-central-1')",
    ],
    [
      "an ARN of another account",
      { FunctionName: ARN.replace("111122223333", "999988887777") },
      403,
      "AccessDeniedException",
      "User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-central-1:999988887777:function:orders because no resource-based policy allows the lambda:InvokeFunction action",
    ],
    [
      "a payload that is not JSON",
      { FunctionName: "echo", Payload: Buffer.from("{sku") },
      400,
      "InvalidRequestContentException",
      expect.stringMatching(
        /^Could not parse request body into json: Could not parse payload into json: ./,
      ),
    ],
    [
      "a payload above 6 MB",
      { FunctionName: "echo", Payload: Buffer.alloc(6_291_457, "1") },
      413,
      "RequestTooLargeException",
      "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
    ],
    [
      "an event above 1 MB",
      {
        FunctionName: "echo",
        InvocationType: "Event" as const,
        Payload: Buffer.alloc(1_048_577, "1"),
      },
      413,
      "RequestTooLargeException",
      "Request must be smaller than 1048576 bytes for the InvokeFunction operation",
    ],
    [
      "a client context that is no object",
      { FunctionName: "echo", ClientContext: "bm8=" },
      400,
      "InvalidRequestContentException",
      "Client context must be a valid Base64-encoded JSON object.",
    ],
    [
      "a durable execution",
      { FunctionName: "echo", DurableExecutionName: "once" },
      400,
      "NotAvailableInLocalAws",
      "Durable executions is not supported by the embedded AWS of aws-lambda-connector.",
    ],
  ])("rejects %s", async (_what, input, ...[status, name, message]) => {
    const refusal = await refusalOf(lambda.send(new InvokeCommand(input)));

    expect(refusal).toEqual({ status, name, message });
  });

  it("reports all violations in AWS's message", async () => {
    const refusal = await refusalOf(
      lambda.send(
        new InvokeCommand({
          FunctionName: "no such name",
          InvocationType: "Later" as "Event",
        }),
      ),
    );

    expect(refusal).toEqual({
      status: 400,
      name: "ValidationException",
      message:
        "2 validation errors detected: Value 'no such name' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?; Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]",
    });
  });

  it("encodes the message and type of each error as AWS does", async () => {
    const answers = await Promise.all(
      [
        "/2015-03-31/functions/nope/invocations",
        "/2015-03-31/functions/orders%3A1/invocations?Qualifier=2",
        "/2015-03-31/functions/a%20b/invocations",
      ].map((path) => send(local, { method: "POST", path, service: "lambda" })),
    );

    expect(
      answers.map(({ headers, body }) => [
        headers["x-amzn-errortype"],
        Object.keys(JSON.parse(body) as object),
      ]),
    ).toEqual([
      ["ResourceNotFoundException", ["Type", "Message"]],
      ["InvalidParameterValueException", ["Type", "message"]],
      ["ValidationException", ["message"]],
    ]);
  });

  it("serves every region, each with its own functions", async () => {
    const north = clientsOf(local, { region: "eu-north-1" }).lambda;

    const served = await north.send(
      new InvokeCommand({ FunctionName: "elsewhere" }),
    );
    const missing = await refusalOf(
      north.send(new InvokeCommand({ FunctionName: "echo" })),
    );

    expect(parsed(served)).toBe("north");
    expect(missing.message).toBe(
      "Function not found: arn:aws:lambda:eu-north-1:111122223333:function:echo:$LATEST",
    );
  });
});
