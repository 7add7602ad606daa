import { Readable } from "node:stream";
import { InvokeWithResponseStreamResponse } from "../../domain";
import { InvokeWithResponseStream } from "../../operations";
import { isConnectorError } from "../../src";
import { crc32 } from "../../src/engine/hash/crc32";
import { WireError, type Transport } from "../../src/engine/http/transport";
import { connection } from "../connection";
import { FakeAws, lambdaError } from "../FakeAws";
import { catchError } from "../catchError";

/** Encodes an event stream frame. */
function frame(headers: Record<string, string>, payload: string): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const bytes = Buffer.alloc(4 + name.length + Buffer.byteLength(value));
      bytes.writeUInt8(name.length, 0);
      bytes.write(name, 1);
      bytes.writeUInt8(7, 1 + name.length);
      bytes.writeUInt16BE(Buffer.byteLength(value), 2 + name.length);
      bytes.write(value, 4 + name.length);
      return bytes;
    }),
  );
  const body = Buffer.from(payload);
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const all = Buffer.concat([prelude, head, body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(all), 0);
  return Buffer.concat([all, checksum]);
}

const chunkFrame = (text: string): Buffer =>
  frame(
    {
      ":event-type": "PayloadChunk",
      ":message-type": "event",
      ":content-type": "application/octet-stream",
    },
    text,
  );

const complete = (completion: object = {}): Buffer =>
  frame(
    {
      ":event-type": "InvokeComplete",
      ":message-type": "event",
      ":content-type": "application/json",
    },
    JSON.stringify(completion),
  );

const HEADERS = {
  "x-amzn-requestid": "request-1",
  "x-amz-executed-version": "7",
  "content-type": "application/vnd.amazon.eventstream",
};

/** Creates an operation whose transport streams these bytes in chunks of `cut` bytes, and then ends or fails. */
function openStream(
  bytes: Buffer,
  { cut = 7, breaks = false, headers = HEADERS } = {},
) {
  const seen = { chunks: 0, released: false };
  const transport: Transport = {
    send: () => Promise.reject(new Error("unexpected request")),
    stream: (_request, { onSent }) => {
      onSent?.();
      return Promise.resolve({
        statusCode: 200,
        headers,
        body: (async function* () {
          try {
            for (let at = 0; at < bytes.length; at += cut) {
              await Promise.resolve();
              seen.chunks++;
              yield bytes.subarray(at, at + cut);
            }
            if (breaks) throw new WireError("TRUNCATED");
          } finally {
            seen.released = true;
          }
        })(),
      });
    },
  };
  const operation = new InvokeWithResponseStream(connection, { transport });
  return { operation, seen };
}

const START = { functionName: "report" };

