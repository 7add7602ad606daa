import { setTimeout as pause } from "node:timers/promises";
import {
  InvokeCommand,
  ListFunctionsCommand,
  TooManyRequestsException,
} from "@aws-sdk/client-lambda";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import {
  LocalAwsError,
  startLocalAws,
  type Fault,
  type LocalAws,
} from "../../dist/local";
import { clientsOf, parsed, refusalOf } from "./clients";
import { send } from "./send";

describe("Faults", () => {
  let local: LocalAws;
  let runs = 0;

  beforeAll(async () => {
    local = await startLocalAws({
      functions: { count: () => ++runs, other: () => "other" },
    });
  });

  beforeEach(() => {
    runs = 0;
    local.faults.clear();
    local.requests.clear();
  });

  afterAll(async () => {
    await local.close();
  });

  const invoke = {
    method: "POST",
    path: "/2015-03-31/functions/count/invocations",
    service: "lambda",
  } as const;

  it.each([
    ["before-run" as const, 0],
    ["after-run" as const, 1],
  ])("resets the connection %s", async (when, expected) => {
    local.faults.add({ kind: "reset", when });

    const failure = await codeOf(send(local, invoke));

    expect(failure).toBe("ECONNRESET");
    expect(runs).toBe(expected);
    expect(local.requests.all).toMatchObject([
      { operation: "Invoke", functionName: "count", fault: "reset" },
    ]);
    expect(local.requests.all[0]).not.toHaveProperty("status");
  });

  it("counts three invocations when the SDK retries a dropped response", async () => {
    local.faults.add({ kind: "reset", when: "after-run", times: 2 });

    const answer = await clientsOf(local).lambda.send(
      new InvokeCommand({ FunctionName: "count" }),
    );

    const ids = local.requests
      .of("Invoke")
      .map(({ invocationId }) => invocationId);
    expect(parsed(answer)).toBe(3);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it("sends half of a response", async () => {
    local.faults.add({ kind: "truncate" });

    const failure = await codeOf(send(local, invoke));

    expect(failure).toBe("ECONNRESET");
    expect(runs).toBe(1);
    expect(local.requests.all).toMatchObject([
      { status: 200, fault: "truncate" },
    ]);
  });

  it("interrupts a response without a body within its status line", async () => {
    local.faults.add({ kind: "truncate" });

    const failure = await codeOf(
      send(local, {
        ...invoke,
        headers: { "x-amz-invocation-type": "DryRun" },
      }),
    );

    expect(failure).toBe("ECONNRESET");
  });

  it("delays the operation", async () => {
    local.faults.add({ kind: "delay", ms: 1000 });
    const finished: string[] = [];
    const late = send(local, invoke).then(({ body }) => finished.push(body));
    while (local.requests.length === 0) await pause(1);

    const prompt = await send(local, invoke);
    finished.push(prompt.body);
    await late;

    expect(finished).toEqual(["1", "2"]);
  });

  it("sends no response and does not run the function", async () => {
    local.faults.add({ kind: "silence" });

    const response = send(local, invoke).then(
      () => "answered",
      () => "broken",
    );
    while (local.requests.length === 0) await pause(1);
    const winner = await Promise.race([response, pause(80, "nothing")]);

    expect(winner).toBe("nothing");
    expect(runs).toBe(0);
    expect(local.requests.all).toMatchObject([{ fault: "silence" }]);
  });

  it("responds with a status, a code and a message", async () => {
    local.faults.add({
      kind: "status",
      status: 502,
      code: "KMSAccessDeniedException",
      message: "No key.",
    });

    const answer = await send(local, invoke);

    expect(answer.status).toBe(502);
    expect(answer.headers["x-amzn-errortype"]).toBe("KMSAccessDeniedException");
    expect(answer.body).toBe('{"Type":"Service","Message":"No key."}');
    expect(runs).toBe(0);
  });

  it("responds with the HTML page of a proxy", async () => {
    const html = "<h1>503 Service Unavailable</h1>";
    local.faults.add({ kind: "status", status: 503, html });

    const answer = await send(local, invoke);

    expect([
      answer.status,
      answer.headers["content-type"],
      answer.body,
    ]).toEqual([503, "text/html", html]);
  });

  it("throttles with each service's error code", async () => {
    const { lambda, sts, ssm } = clientsOf(local);
    local.faults.add({
      kind: "throttle",
      operation: "Invoke",
      retryAfterSeconds: 0,
      times: 3,
    });
    local.faults.add({ kind: "throttle", times: Infinity });

    const refusal = await lambda
      .send(new InvokeCommand({ FunctionName: "count" }))
      .catch((error: unknown) => error);
    const others = await Promise.all([
      refusalOf(sts.send(new GetCallerIdentityCommand({}))),
      refusalOf(ssm.send(new GetParameterCommand({ Name: "x" }))),
    ]);

    expect(refusal).toBeInstanceOf(TooManyRequestsException);
    expect(refusal).toMatchObject({
      Reason: "ConcurrentInvocationLimitExceeded",
      retryAfterSeconds: "0",
      message: "Rate Exceeded.",
    });
    expect(others).toEqual([
      { status: 400, name: "Throttling", message: "Rate exceeded" },
      { status: 400, name: "ThrottlingException", message: "Rate exceeded" },
    ]);
    expect(runs).toBe(0);
  });

  it("reports an expired token with each service's error code", async () => {
    const { lambda, sts, ssm } = clientsOf(local);
    local.faults.add({ kind: "expired-token", times: 3 });

    const refusals = await Promise.all([
      refusalOf(lambda.send(new ListFunctionsCommand({}))),
      refusalOf(sts.send(new GetCallerIdentityCommand({}))),
      refusalOf(ssm.send(new GetParameterCommand({ Name: "x" }))),
    ]);

    expect(refusals.map(({ status, name }) => [status, name])).toEqual([
      [403, "ExpiredTokenException"],
      [403, "ExpiredToken"],
      [400, "ExpiredTokenException"],
    ]);
  });

  it("responds with a body that is not valid in the protocol", async () => {
    local.faults.add({ kind: "garbage" });

    const answer = await send(local, invoke);

    expect(answer.status).toBe(200);
    expect(() => JSON.parse(answer.body) as unknown).toThrow(SyntaxError);
    expect(runs).toBe(0);
  });

  it("affects only the selected operation and function", async () => {
    const { lambda, sts } = clientsOf(local);
    local.faults.add({
      kind: "status",
      status: 404,
      operation: "Invoke",
      functionName: "count",
    });

    await sts.send(new GetCallerIdentityCommand({}));
    await lambda.send(new InvokeCommand({ FunctionName: "other" }));
    const refusal = await refusalOf(
      lambda.send(
        new InvokeCommand({ FunctionName: "111122223333:function:count" }),
      ),
    );
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "count" }),
    );

    expect(refusal.status).toBe(404);
    expect(parsed(answer)).toBe(1);
  });

  it("shows the number of remaining requests", () => {
    const fault: Fault = { kind: "garbage", times: 2 };

    local.faults.add(fault);
    local.faults.add({ kind: "silence" });

    expect(local.faults.pending).toEqual([
      { kind: "garbage", times: 2 },
      { kind: "silence", times: 1 },
    ]);
  });

  it.each([
    [
      { kind: "rest" },
      [
        "fault.kind must be one of reset, truncate, delay, silence, status, throttle, expired-token, garbage",
      ],
    ],
    [
      { kind: "reset", operation: "Invok", when: "later" },
      [
        "fault.operation must be one of ListFunctions, Invoke, InvokeWithResponseStream, GetFunction, GetFunctionConfiguration, CreateFunction, DeleteFunction, AssumeRole, GetCallerIdentity, GetParameter, PutParameter, LabelParameterVersion, CreateSession, not Invok; did you mean Invoke?",
        "fault.when must be before-run or after-run",
      ],
    ],
    [
      { kind: "delay", mss: 5, times: 0 },
      [
        "fault.mss is not an option; did you mean ms?",
        "fault.times must be an integer of at least 1, not 0",
        "fault.ms is required",
      ],
    ],
    [
      { kind: "status", status: 200 },
      ["fault.status must be an integer from 300 to 599, not 200"],
    ],
  ])("rejects the fault %j", (fault, problems) => {
    const add = () => {
      local.faults.add(fault as Fault);
    };

    expect(add).toThrow(LocalAwsError);
    expect(add).toThrow(new LocalAwsError(problems));
  });
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "answered",
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? "no code",
  );
}
