/** Compares how the direct codecs and the AWS SDK read the same response. */
import * as fc from "fast-check";
import { InvokeFunction, ListFunctions } from "../../operations";
import type { InvokeFunctionResponse } from "../../domain";
import { toFunctionResponse } from "../../src/engine/invocation/toFunctionResponse";
import { connection, exampleCredentials } from "../connection";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import { FixedTransport, readByNode, type RawResponse } from "./RawResponse";
import {
  functionConfigurations,
  configurationsWithUnknownMembers,
} from "./functionConfigurations";
import { RawSdk } from "./RawSdk";

const sdk = new RawSdk({
  region: "eu-west-1",
  credentials: exampleCredentials,
});

const REPORT =
  "START RequestId: 1 Version: 7\nREPORT RequestId: 1\tDuration: 3.05 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 57 MB\tInit Duration: 150.10 ms\t\n";

const header = (names: readonly string[], values: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...names), values);

const headerValues = fc
  .string({ maxLength: 40 })
  .map((text) => text.replace(/[^ -~]/g, "?").trim());

const headerLists = fc
  .record(
    {
      error: header(
        ["X-Amz-Function-Error", "x-amz-function-error"],
        fc.oneof(fc.constantFrom("Unhandled", "Handled", ""), headerValues),
      ),
      log: header(
        ["X-Amz-Log-Result", "x-amz-log-result"],
        fc.oneof(
          fc.constant(Buffer.from(REPORT).toString("base64")),
          fc
            .string({ unit: "grapheme" })
            .map((text) => Buffer.from(text).toString("base64")),
          headerValues,
        ),
      ),
      version: header(
        ["X-Amz-Executed-Version", "x-amz-executed-version"],
        fc.constantFrom("$LATEST", "7", "$LATEST.PUBLISHED", ""),
      ),
      durable: header(["X-Amz-Durable-Execution-Arn"], headerValues),
      id: header(
        ["x-amzn-RequestId", "x-amzn-request-id", "X-Amz-Request-Id"],
        fc.oneof(fc.uuid(), fc.constant("")),
      ),
      otherId: header(["x-amz-request-id"], headerValues),
      type: header(
        ["Content-Type", "content-type"],
        fc.constantFrom(
          "application/json",
          "application/octet-stream",
          "text/plain",
          "application/xml; charset=utf-8",
        ),
      ),
      trace: header(["X-Amzn-Trace-Id"], headerValues),
      unknown: header(["__proto__", "constructor", "x-other"], headerValues),
    },
    { requiredKeys: [] },
  )
  .chain((headers) => {
    const pairs = Object.values(headers);
    const repeated = pairs.length > 0 ? fc.subarray(pairs) : fc.constant([]);
    return repeated.map((repetitions) => [...pairs, ...repetitions].flat());
  });

/** The invocation type to which Lambda responds with a status. */
const INVOCATION_TYPES: Readonly<
  Record<number, { readonly invocationType: "Event" | "DryRun" }>
> = { 202: { invocationType: "Event" }, 204: { invocationType: "DryRun" } };

const rawResponses: fc.Arbitrary<RawResponse> = fc.record({
  statusCode: fc.constantFrom(200, 200, 200, 202, 204),
  rawHeaders: headerLists,
  body: fc.oneof(
    fc.constant(Buffer.alloc(0)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: "grapheme" }).map((text) => Buffer.from(text)),
    fc
      .constantFrom("null", "{", "\ufeff{}", " ")
      .map((text) => Buffer.from(text)),
  ),
});

/** Returns everything that a caller can read from the connector's response. */
async function readAll(response: InvokeFunctionResponse) {
  const { payloadBytes, payloadText, report } = response;
  const rest = Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(response))
      .filter(([name]) => !/^(payload.*|report)$/.test(name))
      .map(([name, { value }]) => [name, value as unknown]),
  );
  const payload = await catchError(() => response.payload).then(
    ({ code }) => ({ code }),
    () => ({ value: response.payload }),
  );
  return {
    ...rest,
    payloadText,
    bytes: [...payloadBytes],
    payload,
    ...(report && { report: Object.assign({}, report) }),
  };
}

/** Returns the same, read from the AWS SDK's output. */
async function readAllWithSdk(raw: RawResponse) {
  sdk.response = readByNode(raw);
  const output = await sdk.invoke({ FunctionName: "price" });
  const { $metadata, StatusCode, FunctionError, LogResult, ...rest } = output;
  const bytes = [...(output.Payload ?? [])];
  const payloadText = output.Payload?.transformToString() ?? "";
  const log =
    LogResult === undefined
      ? undefined
      : Buffer.from(LogResult, "base64").toString();
  const present = Object.entries({
    functionError: FunctionError,
    executedVersion: rest.ExecutedVersion,
    durableExecutionArn: rest.DurableExecutionArn,
    log,
    requestId: $metadata.requestId,
  }).filter(([, value]) => value !== undefined);
  return {
    statusCode: StatusCode,
    ...Object.fromEntries(present),
    payloadText,
    bytes,
    payload: readJson(payloadText, bytes.length),
    ...(log?.includes("REPORT RequestId:") === true && {
      report: {
        durationMs: 3.05,
        billedDurationMs: 4,
        memorySizeMb: 128,
        maxMemoryUsedMb: 57,
        initDurationMs: 150.1,
      },
    }),
  };
}

