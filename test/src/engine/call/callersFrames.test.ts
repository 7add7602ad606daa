import { tracingChannel } from "node:diagnostics_channel";
import { createConnector } from "../../../../src";
import { functionError } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
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