describe("InvokeWithResponseStream", () => {
  it("yields the chunks as the function wrote them, however the bytes arrive", async () => {
    const bytes = Buffer.concat([
      chunkFrame("once "),
      chunkFrame("upon"),
      complete(),
    ]);

    for (const cut of [1, 3, 50, 10_000]) {
      const response = await openStream(bytes, { cut }).operation.execute(
        START,
      );
      const chunks: string[] = [];
      for await (const each of response)
        chunks.push(Buffer.from(each).toString());

      expect(chunks).toEqual(["once ", "upon"]);
      expect(response).toMatchObject({
        statusCode: 200,
        executedVersion: "7",
        requestId: "request-1",
      });
    }
  });

  it("sends the request that AWS expects", async () => {
    const aws = new FakeAws().respondWith({
      headers: HEADERS,
      body: Buffer.concat([chunkFrame("x"), complete()]),
    });

    const response = await new InvokeWithResponseStream(connection, {
      transport: aws,
    }).execute({
      ...START,
      qualifier: "live",
      payload: { a: 1 },
      logType: "Tail",
    });

    expect(await response.text()).toBe("x");
    expect(aws.sent).toEqual([
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request:
          "POST /2021-11-15/functions/report/response-streaming-invocations?Qualifier=live",
        headers: { "x-amz-log-type": "Tail" },
        body: { a: 1 },
      },
    ]);
  });

  it("has the log and its report at the end", async () => {
    const log =
      "START\nREPORT RequestId: 1\tDuration: 2.50 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\n";
    const end = complete({ LogResult: Buffer.from(log).toString("base64") });

    const response = await openStream(end).operation.execute(START);
    await response.text();

    expect(response.log).toBe(log);
    expect(response.report).toMatchObject({ billedDurationMs: 3 });
  });

  it("throws when the function fails midway", async () => {
    const details = { errorType: "StockError", errorMessage: "stock empty" };
    const bytes = Buffer.concat([
      chunkFrame("half"),
      complete({
        ErrorCode: "Unhandled",
        ErrorDetails: JSON.stringify(details),
      }),
    ]);

    const response = await openStream(bytes).operation.execute(START);
    const error = await catchError(response.text());

    expect(error).toMatchObject({
      code: "ERR_FUNCTION",
      execution: "ran",
      ...details,
      message:
        "InvokeWithResponseStream: the function report ran and failed (StockError: stock empty). Check the function's log for request request-1.",
    });
  });

  it.each<[string, Buffer, object]>([
    [
      "ends without a completion event",
      chunkFrame("half"),
      { code: "ERR_RESPONSE" },
    ],
    [
      "ends inside a frame",
      Buffer.concat([chunkFrame("half"), chunkFrame("other").subarray(0, 20)]),
      { code: "ERR_RESPONSE" },
    ],
    [
      "is damaged",
      Buffer.concat([chunkFrame("half"), Buffer.alloc(40, 1)]),
      { code: "ERR_RESPONSE" },
    ],
    [
      "contains an AWS error",
      Buffer.concat([
        chunkFrame("half"),
        frame(
          {
            ":message-type": "exception",
            ":exception-type": "ServiceException",
          },
          '{"Message":"no more"}',
        ),
      ]),
      { code: "ERR_SERVICE", serviceCode: "ServiceException" },
    ],
  ])(
    "throws with execution ran when the stream %s",
    async (_, bytes, expected) => {
      const response = await openStream(bytes).operation.execute(START);
      const error = await catchError(response.text());

      expect(error).toMatchObject({ ...expected, execution: "ran" });
      expect(error.message).not.toContain("\n");
    },
  );

  it("throws when the connection breaks and is not retried", async () => {
    const { operation } = openStream(chunkFrame("half"), { breaks: true });

    const response = await operation.execute(START);
    const error = await catchError(response.text());

    expect(error).toMatchObject({ code: "ERR_TRANSPORT", execution: "ran" });
  });

  it("reads no further than the loop and releases its socket when the loop is left", async () => {
    const bytes = Buffer.concat([
      ...Array.from({ length: 50 }, () => chunkFrame("x".repeat(100))),
      complete(),
    ]);
    const { operation, seen } = openStream(bytes, { cut: 200 });

    const response = await operation.execute(START);
    const chunks: string[] = [];
    for await (const each of response)
      if (chunks.push(Buffer.from(each).toString()) === 2) break;

    expect(chunks).toEqual(["x".repeat(100), "x".repeat(100)]);
    expect(seen.released).toBe(true);
    expect(seen.chunks).toBeLessThan(4);
  });

  it("throws an AWS error before the function runs", async () => {
    const aws = new FakeAws().respondWith(
      lambdaError(
        404,
        "ResourceNotFoundException",
        "Function not found: report",
      ),
    );

    const error = await catchError(
      new InvokeWithResponseStream(connection, { transport: aws }).execute(
        START,
      ),
    );

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ResourceNotFoundException",
      execution: "did-not-run",
    });
  });

  it("rejects the invocation type Event, which has nothing to stream", async () => {
    const error = await catchError(
      new InvokeWithResponseStream(connection, {
        transport: new FakeAws(),
      }).execute({ ...START, invocationType: "Event" as never }),
    );

    expect(error.message).toContain(
      "invocationType must be RequestResponse or DryRun",
    );
  });

  it.each<[string, () => Buffer, RegExp]>([
    [
      "a frame with more than 128 KB of headers",
      () => {
        const prelude = Buffer.alloc(12);
        prelude.writeUInt32BE(1_000_000, 0);
        prelude.writeUInt32BE(131_073, 4);
        prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
        return prelude;
      },
      /the headers of a frame have the invalid length 131073/,
    ],
    [
      "a frame that announces more than 16 MB",
      () => {
        const prelude = Buffer.alloc(12);
        prelude.writeUInt32BE(2 ** 32 - 1, 0);
        prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
        return prelude;
      },
      /a frame has the invalid length 4294967295/,
    ],
    [
      "a last frame that is nested too deeply",
      () =>
        frame(
          { ":event-type": "InvokeComplete", ":message-type": "event" },
          "[".repeat(600) + "]".repeat(600),
        ),
      /its last frame is nested more than 512 levels deep/,
    ],
    [
      "a frame after the last one",
      () => Buffer.concat([complete(), chunkFrame("more")]),
      /it continues after the function has completed/,
    ],
    [
      "a last frame of more than 6 MB",
      () => complete({ LogResult: "a".repeat(6_400_000) }),
      /its last frame has more than 6,357,092 bytes/,
    ],
  ])("refuses %s", async (_, bytesOf, message) => {
    const { operation, seen } = openStream(bytesOf(), { cut: 65_536 });

    const stream = await operation.execute(START);
    const error = await catchError(stream.text());

    expect(error).toMatchObject({ code: "ERR_RESPONSE" });
    expect(error.message).toMatch(message);
    expect(seen.released).toBe(true);
  });

  it.each([
    [{ ErrorCode: 7 }, "7"],
    [{ ErrorCode: {}, ErrorDetails: [1], LogResult: null }, "{}"],
    [{ ErrorCode: "" }, ""],
  ])("reports a failed function with the event %j", async (event, code) => {
    const { operation } = openStream(complete(event));

    const stream = await operation.execute(START);
    const error = await catchError(stream.text());

    expect(error).toMatchObject({
      code: "ERR_FUNCTION",
      execution: "ran",
      response: { functionError: code },
    });
  });

  it("hides secrets that the metadata of the stream repeats", async () => {
    const secret = connection.credentials.secretAccessKey;
    const { operation } = openStream(complete({ ErrorCode: `x ${secret}` }), {
      headers: {
        ...HEADERS,
        "x-amz-executed-version": secret,
        "content-type": `text/${secret}`,
      },
    });

    const stream = await operation.execute(START);
    const error = await catchError(stream.text());

    expect(JSON.stringify([stream, error])).not.toContain(secret);
    expect(stream.executedVersion).toBeDefined();
    expect(error.code).toBe("ERR_FUNCTION");
  });

  it("reports a failed function whose error is nested too deeply", async () => {
    const { operation } = openStream(
      complete({
        ErrorCode: "Unhandled",
        ErrorDetails: "[".repeat(600) + "]".repeat(600),
      }),
    );

    const stream = await operation.execute(START);
    const error = await catchError(stream.text());

    expect(error).toMatchObject({ code: "ERR_FUNCTION", execution: "ran" });
  });
});

