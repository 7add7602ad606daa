import { tracingChannel } from "node:diagnostics_channel";
import { AsyncLocalStorage } from "node:async_hooks";
import { createConnector, type OperationTrace } from "../../../../src";
import { activeChannel } from "../../../../src/engine/call/tracing";
import { connection } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { findSecrets, catchError } from "../../../catchError";
import { openWithRole } from "../../../roleOperations";

const NAMES = ["start", "end", "asyncStart", "asyncEnd", "error"] as const;

/** Subscribes to an operation's channels and records every event in order. */
function listenTo(operation: string) {
  const events: { name: string; trace: OperationTrace }[] = [];
  const channel = tracingChannel<OperationTrace>(
    `aws-lambda-connector:${operation}`,
  );
  const listener = Object.fromEntries(
    NAMES.map((name) => [
      name,
      (message: unknown) => {
        events.push({ name, trace: { ...(message as OperationTrace) } });
      },
    ]),
  ) as unknown as Parameters<typeof channel.subscribe>[0];
  channel.subscribe(listener);
  const stop = (): void => {
    channel.unsubscribe(listener);
  };
  return { events, channel, stop };
}

function connect(...replies: Reply[]) {
  return createConnector(connection, {
    transport: new FakeAws().respondWith(...replies),
    clock: new FakeClock({ skips: 20_000 }),
  });
}

describe("tracing", () => {
  it("reports function, region, attempts, status and request ID of an invocation", async () => {
    const { events, stop } = listenTo("InvokeFunction");

    await connect(
      lambdaError(429, "TooManyRequestsException", "Rate Exceeded."),
      {
        body: "12",
      },
    ).invokeFunction({ functionName: "price", payload: { secret: "psst" } });
    stop();

    expect(events.map(({ name }) => name)).toEqual([
      "start",
      "end",
      "asyncStart",
      "asyncEnd",
    ]);
    expect(events.at(-1)?.trace).toEqual({
      operation: "InvokeFunction",
      functionName: "price",
      region: "eu-central-1",
      attempts: 2,
      statusCode: 200,
      requestId: "request-1",
    });
  });

  it("reports why an invocation failed and whether the function ran", async () => {
    const { events, stop } = listenTo("InvokeFunction");

    const error = await catchError(
      connect({ fails: "ECONNRESET", sent: true }).invokeFunction({
        functionName: "price",
      }),
    );
    stop();

    expect(events.map(({ name }) => name)).toEqual([
      "start",
      "end",
      "error",
      "asyncStart",
      "asyncEnd",
    ]);
    expect(events.at(-1)?.trace).toMatchObject({
      attempts: 1,
      execution: "may-have-run",
    });
    expect(events.at(-1)?.trace.error).toBe(error);
    expect(findSecrets(events)).toEqual([]);
  });

  it("reports a request that was rejected before it was sent", async () => {
    const { events, stop } = listenTo("DeleteFunction");

    await catchError(connect().deleteFunction({ functionName: "" }));
    stop();

    expect(events.at(-1)?.trace).toMatchObject({
      operation: "DeleteFunction",
      attempts: 0,
      error: { code: "ERR_INVALID_INPUT" },
    });
  });

  it("counts the requests that open the session of the connection's role", async () => {
    const { events, stop } = listenTo("ListFunctions");
    const { aws, connector } = openWithRole();

    await connector.listFunctions();
    await connector.listFunctions();
    stop();

    const traces = events.filter(({ name }) => name === "asyncEnd");
    expect(traces.map(({ trace }) => trace.attempts)).toEqual([3, 1]);
    expect(aws.requests).toHaveLength(4);
    expect(findSecrets(events)).toEqual([]);
  });

  it("runs the whole call in the context of the stores bound to start", async () => {
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

  it("creates no trace without subscribers", async () => {
    const { events, stop } = listenTo("ListFunctions");
    const subscribed = activeChannel("ListFunctions");
    stop();

    await connect({ body: '{"Functions":[]}' }).listFunctions();

    expect(subscribed).toBeDefined();
    expect(activeChannel("ListFunctions")).toBeUndefined();
    expect(events).toEqual([]);
  });

  it("reports a streamed response", async () => {
    const { events, stop } = listenTo("InvokeWithResponseStream");

    await connect({ body: "" }).invokeWithResponseStream({
      functionName: "report",
    });
    stop();

    expect(events.at(-1)?.trace).toMatchObject({
      attempts: 1,
      statusCode: 200,
    });
  });
});
