import { tracingChannel } from "node:diagnostics_channel";
import { AsyncLocalStorage } from "node:async_hooks";
import { createConnector, type OperationTrace } from "../../../../src";
import { activeChannel } from "../../../../src/engine/call/tracing";
import { connection } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { findSecrets, catchError } from "../../../catchError";

const NAMES = ["start", "end", "asyncStart", "asyncEnd", "error"] as const;

/** Everything that a tracer is told of an operation, in order. */
function listenTo(operation: string) {
  const told: { name: string; trace: OperationTrace }[] = [];
  const channel = tracingChannel<OperationTrace>(
    `aws-lambda-connector:${operation}`,
  );
  const listener = Object.fromEntries(
    NAMES.map((name) => [
      name,
      (message: unknown) => {
        told.push({ name, trace: { ...(message as OperationTrace) } });
      },
    ]),
  ) as unknown as Parameters<typeof channel.subscribe>[0];
  channel.subscribe(listener);
  const stop = (): void => {
    channel.unsubscribe(listener);
  };
  return { told, channel, stop };
}

function connect(...replies: Reply[]) {
  return createConnector(connection, {
    transport: new FakeAws().respondWith(...replies),
    clock: new FakeClock({ skips: 20_000 }),
  });
}

describe("a tracer", () => {
  it("is told of an invocation: function, region, attempts, status, request id", async () => {
    const { told, stop } = listenTo("InvokeFunction");

    await connect(
      lambdaError(429, "TooManyRequestsException", "Rate Exceeded."),
      {
        body: "12",
      },
    ).invokeFunction({ functionName: "price", payload: { secret: "psst" } });
    stop();

    expect(told.map(({ name }) => name)).toEqual([
      "start",
      "end",
      "asyncStart",
      "asyncEnd",
    ]);
    expect(told.at(-1)?.trace).toEqual({
      operation: "InvokeFunction",
      functionName: "price",
      region: "eu-central-1",
      attempts: 2,
      statusCode: 200,
      requestId: "request-1",
    });
  });

  it("is told how an invocation failed, and whether the function ran", async () => {
    const { told, stop } = listenTo("InvokeFunction");

    const error = await catchError(
      connect({ fails: "ECONNRESET", sent: true }).invokeFunction({
        functionName: "price",
      }),
    );
    stop();

    expect(told.map(({ name }) => name)).toEqual([
      "start",
      "end",
      "error",
      "asyncStart",
      "asyncEnd",
    ]);
    expect(told.at(-1)?.trace).toMatchObject({
      attempts: 1,
      execution: "may-have-run",
    });
    expect(told.at(-1)?.trace.error).toBe(error);
    expect(findSecrets(told)).toEqual([]);
  });

  it("is told of a request that was refused before it was sent", async () => {
    const { told, stop } = listenTo("DeleteFunction");

    await catchError(connect().deleteFunction({ functionName: "" }));
    stop();

    expect(told.at(-1)?.trace).toMatchObject({
      operation: "DeleteFunction",
      attempts: 0,
      error: { code: "ERR_INVALID_INPUT" },
    });
  });

  it("gives the context in which the whole call runs", async () => {
    const spans = new AsyncLocalStorage<OperationTrace>();
    const { channel, stop } = listenTo("InvokeFunction");
    channel.start.bindStore(spans, (trace) => trace);
    let seen: OperationTrace | undefined;
    const connector = createConnector(connection, {
      transport: {
        send() {
          seen = spans.getStore();
          return Promise.resolve({
            statusCode: 200,
            headers: {},
            body: new Uint8Array(),
          });
        },
      },
    });

    await connector.invokeFunction({ functionName: "price" });
    stop();
    channel.start.unbindStore(spans);

    expect(seen?.functionName).toBe("price");
  });

  it("costs nothing where nobody listens: no trace is kept", async () => {
    const { told, stop } = listenTo("ListFunctions");
    const heard = activeChannel("ListFunctions");
    stop();

    await connect({ body: '{"Functions":[]}' }).listFunctions();

    expect(heard).toBeDefined();
    expect(activeChannel("ListFunctions")).toBeUndefined();
    expect(told).toEqual([]);
  });

  it("is told of an answer that comes piece by piece, too", async () => {
    const { told, stop } = listenTo("InvokeWithResponseStream");

    await connect({ body: "" }).invokeWithResponseStream({
      functionName: "report",
    });
    stop();

    expect(told.at(-1)?.trace).toMatchObject({ attempts: 1, statusCode: 200 });
  });
});
