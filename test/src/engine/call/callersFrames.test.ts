import { tracingChannel } from "node:diagnostics_channel";
import { join } from "node:path";
import { createConnector } from "../../../../src";
import { functionError } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import { temporaryFolder } from "../../../temporaryFolder";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";

type Connector = ReturnType<typeof createConnector>;

const FAILED = functionError(
  '{"errorType":"TypeError","errorMessage":"kaput"}',
);
const request = { functionName: "price" };
const role = {
  ...request,
  roleArn: "arn:aws:iam::222233334444:role/invoker",
  externalId: "external-id",
};

/** One error of each class, and the call that throws it. */
const CALLS: readonly [
  string,
  Reply,
  (connector: Connector) => Promise<unknown>,
][] = [
  ["FunctionError", FAILED, (c) => c.invokeFunction(request)],
  ["FunctionError", FAILED, (c) => c.function("price")(1)],
  ["FunctionError", FAILED, (c) => Promise.all([c.invokeFunction(request)])],
  [
    "ServiceError",
    lambdaError(400, "InvalidParameterValueException", "no"),
    (c) =>
      c.deleteFunction({ ...request, qualifier: "1" }).then(() => {
        throw new Error("deleted");
      }),
  ],
  [
    "ServiceError",
    lambdaError(403, "AccessDeniedException", "no"),
    (c) => c.listFunctions(),
  ],
  [
    "TransportError",
    { fails: "ENOTFOUND", sent: false },
    (c) => c.invokeFunction(request),
  ],
  [
    "DeadlineError",
    { silent: true },
    (c) => c.invokeFunction(request, { timeoutMs: 1 }),
  ],
  [
    "DeadlineError",
    { silent: true },
    (c) =>
      c.invokeMany({ requests: [request] }, { signal: AbortSignal.timeout(5) }),
  ],
  [
    "InvalidInputError",
    FAILED,
    (c) => c.invokeFunction({ ...request, payload: 1n }),
  ],
  ["ResponseError", { body: "<html>", status: 200 }, (c) => c.listFunctions()],
  [
    "CredentialsError",
    { fails: "ENOTFOUND", sent: false },
    (c) => c.assumeRoleInvoke(role),
  ],
];

async function theCaller(work: () => Promise<unknown>): Promise<void> {
  await work();
}

describe.each(CALLS)("%s", (name, reply, call) => {
  it("has the frames of its caller", async () => {
    const aws = new FakeAws().respondWith(reply, reply, reply);
    const connector = createConnector(connection, { transport: aws });

    const error = await catchError(theCaller(() => call(connector)));

    expect(error.name).toBe(name);
    expect(error.stack).toMatch(/at (async )?theCaller /);
  });
});

describe("an error", () => {
  it("has the frames of each caller that waited for the same role session", async () => {
    const aws = new FakeAws().respondWith(
      ...Array.from(
        { length: 4 },
        () => ({ fails: "ENOTFOUND", sent: false }) as const,
      ),
    );
    const connector = createConnector(connection, { transport: aws });
    async function one(): Promise<void> {
      await connector.assumeRoleInvoke(role);
    }
    async function other(): Promise<void> {
      await connector.assumeRoleInvoke(role);
    }

    const errors = await Promise.all([catchError(one()), catchError(other())]);

    expect(errors[0].stack).toMatch(/at (async )?one /);
    expect(errors[1].stack).toMatch(/at (async )?other /);
    expect(errors[0]).not.toBe(errors[1]);
  });

  it("has the frames of its caller when the call is traced", async () => {
    const aws = new FakeAws().respondWith(FAILED);
    const connector = createConnector(connection, { transport: aws });
    const channel = tracingChannel("aws-lambda-connector:InvokeFunction");
    const ignore = (): void => undefined;
    const subscribers = {
      start: ignore,
      end: ignore,
      asyncStart: ignore,
      asyncEnd: ignore,
      error: ignore,
    };
    channel.subscribe(subscribers);

    const error = await catchError(
      theCaller(() => connector.invokeFunction(request)),
    );

    channel.unsubscribe(subscribers);
    expect(error.stack).toMatch(/at (async )?theCaller /);
  });
});

describe("the error of a batch's outcome", () => {
  /** What each batch is started with; its second and third request fail differently. */
  const requests = [request, { ...request, payload: 1n }, { functionName: "" }];
  const sku = { "~standard": { version: 1, vendor: "own", validate } } as const;

  function validate(value: unknown) {
    return value === "A-17"
      ? { value }
      : { issues: [{ message: "must be A-17" }] };
  }

  interface Outcome {
    readonly error?: Error | undefined;
  }

  async function collect(
    outcomes: AsyncIterable<Outcome>,
  ): Promise<readonly Outcome[]> {
    const all: Outcome[] = [];
    for await (const outcome of outcomes) all.push(outcome);
    return all;
  }

  /** Starts a batch, in a function whose name is on the stack only then. */
  const BATCHES: readonly [
    string,
    (connector: Connector) => Promise<readonly Outcome[]>,
  ][] = [
    ["invokeMany", (c) => c.invokeMany({ requests })],
    ["invokeMany.stream", (c) => collect(c.invokeMany.stream({ requests }))],
    ["many", (c) => c.function("price", { request: sku }).many(["B-02"])],
    [
      "many.stream",
      (c) => collect(c.function("price", { request: sku }).many.stream(["B"])),
    ],
  ];

  it.each(BATCHES)("has the frames of the caller of %s", async (_, start) => {
    const aws = new FakeAws().respondWith(FAILED);
    const connector = createConnector(connection, { transport: aws });
    const theStarter = (): Promise<readonly Outcome[]> => start(connector);

    const outcomes = await theStarter();

    expect(outcomes.length).toBeGreaterThan(0);
    for (const { error } of outcomes) {
      const [first = "", ...frames] = (error?.stack ?? "").split("\n    at ");
      expect(first).toBe(`${error?.name}: ${error?.message}`);
      expect(frames.join("\n")).toContain("theStarter ");
    }
  });

  it("has the frames of the caller that read it from a resume file", async () => {
    const resumeFile = join(temporaryFolder("frames"), "run");
    const aws = new FakeAws().respondWith({ body: '"B-02"' });
    const connector = createConnector(connection, { transport: aws });
    const untyped = connector.function("price");
    await untyped.many([1], { resumeFile });
    const typed = connector.function("price", { response: sku });
    const theStarter = () => typed.many([1] as never, { resumeFile });

    const [outcome] = await theStarter();

    expect(outcome?.error).toMatchObject({ code: "ERR_RESPONSE" });
    expect(outcome?.error?.stack).toContain("theStarter ");
  });

  it("is captured once per batch, not once per request", async () => {
    const aws = new FakeAws().respondWith({ body: "1" });
    const connector = createConnector(connection, { transport: aws });
    const captured = jest.spyOn(Error, "captureStackTrace");

    await connector.invokeMany({ requests: Array(100).fill(request) });
    const count = captured.mock.calls.length;
    captured.mockRestore();

    expect(aws.sent).toHaveLength(100);
    expect(count).toBe(1);
  });

  it("is the error of a batch that cannot start, without an await", async () => {
    const connector = createConnector(connection, { transport: new FakeAws() });
    const theStarter = () => connector.invokeMany({ requests: 5 as never });

    const starting = theStarter().catch((thrown: unknown) => thrown as Error);

    expect(((await starting) as Error).stack).toContain("theStarter ");
  });
});
