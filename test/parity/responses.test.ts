/** The same result: whatever Lambda answers, a caller reads the same of it as from the AWS SDK's own output. */
import * as fc from "fast-check";
import { InvokeFunction, ListFunctions } from "../../operations";
import type { InvokeFunctionResponse } from "../../domain";
import { toFunctionResponse } from "../../src/engine/invocation/toFunctionResponse";
import { connection, keys } from "../connection";
import { FakeClock } from "../FakeClock";
import { thrownBy } from "../thrownBy";
import { FixedTransport, readByNode, type RawResponse } from "./RawResponse";
import {
  functionConfigurations,
  configurationsWithUnknownMembers,
} from "./functionConfigurations";
import { RawSdk } from "./RawSdk";

const sdk = new RawSdk({ region: "eu-west-1", credentials: keys });

const REPORT =
  "START RequestId: 1 Version: 7\nREPORT RequestId: 1\tDuration: 3.05 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 57 MB\tInit Duration: 150.10 ms\t\n";

const line = (names: readonly string[], values: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...names), values);

const plain = fc
  .string({ maxLength: 40 })
  .map((text) => text.replace(/[^ -~]/g, "?").trim());

const lines = fc
  .record(
    {
      error: line(
        ["X-Amz-Function-Error", "x-amz-function-error"],
        fc.oneof(fc.constantFrom("Unhandled", "Handled", ""), plain),
      ),
      log: line(
        ["X-Amz-Log-Result", "x-amz-log-result"],
        fc.oneof(
          fc.constant(Buffer.from(REPORT).toString("base64")),
          fc
            .string({ unit: "grapheme" })
            .map((text) => Buffer.from(text).toString("base64")),
          plain,
        ),
      ),
      version: line(
        ["X-Amz-Executed-Version", "x-amz-executed-version"],
        fc.constantFrom("$LATEST", "7", "$LATEST.PUBLISHED", ""),
      ),
      durable: line(["X-Amz-Durable-Execution-Arn"], plain),
      id: line(
        ["x-amzn-RequestId", "x-amzn-request-id", "X-Amz-Request-Id"],
        fc.oneof(fc.uuid(), fc.constant("")),
      ),
      otherId: line(["x-amz-request-id"], plain),
      type: line(
        ["Content-Type", "content-type"],
        fc.constantFrom(
          "application/json",
          "application/octet-stream",
          "text/plain",
          "application/xml; charset=utf-8",
        ),
      ),
      trace: line(["X-Amzn-Trace-Id"], plain),
      stranger: line(["__proto__", "constructor", "x-other"], plain),
    },
    { requiredKeys: [] },
  )
  .chain((found) => {
    const pairs = Object.values(found);
    const twice = pairs.length > 0 ? fc.subarray(pairs) : fc.constant([]);
    return twice.map((again) => [...pairs, ...again].flat());
  });

const raws: fc.Arbitrary<RawResponse> = fc.record({
  statusCode: fc.constantFrom(200, 200, 200, 201, 202, 204, 206, 299),
  rawHeaders: lines,
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

/** What a response says, read as a caller reads it. */
async function told(response: InvokeFunctionResponse) {
  const { payloadBytes, payloadText, report, ...facts } = response;
  const payload = await thrownBy(() => response.payload).then(
    ({ code }) => ({ code }),
    () => ({ value: response.payload }),
  );
  return {
    ...facts,
    payloadText,
    bytes: [...payloadBytes],
    payload,
    ...(report && { report: Object.assign({}, report) }),
  };
}

/** The same, made of the AWS SDK's output by hand. */
async function toldBySdk(raw: RawResponse) {
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

describe("An answer to an invocation", () => {
  it("is read as the AWS SDK reads it: status, headers in any case and number, log, payload byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(raws, async (raw) => {
        const transport = new FixedTransport(raw);
        const operation = new InvokeFunction(connection, { transport });

        const response = await operation.execute({
          functionName: "price",
          onFunctionError: "return",
        });

        expect(await told(response)).toEqual(await toldBySdk(raw));
      }),
      { numRuns: 2_000 },
    );
  });

  it("that is a web page without AWS's request id is no answer of the function, where the AWS SDK takes it for one", async () => {
    const raw = {
      statusCode: 200,
      rawHeaders: ["Content-Type", "text/html; charset=utf-8"],
      body: Buffer.from("<html>Log in to the guest network</html>"),
    };
    const transport = new FixedTransport(raw);
    const operation = new InvokeFunction(connection, { transport });

    const error = await thrownBy(operation.execute({ functionName: "price" }));

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "may-have-run",
    });
    expect(await toldBySdk(raw)).toMatchObject({ statusCode: 200 });
  });
});

/** A page of functions as each side reads it. */
function pages(body: unknown) {
  const raw = {
    statusCode: 200,
    rawHeaders: ["x-amzn-RequestId", "1"],
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
  sdk.response = readByNode(raw);
  const seams = {
    transport: new FixedTransport(raw),
    clock: new FakeClock({ skips: 20_000 }),
  };
  return {
    ours: () => new ListFunctions(connection, seams).page(),
    theirs: () => sdk.listFunctions({}),
  };
}

describe("A page of functions", () => {
  it("is read as the AWS SDK reads it: all 40 members and what stands in them, nulls, new values", async () => {
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
          const page = pages(body);
          const [ours, theirs] = [await page.ours(), await page.theirs()];

          const { Functions = [], NextMarker } = theirs;
          expect(ours.functions).toEqual(Functions.map(toFunctionResponse));
          expect(ours.nextMarker).toBe(NextMarker);
          expect("nextMarker" in ours).toBe(NextMarker !== undefined);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it("brings what AWS adds tomorrow besides, wherever it stands, where the AWS SDK drops it", async () => {
    await fc.assert(
      fc.asyncProperty(
        configurationsWithUnknownMembers,
        async ({ known, strange, added }) => {
          const page = pages({ Functions: [strange] });
          const { functions } = await page.ours();
          const { Functions = [] } = await page.theirs();

          expect(Functions).toEqual(
            (await pages({ Functions: [known] }).theirs()).Functions,
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
    ["a member that would become the prototype", '{"__proto__":{"State":"x"}}'],
    ["a member of a name that every object has", '{"ToString":{"A":{}}}'],
    ["another", '{"constructor":{"a":{}},"ValueOf":[{}],"HasOwnProperty":{}}'],
    ["a time that is a number", '{"LastModified":7}'],
    ["a time that is none", '{"LastModified":null}'],
  ])("is read where a function has %s", async (_, text) => {
    const page = pages(`{"Functions":[${text}]}`);

    const [found] = (await page.ours()).functions;

    expect(found).toBeInstanceOf(toFunctionResponse({}).constructor);
    expect(found?.state).toBeUndefined();
    expect(found?.lastModified).toBeUndefined();
  });

  it.each(["7", '"text"', "[]", "null", "true", "{", "<html>"])(
    "that is %s cannot be read, and is no account without functions",
    async (text) => {
      const error = await thrownBy(pages(text).ours());

      expect(error).toMatchObject({ code: "ERR_RESPONSE" });
    },
  );

  it.each(["", "{}", '{"Functions":null}', '{"Functions":[],"NextMarker":""}'])(
    "that is %p has no functions and is the last",
    async (text) => {
      const { functions, ...rest } = await pages(text).ours();

      expect({ functions, ...rest }).toEqual({ functions: [] });
    },
  );
});
