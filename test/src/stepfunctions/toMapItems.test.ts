import * as fc from "fast-check";
import { toDistributedMap, toMapItems } from "../../../src";
import { InvokeFunctionRequest } from "../../../operations";
import {
  identifyInvocation,
  readInvocation,
} from "../../../src/engine/batch/readInvocation";
import { toClientContext } from "../../../src/engine/invocation/toClientContext";
import { catchError } from "../../catchError";
import { StateMachine } from "../../StateMachine";

type Requests = Parameters<typeof toMapItems>[0];

const context = { operation: "InvokeMany", request: InvokeFunctionRequest };

async function linesOf(requests: unknown): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of toMapItems(requests as Requests)) lines.push(line);
  return lines;
}

/** Identifies what `InvokeMany` would send, except for whitespace in the payload and the default of `logType`. */
function identityOf(request: unknown): string {
  const { logType, idempotent, ...invocation } = readInvocation(
    request,
    context,
  );
  const { payload, clientContext } = invocation;
  const text =
    payload === undefined
      ? undefined
      : Buffer.from(payload as Uint8Array).toString();
  const identity = identifyInvocation({
    ...invocation,
    ...(text !== undefined && {
      payload: Buffer.from(JSON.stringify(JSON.parse(text))),
    }),
    ...(typeof clientContext === "string" && {
      clientContext: JSON.parse(clientContext) as unknown,
    }),
  });
  return `${logType ?? "None"} ${idempotent ?? false} ${identity}`;
}

/** Strings with whatever breaks lines, quotes or encodings. */
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\n", "\r\n", "\u2028", "{% 1 %}", '"\\', "ä€😀", "\ud800"),
);
const values = fc.jsonValue({ stringUnit: "binary" });
const requests = fc
  .record(
    {
      functionName: fc.constantFrom(
        "price",
        "price:live",
        "arn:aws:lambda:eu-central-1:111122223333:function:price",
      ),
      qualifier: fc.constantFrom("live", "7", "$LATEST"),
      invocationType: fc.constantFrom("RequestResponse", "Event", "DryRun"),
      clientContext: fc.dictionary(texts, texts, { maxKeys: 3 }),
      idempotent: fc.boolean(),
      logType: fc.constant("None"),
      onFunctionError: fc.constant("throw"),
    },
    { requiredKeys: ["functionName"] },
  )
  .chain((fields) =>
    fc.oneof(
      fc.constant(fields),
      fc.oneof(values, texts).map((payload) => ({ ...fields, payload })),
      values.map((value) => ({
        ...fields,
        payloadJson: JSON.stringify(value, null, 2),
      })),
      values.map((value) => ({
        ...fields,
        payload: Buffer.from(JSON.stringify(value, null, "\t")),
      })),
    ),
  )
  // Too long in base64.
  .filter(
    ({ clientContext }) => JSON.stringify(clientContext ?? {}).length < 400,
  );

