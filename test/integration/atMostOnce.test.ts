import { createServer, type AddressInfo, type Socket } from "node:net";
import { createConnector, type Connector } from "aws-lambda-connector";
import type { Fault, LocalAws } from "aws-lambda-connector/local";
import { FakeClock } from "../FakeClock";
import { until } from "../until";
import { connectionTo, startWorld } from "./world";

describe("InvokeFunction", () => {
  let local: LocalAws;
  let connector: Connector;
  let ran: number;

  beforeEach(async () => {
    ran = 0;
    local = await startWorld({ functions: { count: () => ++ran } });
    connector = createConnector(connectionTo(local));
  });

  afterEach(async () => {
    connector.close();
    await local.close();
  });

  it.each<[string, Fault, object]>([
    [
      "the connection is reset before it runs",
      { kind: "reset", when: "before-run" },
      { code: "ERR_TRANSPORT", execution: "may-have-run" },
    ],
    [
      "the connection is reset after it ran",
      { kind: "reset", when: "after-run" },
      { code: "ERR_TRANSPORT", execution: "may-have-run" },
    ],
    [
      "the answer breaks off",
      { kind: "truncate" },
      { code: "ERR_TRANSPORT", execution: "may-have-run" },
    ],
    [
      "AWS answers with 500",
      { kind: "status", status: 500 },
      {
        code: "ERR_SERVICE",
        httpStatus: 500,
        execution: "may-have-run",
        retryable: true,
      },
    ],
    [
      "a proxy answers with 503 and a page",
      { kind: "status", status: 503, html: "<html>busy</html>" },
      { code: "ERR_RESPONSE", execution: "may-have-run", retryable: true },
    ],
    [
      "the keys have expired",
      { kind: "expired-token" },
      {
        code: "ERR_SERVICE",
        serviceCode: "ExpiredTokenException",
        execution: "did-not-run",
        retryable: false,
      },
    ],
  ])("sends the invocation once when %s", async (_, fault, expected) => {
    local.faults.add(fault);

    const invocation = connector.invokeFunction({ functionName: "count" });

    await expect(invocation).rejects.toMatchObject(expected);
    expect(local.requests.of("Invoke")).toHaveLength(1);
    expect(ran).toBeLessThanOrEqual(1);
  });

  it("retries when AWS throttles, and the function runs once", async () => {
    local.faults.add({ kind: "throttle", retryAfterSeconds: 0 });

    const { payload } = await connector.invokeFunction({
      functionName: "count",
    });

    expect(payload).toBe(1);
    expect(local.requests.of("Invoke")).toHaveLength(2);
  });

  it("does not retry when AWS asks for a long pause", async () => {
    local.faults.add({ kind: "throttle", retryAfterSeconds: 21 });

    const invocation = connector.invokeFunction({ functionName: "count" });

    await expect(invocation).rejects.toMatchObject({
      serviceCode: "TooManyRequestsException",
      retryAfterMs: 21_000,
      retryable: true,
      execution: "did-not-run",
    });
    expect(ran).toBe(0);
  });

  it("ends at its deadline and sends the invocation once", async () => {
    const clock = new FakeClock({ startsAt: Date.now() });
    const timed = createConnector(connectionTo(local), { clock });
    local.faults.add({ kind: "silence" });

    const invocation = timed.invokeFunction(
      { functionName: "count" },
      { timeoutMs: 500 },
    );
    await until(() => local.requests.of("Invoke").length === 1);
    clock.pass(500);

    await expect(invocation).rejects.toMatchObject({
      code: "ERR_DEADLINE",
      reason: "timeout",
      timeoutMs: 500,
      execution: "may-have-run",
      message:
        "InvokeFunction: there was no response within 500 ms for the function count; the function may have run, and may still be running. The function keeps running until its own timeout; set timeoutMs above that. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).",
    });
    expect(local.requests.of("Invoke")).toHaveLength(1);
    timed.close();
  });

  it("ends when the caller's signal aborts and sends the invocation once", async () => {
    local.faults.add({ kind: "silence" });
    const controller = new AbortController();

    const invocation = connector.invokeFunction(
      { functionName: "count" },
      { signal: controller.signal },
    );
    await until(() => local.requests.of("Invoke").length === 1);
    controller.abort();

    await expect(invocation).rejects.toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "may-have-run",
    });
    expect(local.requests.of("Invoke")).toHaveLength(1);
  });

  it("retries an idempotent invocation after a connection reset", async () => {
    local.faults.add({ kind: "reset", when: "before-run" });

    const answer = await connector.invokeFunction({
      functionName: "count",
      idempotent: true,
    });

    expect(answer.payload).toBe(1);
    expect(local.requests.of("Invoke")).toHaveLength(2);
  });

  it("sends nothing when the connection is not established in time", async () => {
    const { server, endpoint, sockets } = await deafServer();
    const patient = createConnector({
      ...connectionTo(local),
      endpoint: endpoint.replace("http:", "https:"),
      connectTimeoutMs: 100,
    });

    const invocation = patient.invokeFunction({ functionName: "count" });

    await expect(invocation).rejects.toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
    });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it("leaves ListFunctions free to retry after a truncated response", async () => {
    local.faults.add({ kind: "truncate", operation: "ListFunctions" });

    const functions = await connector.listFunctions();

    expect(functions.map((fn) => fn.functionName)).toEqual(["count"]);
    expect(local.requests.of("ListFunctions")).toHaveLength(2);
  });
});

/** Takes connections and never says a word: a TLS handshake hangs. */
async function deafServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, sockets, endpoint: `http://127.0.0.1:${port}` };
}