/** What reads a response stream, each in its own way. */
const READERS = {
  "a whole loop": async (response) => {
    for await (const chunk of response) if (chunk.length === 0) break;
  },
  "a loop that is left": async (response) => {
    for await (const chunk of response) if (chunk.length > 0) break;
  },
  "a loop that throws": async (response) => {
    for await (const chunk of response) throw new Error(String(chunk));
  },
  "text()": (response) => response.text(),
  "an iterator that is closed": async (response) => {
    const iterator = response[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return();
  },
  "a Node stream": async (response) => {
    for await (const chunk of Readable.from(response)) String(chunk);
  },
} satisfies Record<
  string,
  (response: InvokeWithResponseStreamResponse) => Promise<unknown>
>;

type ReaderName = keyof typeof READERS;

const NAMES = Object.keys(READERS) as ReaderName[];

describe("a second read of a response stream", () => {
  const bytes = Buffer.concat([chunkFrame("x"), chunkFrame("y"), complete()]);

  it.each(
    NAMES.flatMap((first) => NAMES.map((second) => [second, first] as const)),
  )("throws ERR_INVALID_INPUT: %s after %s", async (second, first) => {
    const response = await openStream(bytes).operation.execute(START);
    await READERS[first](response).catch(() => undefined);

    const error = await catchError(READERS[second](response));

    expect(error).toMatchObject({
      name: "InvalidInputError",
      code: "ERR_INVALID_INPUT",
      operation: "InvokeWithResponseStream",
      message:
        "InvokeWithResponseStream: the response stream has already been read, completely or in part. Read it once, and keep the chunks or the text that you need again.",
      retryable: false,
      issues: [{ path: "", rule: "read-once" }],
    });
    expect(isConnectorError(error)).toBe(true);
  });

  it("throws while the first read is still in progress, which continues", async () => {
    const response = await openStream(bytes).operation.execute(START);

    const [first, second] = await Promise.allSettled([
      response.text(),
      response.text(),
    ]);

    expect(first).toEqual({ status: "fulfilled", value: "xy" });
    expect(second).toMatchObject({ reason: { code: "ERR_INVALID_INPUT" } });
  });

  it("throws after an iterator was created, which can still be read", async () => {
    const response = await openStream(bytes).operation.execute(START);
    const iterator = response[Symbol.asyncIterator]();

    const error = await catchError(response.text());

    expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
    expect(Buffer.from((await iterator.next()).value ?? []).toString()).toBe(
      "x",
    );
    await iterator.return();
  });

  it("throws ERR_INVALID_INPUT after a read that failed, and says whether the function ran", async () => {
    const response = await openStream(chunkFrame("x"), {
      breaks: true,
    }).operation.execute(START);
    const failure = await catchError(response.text());

    const error = await catchError(response.text());

    expect(failure).toMatchObject({ code: "ERR_TRANSPORT" });
    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "ran",
    });
  });

  it("throws what the response's creator chose, by default a TypeError", async () => {
    const create = (...error: [] | [() => Error]) =>
      new InvokeWithResponseStreamResponse(
        { statusCode: 200 },
        (async function* () {
          yield await Promise.resolve(Buffer.from("x"));
          return {};
        })(),
        ...error,
      );
    const plain = create();
    const custom = create(() => new RangeError("read"));
    await Promise.all([plain.text(), custom.text()]);

    await expect(plain.text()).rejects.toThrow(TypeError);
    await expect(custom.text()).rejects.toThrow(RangeError);
  });
});