describe("toMapItems", () => {
  it("writes one line for each request, which is a request again", async () => {
    const lines = await linesOf([
      { functionName: "price", payload: { sku: "A-17\n" } },
      { functionName: "price", qualifier: "live", payload: null },
      {
        functionName: "price",
        payloadJson: "[\n  1.0\n]",
        invocationType: "Event",
        clientContext: { name: "ä" },
        idempotent: true,
      },
      { functionName: "price", idempotent: false },
    ]);

    expect(lines).toEqual([
      '{"functionName":"price","payload":{"sku":"A-17\\n"}}\n',
      '{"functionName":"price","qualifier":"live","payload":null}\n',
      '{"functionName":"price","invocationType":"Event","clientContext":"{\\"name\\":\\"\\\\u00e4\\"}","idempotent":true,"payload":[1]}\n',
      '{"functionName":"price"}\n',
    ]);
  });

  it("writes items that InvokeMany reads as the requests they were written from", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const [line = ""] = await linesOf([request]);

        expect(line.endsWith("\n")).toBe(true);
        expect(line.trimEnd()).not.toMatch(/[\n\r]/);
        expect(identityOf(JSON.parse(line))).toBe(identityOf(request));
      }),
    );
  });

  it("writes items from which the state machine sends what InvokeMany would send", async () => {
    const { definition } = toDistributedMap({
      stateMachineArn:
        "arn:aws:states:eu-central-1:111122223333:stateMachine:prices",
      functionName: "price",
      itemsBucket: "acme-batches",
      itemsKey: "items.jsonl",
      resultsPrefix: "results",
    });
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const [line = ""] = await linesOf([request]);
        const sent: Readonly<Record<string, unknown>>[] = [];
        const machine = new StateMachine(definition, (invocation) => {
          sent.push(invocation);
          return Promise.resolve({ StatusCode: 200 });
        });

        await machine.run(line);

        const {
          functionName,
          qualifier,
          invocationType,
          payload,
          clientContext,
        } = readInvocation(JSON.parse(line), context);
        expect(sent).toEqual([
          JSON.parse(
            JSON.stringify({
              FunctionName: functionName,
              Qualifier: qualifier,
              InvocationType: invocationType,
              ClientContext: toClientContext(clientContext, []),
              Payload:
                payload &&
                (JSON.parse(
                  Buffer.from(payload as Uint8Array).toString(),
                ) as unknown),
            }),
          ),
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it("reads iterables and async iterables lazily, one request at a time", async () => {
    const read: number[] = [];
    async function* generate() {
      for (let payload = 0; payload < 5; payload++) {
        read.push(payload);
        yield await Promise.resolve({ functionName: "price", payload });
      }
    }

    const lines = toMapItems(generate());
    await lines.next();
    await lines.next();
    await lines.return();

    expect(read).toEqual([0, 1]);
    expect(await linesOf(new Set([{ functionName: "price" }]))).toHaveLength(1);
  });

  it("writes nothing for no requests", async () => {
    expect(await linesOf([])).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    [
      "a field that is unknown",
      { payloda: 1 },
      "payloda",
      "payloda is not a field of this request; did you mean payload?",
    ],
    [
      "a tenant",
      { tenantId: "acme" },
      "tenantId",
      "tenantId must be omitted for Step Functions",
    ],
    [
      "the name of a durable execution",
      { durableExecutionName: "order-1" },
      "durableExecutionName",
      "durableExecutionName must be omitted for Step Functions",
    ],
    [
      "a log that is not returned",
      { logType: "Tail" },
      "logType",
      "logType must be None for Step Functions, which returns no log",
    ],
    [
      "function errors as data",
      { onFunctionError: "return" },
      "onFunctionError",
      "onFunctionError must be throw for Step Functions, where a function error fails the request",
    ],
    [
      "bytes that are not JSON",
      { payload: Buffer.from("%PDF") },
      "payload",
      "payload must be JSON of at most 512 levels for Step Functions",
    ],
    [
      "bytes that are not UTF-8",
      { payload: Uint8Array.of(0x22, 0xff, 0x22) },
      "payload",
      "payload must be JSON of at most 512 levels for Step Functions",
    ],
    ...[
      "12345678901234567890",
      "0.12345678901234567890",
      "1e400",
      "-1e-400",
      '{"a":["1",12345678901234567890]}',
      "9".repeat(1_000),
    ].map((payloadJson): [string, object, string, string] => [
      `the number in ${payloadJson.slice(0, 40)}`,
      { payloadJson },
      "payload",
      "payload must not contain a number with more digits than JavaScript keeps; send it as a string",
    ]),
    [
      "a client context that is too long once it is ASCII",
      { clientContext: { name: "ä".repeat(500) } },
      "clientContext",
      "clientContext must have at most 3,583 bytes in base64, but has 4,016",
    ],
  ])("rejects %s", async (...[, change, path, message]) => {
    const request = { functionName: "price", ...change };

    const error = await catchError(
      linesOf([{ functionName: "price" }, request]),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "toMapItems",
      issues: [
        { path: `requests[1].${path}`, message: `in requests[1], ${message}` },
      ],
    });
  });

  it.each([
    "0.30000000000000004",
    "1.7976931348623157e+308",
    "100000000000000000000",
    "1.000000000000000000",
    "-0.0",
    '"12345678901234567890 \\" 12345678901234567890"',
  ])("keeps %s", async (payloadJson) => {
    const [line = ""] = await linesOf([{ functionName: "price", payloadJson }]);

    const { payload } = JSON.parse(line) as { readonly payload: unknown };
    expect(payload).toEqual(
      Object.is(JSON.parse(payloadJson), -0) ? 0 : JSON.parse(payloadJson),
    );
  });

  it("accepts an item of 261,120 bytes, and no longer one", async () => {
    const rest = '{"functionName":"price","payload":""}'.length;
    const request = (bytes: number) => ({
      functionName: "price",
      payload: "é".repeat(1_000) + "x".repeat(bytes - rest - 2_000),
    });

    const [line = ""] = await linesOf([request(261_120)]);
    const error = await catchError(linesOf([request(261_121)]));

    expect(Buffer.byteLength(line.trimEnd())).toBe(261_120);
    expect(error).toMatchObject({
      issues: [
        {
          path: "requests[0].payload",
          rule: "size",
          message:
            "in requests[0], the request must have at most 261,120 bytes as a line of JSON, but has 261,121; store the payload elsewhere and send a reference",
        },
      ],
    });
  });

  it.each([
    ["a promise", Promise.resolve({ functionName: "price" })],
    ["a string", "price"],
  ])("rejects %s in place of a request", async (_, request) => {
    const error = await catchError(linesOf([request]));

    expect(error).toMatchObject({
      issues: [{ path: "requests[0]", rule: "object" }],
    });
  });

  it.each([undefined, null, "price", { functionName: "price" }])(
    "rejects %j in place of requests before it is iterated",
    async (requests) => {
      const error = await catchError(() => toMapItems(requests as Requests));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [
          {
            path: "requests",
            message:
              "requests must be an array or another iterable, for example a generator",
          },
        ],
      });
    },
  );

  it("reports requests that throw, with the cause", async () => {
    const cause = new Error("disk full");
    // eslint-disable-next-line require-yield
    function* generate(): Generator<never> {
      throw cause;
    }

    const error = await catchError(linesOf(generate()));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "toMapItems: requests could not be read because its iterator threw (disk full).",
      cause,
    });
  });

  it("closes the requests when the caller stops reading", async () => {
    let closed = false;
    function* generate() {
      try {
        for (;;) yield { functionName: "price" };
      } finally {
        closed = true;
      }
    }

    for await (const line of toMapItems(generate())) {
      expect(line).toContain("price");
      break;
    }

    expect(closed).toBe(true);
  });
});
