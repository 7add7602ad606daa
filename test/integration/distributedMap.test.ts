import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { toDistributedMap, toMapItems } from "aws-lambda-connector";
import type { Fault, LocalAws } from "aws-lambda-connector/local";
import { StateError, StateMachine } from "../StateMachine";
import { startWorld } from "./world";

/** Invokes once and names errors as Step Functions does. */
async function invoke(
  client: LambdaClient,
  { Payload, ...fields }: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const command = new InvokeCommand({
    FunctionName: String(fields["FunctionName"]),
    ...fields,
    ...(Payload !== undefined && {
      Payload: Buffer.from(JSON.stringify(Payload)),
    }),
  });
  const response = await client.send(command).catch((error: unknown) => {
    const { name, $metadata } = error as Error & {
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    const isFromAws = $metadata?.httpStatusCode !== undefined;
    throw new StateError(`Lambda.${isFromAws ? name : "SdkClientException"}`);
  });
  const result = JSON.parse(
    Buffer.from(response.Payload ?? []).toString() || "null",
  ) as unknown;
  if (response.FunctionError !== undefined)
    throw new StateError((result as { errorType: string }).errorType);
  return {
    StatusCode: response.StatusCode,
    ExecutedVersion: response.ExecutedVersion,
    SdkResponseMetadata: { RequestId: response.$metadata.requestId },
    Payload: result,
  };
}

describe("a Distributed Map on the embedded AWS", () => {
  let local: LocalAws;
  let client: LambdaClient;
  let ran: number;

  beforeEach(async () => {
    ran = 0;
    local = await startWorld({
      functions: {
        count: (event: unknown) => {
          ran++;
          return { event };
        },
        fail: () => {
          ran++;
          throw Object.assign(new Error("busy"), {
            name: "TooManyRequestsException",
          });
        },
      },
    });
    const { endpoint, region, credentials } = local;
    client = new LambdaClient({
      endpoint,
      region,
      credentials,
      maxAttempts: 1,
    });
  });

  afterEach(async () => {
    client.destroy();
    await local.close();
  });

  /** The workflow of one request, from the definition and the item that are written for it. */
  async function run(
    request: { functionName: string; idempotent?: boolean },
    executionType: "STANDARD" | "EXPRESS" = "STANDARD",
  ): Promise<{ output: Promise<unknown>; machine: StateMachine }> {
    const { definition } = toDistributedMap({
      stateMachineArn:
        "arn:aws:states:eu-central-1:111122223333:stateMachine:prices",
      functionName: request.functionName,
      itemsBucket: "acme-batches",
      itemsKey: "items.jsonl",
      resultsPrefix: "results",
      executionType,
    });
    const machine = new StateMachine(definition, (invocation) =>
      invoke(client, invocation),
    );
    const items = toMapItems([{ ...request, payload: { sku: "A-17" } }]);
    const { value } = await items.next();
    return { output: machine.run(String(value)), machine };
  }

  it("passes the payload on and returns the fields of a response", async () => {
    const { output } = await run({ functionName: "count" });

    expect(await output).toEqual({
      statusCode: 200,
      executedVersion: "$LATEST",
      requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      payload: { event: { sku: "A-17" } },
    });
    expect(ran).toBe(1);
  });

  it("retries a throttled request up to 8 times, at growing intervals", async () => {
    local.faults.add({ kind: "throttle", times: 20 });

    const { output, machine } = await run({ functionName: "count" });

    await expect(output).rejects.toThrow("Lambda.TooManyRequestsException");
    expect(machine.waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(local.requests.of("Invoke")).toHaveLength(9);
    expect(ran).toBe(0);
  });

  it("runs a request once that was throttled twice", async () => {
    local.faults.add({ kind: "throttle", times: 2 });

    const { output } = await run({ functionName: "count" });

    expect(await output).toMatchObject({ statusCode: 200 });
    expect(ran).toBe(1);
  });

  it.each<[string, Fault, string]>([
    [
      "its response is lost",
      { kind: "reset", when: "after-run" },
      "Lambda.SdkClientException",
    ],
    [
      "the connection is lost before it runs",
      { kind: "reset", when: "before-run" },
      "Lambda.SdkClientException",
    ],
    [
      "Lambda fails",
      { kind: "status", status: 500 },
      "Lambda.ServiceException",
    ],
  ])("sends a request once if %s", async (_, fault, error) => {
    local.faults.add(fault);

    const { output, machine } = await run({ functionName: "count" });

    await expect(output).rejects.toThrow(error);
    expect(machine.waits).toEqual([]);
    expect(local.requests.of("Invoke")).toHaveLength(1);
  });

  it("sends an idempotent request again if its response is lost, up to 3 times", async () => {
    local.faults.add({ kind: "reset", when: "after-run", times: 20 });

    const request = { functionName: "count", idempotent: true };
    const { output } = await run(request);

    await expect(output).rejects.toThrow("Lambda.SdkClientException");
    expect(local.requests.of("Invoke")).toHaveLength(3);
    expect(ran).toBe(3);
  });

  it.each([false, true])(
    "runs a function that fails with TooManyRequestsException once (idempotent: %s)",
    async (idempotent) => {
      const { output } = await run({ functionName: "fail", idempotent });

      await expect(output).rejects.toThrow("TooManyRequestsException");
      expect(ran).toBe(1);
    },
  );

  it("sends a request that is not idempotent in no Express workflow", async () => {
    const { output } = await run({ functionName: "count" }, "EXPRESS");

    await expect(output).rejects.toThrow("NotIdempotent");
    expect(local.requests.of("Invoke")).toHaveLength(0);
  });

  it("sends an idempotent request in an Express workflow", async () => {
    const request = { functionName: "count", idempotent: true };
    const { output } = await run(request, "EXPRESS");

    expect(await output).toMatchObject({ statusCode: 200 });
  });
});