function readJson(text: string, length: number): object {
  try {
    return { value: length === 0 ? undefined : (JSON.parse(text) as unknown) };
  } catch {
    return { code: "ERR_RESPONSE" };
  }
}

describe("response to an invocation", () => {
  it("gives the same status, headers, log and payload as with the AWS SDK, even if headers are repeated", async () => {
    await fc.assert(
      fc.asyncProperty(rawResponses, async (raw) => {
        const transport = new FixedTransport(raw);
        const operation = new InvokeFunction(connection, { transport });

        const response = await operation.execute({
          functionName: "price",
          ...INVOCATION_TYPES[raw.statusCode],
          onFunctionError: "return",
        });

        expect(await readAll(response)).toEqual(await readAllWithSdk(raw));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is rejected if it is an HTML page without AWS's request ID; the AWS SDK accepts it", async () => {
    const raw = {
      statusCode: 200,
      rawHeaders: ["Content-Type", "text/html; charset=utf-8"],
      body: Buffer.from("<html>Log in to the guest network</html>"),
    };
    const transport = new FixedTransport(raw);
    const operation = new InvokeFunction(connection, { transport });

    const error = await catchError(
      operation.execute({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "may-have-run",
    });
    expect(await readAllWithSdk(raw)).toMatchObject({ statusCode: 200 });
  });
});

/** Reads a page of functions with the connector and with the AWS SDK. */
function readPage(body: unknown) {
  const raw = {
    statusCode: 200,
    rawHeaders: ["x-amzn-RequestId", "1"],
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
  sdk.response = readByNode(raw);
  const hooks = {
    transport: new FixedTransport(raw),
    clock: new FakeClock({ skips: 20_000 }),
  };
  return {
    byConnector: () => new ListFunctions(connection, hooks).page(),
    bySdk: () => sdk.listFunctions({}),
  };
}

describe("page of functions", () => {
  it("gives the same members as with the AWS SDK: all 40 and their nested members, nulls, unknown values", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            Functions: fc.option(
              fc.array(functionConfigurations, { maxLength: 4 }),
            ),
            NextMarker: fc.option(fc.string({ minLength: 1 })),
          },
          { requiredKeys: [] },
        ),
        async (body) => {
          const page = readPage(body);
          const [byConnector, bySdk] = [
            await page.byConnector(),
            await page.bySdk(),
          ];

          const { Functions = [], NextMarker } = bySdk;
          expect(byConnector.functions).toEqual(
            Functions.map(toFunctionResponse),
          );
          expect(byConnector.nextMarker).toBe(NextMarker);
          expect("nextMarker" in byConnector).toBe(NextMarker !== undefined);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it("includes members that the AWS SDK does not know and drops, also in nested structures", async () => {
    await fc.assert(
      fc.asyncProperty(
        configurationsWithUnknownMembers,
        async ({ known, extended, added }) => {
          const page = readPage({ Functions: [extended] });
          const { functions } = await page.byConnector();
          const { Functions = [] } = await page.bySdk();

          expect(Functions).toEqual(
            (await readPage({ Functions: [known] }).bySdk()).Functions,
          );
          expect(functions).toMatchObject(
            Functions.map((each) =>
              Object.assign({}, toFunctionResponse(each)),
            ),
          );
          expect(functions[0]).toMatchObject(added);
          expect(Object.getPrototypeOf(functions[0])).toBe(
            Object.getPrototypeOf(toFunctionResponse({})),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["a member named __proto__", '{"__proto__":{"State":"x"}}'],
    ["a member named like a method of every object", '{"ToString":{"A":{}}}'],
    [
      "several members named like those of every object",
      '{"constructor":{"a":{}},"ValueOf":[{}],"HasOwnProperty":{}}',
    ],
    ["a number as its time", '{"LastModified":7}'],
    ["null as its time", '{"LastModified":null}'],
  ])("is read if a function has %s", async (_, json) => {
    const page = readPage(`{"Functions":[${json}]}`);

    const [found] = (await page.byConnector()).functions;

    expect(found).toBeInstanceOf(toFunctionResponse({}).constructor);
    expect(found?.state).toBeUndefined();
    expect(found?.lastModified).toBeUndefined();
  });

  it.each(["7", '"text"', "[]", "null", "true", "{", "<html>"])(
    "is rejected with ERR_RESPONSE if its body is %s",
    async (text) => {
      const error = await catchError(readPage(text).byConnector());

      expect(error).toMatchObject({ code: "ERR_RESPONSE" });
    },
  );

  it.each(["", "{}", '{"Functions":null}', '{"Functions":[],"NextMarker":""}'])(
    "is the last one and empty if its body is %p",
    async (text) => {
      const { functions, ...rest } = await readPage(text).byConnector();

      expect({ functions, ...rest }).toEqual({ functions: [] });
    },
  );
});
