import { createConnector } from "../../dist/src";
import {
  LocalAwsError,
  startLocalAws,
  type FunctionOutput,
  type LocalAws,
  type OperationName,
  type ReceivedRequest,
} from "../../dist/local";
import { folderWith } from "./runtime/folderWith";

describe("local.requests", () => {
  let local: LocalAws;

  beforeAll(async () => {
    local = await startLocalAws();
  });

  afterAll(() => local.close());

  it.each([
    ["InvokeFunction", "; did you mean Invoke?"],
    ["invoke", "; did you mean Invoke?"],
    ["GetPolicy", ""],
  ])("rejects %s, which is not a supported operation", (name, suggestion) => {
    const count = () => local.requests.of(name as OperationName);

    expect(count).toThrow(
      new LocalAwsError([
        `operation must be one of ListFunctions, Invoke, InvokeWithResponseStream, GetFunction, GetFunctionConfiguration, CreateFunction, DeleteFunction, AssumeRole, GetCallerIdentity, GetParameter, PutParameter, LabelParameterVersion, CreateSession, not ${name}${suggestion}`,
      ]),
    );
  });

  it("returns an empty list for an operation without requests", () => {
    expect(local.requests.of("Invoke")).toEqual([]);
  });
});

describe("the payloads in local.requests", () => {
  it("are those of invocations, up to 16 KB", async () => {
    await using local = await startLocalAws({
      functions: { price: () => 1 },
    });
    const connector = connect(local);
    const quoted = (length: number) => "x".repeat(length - 2);

    for (const payload of [{ sku: "A-17" }, quoted(16_384), quoted(16_385)])
      await connector.invokeFunction({ functionName: "price", payload });
    await connector.invokeFunction({ functionName: "price" });
    await connector
      .invokeWithResponseStream({
        functionName: "price",
        payload: [1],
      })
      .then((response) => response.text());
    await connector.listFunctions();
    connector.close();

    expect(
      local.requests.all.map(({ payloadText }) =>
        payloadText === undefined || payloadText.length < 100
          ? payloadText
          : payloadText.length,
      ),
    ).toEqual([
      '{"sku":"A-17"}',
      16_384,
      undefined,
      undefined,
      "[1]",
      undefined,
    ]);
  });

  it("are kept for the last 1,000 requests", async () => {
    await using local = await startLocalAws({
      functions: { price: () => 1 },
    });
    const connector = connect(local);

    await connector
      .function("price")
      .many(Array.from({ length: 1_002 }, (_, index) => index));
    connector.close();

    const kept = local.requests.all.map((each) => "payloadText" in each);
    expect(kept.slice(0, 3)).toEqual([false, false, true]);
    expect(kept.filter(Boolean)).toHaveLength(1_000);
  });
});

describe("onRequest and onOutput", () => {
  it("report every request after its response and the output of handlers while they run", async () => {
    const told: (ReceivedRequest | FunctionOutput)[] = [];
    const local = await startLocalAws({
      functions: folderWith({
        "price.js":
          "exports.handler = async () => { console.log('looking'); throw new Error('sold out'); };",
      }),
      onRequest: (request) => told.push(request),
      onOutput: (output) => told.push(output),
    });
    const connector = connect(local);

    await connector.invokeFunction({
      functionName: "price",
      onFunctionError: "return",
    });
    local.faults.add({ kind: "reset", when: "before-run" });
    await connector.invokeFunction({ functionName: "price" }).catch(() => 0);
    connector.close();
    await local.close();

    expect(told).toEqual([
      {
        functionName: "price",
        text: expect.stringMatching(/\tINFO\tlooking\n$/),
      },
      {
        functionName: "price",
        text: expect.stringMatching(/\tERROR\t.*sold out/),
      },
      expect.objectContaining({
        operation: "Invoke",
        status: 200,
        durationMs: expect.any(Number),
      }),
      expect.objectContaining({ operation: "Invoke", fault: "reset" }),
    ]);
    expect(told[3]).not.toHaveProperty("status");
  });
});

describe("an unsupported operation", () => {
  it("is reported by the connector as an error that is not retryable", async () => {
    const local = await startLocalAws({ functions: { price: () => 1 } });
    const connector = connect(local);

    const error = await connector
      .invokeFunction({ functionName: "price", durableExecutionName: "once" })
      .catch((thrown: unknown) => thrown);
    connector.close();
    await local.close();

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "NotAvailableInLocalAws",
      retryable: false,
      execution: "did-not-run",
    });
  });
});

function connect({ endpoint, region, credentials }: LocalAws) {
  return createConnector({ endpoint, region, credentials });
}
