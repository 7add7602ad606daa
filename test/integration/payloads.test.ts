import { createConnector, type Connector } from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import { connectionTo, startWorld } from "./world";

const MB = 1024 * 1024;

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

describe("the payload of a request", () => {
  let local: LocalAws;
  let connector: Connector;
  let seen: unknown;
  let reply: unknown;

  beforeAll(async () => {
    local = await startWorld({
      functions: {
        look: (event: unknown) => {
          seen = event;
          return reply;
        },
        echo: (event: unknown) => event,
      },
    });
    connector = createConnector(connectionTo(local));
  });

  beforeEach(() => {
    seen = undefined;
    reply = undefined;
  });

  afterAll(async () => {
    connector.close();
    await local.close();
  });

  it("keeps property names such as __proto__ and constructor", async () => {
    const payload: unknown = JSON.parse(
      '{"__proto__":{"admin":true},"constructor":"x","then":1,"toJSON":2}',
    );

    const answer = await connector.invokeFunction({
      functionName: "echo",
      payload,
    });

    expect(answer.payloadText).toBe(JSON.stringify(payload));
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it("keeps characters of every Unicode plane", async () => {
    const text = Array.from({ length: 17 }, (_, plane) =>
      String.fromCodePoint(plane * 0x1_0000 + 0x41),
    ).join("");

    const answer = await connector.invokeFunction({
      functionName: "echo",
      payload: { text, lone: "\ud800" },
    });

    expect(answer.payload).toEqual({ text, lone: "\ud800" });
  });

  it("is sent unchanged when it is a Uint8Array", async () => {
    const bytes = new TextEncoder().encode('xx{ "a" : 1.0 }xx');

    await connector.invokeFunction({
      functionName: "look",
      payload: bytes.subarray(2, -2),
    });

    expect(seen).toEqual({ a: 1 });
  });

  it("is sent unchanged when it is JSON text", async () => {
    await connector.invokeFunction({
      functionName: "look",
      payloadJson: ' [1, "zwei"] ',
    });

    expect(seen).toEqual([1, "zwei"]);
  });

  it("can be null, zero, false or an empty string", async () => {
    const answers: unknown[] = [];
    for (const payload of [null, 0, false, ""])
      answers.push(
        (await connector.invokeFunction({ functionName: "echo", payload }))
          .payload,
      );

    expect(answers).toEqual([null, 0, false, ""]);
  });

  it("arrives and returns complete at 6 MB", async () => {
    const payload = "x".repeat(6 * MB - 2);

    const answer = await connector.invokeFunction({
      functionName: "echo",
      payload,
    });

    expect(answer.payloadBytes.byteLength).toBe(6 * MB);
    expect(answer.payload === payload).toBe(true);
  });

  it("is rejected before anything is sent at one byte over 6 MB", async () => {
    local.requests.clear();

    const invocation = connector.invokeFunction({
      functionName: "echo",
      payload: "x".repeat(6 * MB - 1),
    });

    await expect(invocation).rejects.toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "payload", rule: "size" }],
      execution: "did-not-run",
    });
    expect(local.requests).toHaveLength(0);
  });
});

describe("the payload of a response", () => {
  let local: LocalAws;
  let connector: Connector;
  let bytes: Uint8Array | null | undefined;

  beforeAll(async () => {
    local = await startWorld({ functions: { say: () => bytes } });
    connector = createConnector(connectionTo(local));
  });

  afterAll(async () => {
    connector.close();
    await local.close();
  });

  it("is available as payloadText if it is not JSON, and throws when it is read as JSON", async () => {
    bytes = Buffer.from("plain words");

    const answer = await connector.invokeFunction({ functionName: "say" });

    expect(answer.payloadText).toBe("plain words");
    const refusal: unknown = thrownBy(() => answer.payload);
    expect(refusal).toMatchObject({ code: "ERR_RESPONSE", execution: "ran" });
    expect(String(refusal)).toContain("payloadText");
  });

  it("is undefined if the function returned nothing", async () => {
    bytes = new Uint8Array();

    const answer = await connector.invokeFunction({ functionName: "say" });

    expect(answer.payload).toBeUndefined();
    expect(answer.payloadBytes.byteLength).toBe(0);
    expect(answer.statusCode).toBe(200);
  });

  it("is null if the function returned null", async () => {
    bytes = null;

    const answer = await connector.invokeFunction({ functionName: "say" });

    expect(answer.payload).toBeNull();
  });

  it("keeps binary bytes unchanged", async () => {
    bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);

    const answer = await connector.invokeFunction({ functionName: "say" });

    expect(Buffer.from(answer.payloadBytes).equals(bytes)).toBe(true);
  });
});
