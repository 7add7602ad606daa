import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamCommandInput,
} from "@aws-sdk/client-lambda";
import {
  LocalAwsError,
  startLocalAws,
  type Fault,
  type LocalAws,
} from "../../dist/local";
import { clientsOf, parsed, refusalOf } from "./clients";
import { send } from "./send";
import { temporaryFolder } from "../temporaryFolder";

const STREAM = "InvokeWithResponseStream";

const NAMES = [
  "pieces",
  "breaks",
  "uncaught",
  "piped",
  "notAsync",
  "objects",
  "nothing",
  "late",
  "http",
  "reuses",
  "fills",
];

let local: LocalAws;
let lambda: ReturnType<typeof clientsOf>["lambda"];

/** Observations of the inline functions. */
const seen = { yielded: 0, left: 0 };

beforeAll(async () => {
  const file = join(__dirname, "runtime/functions/streams.cjs");
  local = await startLocalAws({
    functions: {
      ...Object.fromEntries(
        NAMES.map((name) => [name, { file, exportName: name, timeout: 2 }]),
      ),
      plain: (event: unknown) => ({ got: event }),
      fails: () => {
        throw new TypeError("no such sku");
      },
      bytes: () => new Uint8Array([0, 255, 10]),
      counts: async function* ({ count }: { count: number }) {
        try {
          for (let number = 1; number <= count; number++) {
            yield `${number} `;
            seen.yielded++;
            await wait(1);
          }
        } finally {
          seen.left++;
        }
      },
      mixed: async function* () {
        yield "text";
        yield new Uint8Array([1, 2]);
        yield { a: 1 };
        yield "";
        await Promise.resolve();
      },
      stumbles: async function* () {
        yield "half";
        await wait(1);
        throw new RangeError("stock empty");
      },
      endless: {
        timeout: 0.2,
        // eslint-disable-next-line @typescript-eslint/require-await -- it never yields
        handler: async function* () {
          for (;;) yield "x".repeat(1000);
        },
      },
      large: () => "x".repeat(5 * 1024 * 1024),
    },
    users: { stranger: { permissions: [] } },
  });
  lambda = clientsOf(local).lambda;
});

beforeEach(() => {
  Object.assign(seen, { yielded: 0, left: 0 });
  local.faults.clear();
  local.requests.clear();
});

afterAll(() => local.close());

/** Waits until a number of runs of `counts` have ended, regardless of their readers. */
async function untilOver(runs: number): Promise<void> {
  while (seen.left < runs) await wait(5);
}

async function readAll(
  pieces: AsyncIterable<unknown> | unknown[],
): Promise<unknown> {
  let last: unknown;
  for await (const piece of pieces) last = piece;
  return last;
}

/** A stream as the AWS SDK reads it. */
interface Read {
  readonly pieces: string[];
  end:
    | {
        ErrorCode?: string | undefined;
        ErrorDetails?: string | undefined;
        LogResult?: string | undefined;
      }
    | undefined;
  error: string | undefined;
}

async function read(
  FunctionName: string,
  event: unknown = {},
  {
    onPiece,
    ...more
  }: Partial<InvokeWithResponseStreamCommandInput> & {
    readonly onPiece?: () => void;
  } = {},
): Promise<Read> {
  const result: Read = {
    pieces: [],
    end: undefined,
    error: undefined,
  };
  try {
    const { EventStream = [] } = await lambda.send(
      new InvokeWithResponseStreamCommand({
        FunctionName,
        Payload: JSON.stringify(event),
        ...more,
      }),
    );
    for await (const {
      PayloadChunk,
      InvokeComplete,
    } of EventStream as AsyncIterable<{
      PayloadChunk?: { Payload?: Uint8Array };
      InvokeComplete?: Read["end"];
    }>) {
      if (PayloadChunk) {
        result.pieces.push(Buffer.from(PayloadChunk.Payload ?? []).toString());
        onPiece?.();
      }
      if (InvokeComplete) result.end = InvokeComplete;
    }
  } catch (error) {
    result.error = (error as Error).message;
  }
  return result;
}

function report({ end }: Read): { errorType: string; errorMessage: string } {
  return JSON.parse(end?.ErrorDetails ?? "{}") as ReturnType<typeof report>;
}

describe("a streaming handler", () => {
  it("sends each chunk when it is written", async () => {
    const pieces = ["once ", "upon ", "a time"];
    const gate = join(temporaryFolder("gate"), "open");

    // The handler waits until the first chunk has been received.
    const result = await read(
      "pieces",
      { pieces, gate },
      {
        onPiece: () => {
          writeFileSync(gate, "");
        },
      },
    );

    expect(result).toMatchObject({ pieces, end: {}, error: undefined });
    expect(local.requests.all).toMatchObject([
      { operation: STREAM, functionName: "pieces", status: 200 },
    ]);
  });

  it("ends with the log only if it is requested", async () => {
    const [asked, silent] = await Promise.all([
      read("pieces", { pieces: ["x"] }, { LogType: "Tail" }),
      read("pieces", { pieces: ["x"] }),
    ]);

    const log = Buffer.from(asked.end?.LogResult ?? "", "base64").toString();
    expect(log).toMatch(/^START .*wrote 1 for pieces\nEND .*\nREPORT /s);
    expect(silent.end).toEqual({});
  });

  it.each([
    [
      "piped",
      { count: 500 },
      Array.from({ length: 500 }, (_, i) => `${i},`).join(""),
    ],
    ["objects", {}, `{"a":1}${Buffer.from([0, 255]).toString()}é`],
    ["nothing", {}, ""],
    ["reuses", {}, "aaaabbbbcccc"],
    [
      "late",
      {},
      "xRuntime.InvalidStreamingOperation: Cannot set content-type, too late.",
    ],
    [
      "http",
      {},
      `{"statusCode":201,"headers":{"X-A":"b"}}${"\0".repeat(8)}body`,
    ],
  ])(
    "converts chunks as Lambda's Node.js runtime does: %s",
    async (name, event, expected) => {
      const [streamed, whole] = await Promise.all([
        read(name, event),
        lambda.send(
          new InvokeCommand({
            FunctionName: name,
            Payload: JSON.stringify(event),
          }),
        ),
      ]);

      expect(streamed).toMatchObject({ end: {}, error: undefined });
      expect(streamed.pieces.join("")).toBe(expected);
      expect(Buffer.from(whole.Payload ?? []).toString()).toBe(expected);
    },
  );

  it.each([
    ["throws", "breaks", { how: "throw" }, "RangeError", "stock empty"],
    ["exits", "breaks", { how: "exit" }, "Runtime.ExitError", "exit status 3"],
    ["takes too long", "breaks", {}, "Sandbox.Timedout", "after 2.00 seconds"],
    ["breaks its stream", "breaks", { how: "destroy" }, "Error", "torn"],
    [
      "forgets to end its stream",
      "breaks",
      { how: "forget" },
      "Runtime.NodeJsExit",
      "never settled",
    ],
    ["has an uncaught error", "uncaught", {}, "RangeError", "later"],
  ])(
    "that %s reports it after the chunks that it has written",
    async (...row) => {
      const [, name, event, errorType, words] = row;
      const result = await read(name, event, { LogType: "Tail" });

      expect(result.pieces).toEqual(["half"]);
      expect(result.end?.ErrorCode).toBe("Unhandled");
      expect(report(result)).toMatchObject({
        errorType,
        errorMessage: expect.stringContaining(words),
      });
      expect(result.end?.LogResult).toBeDefined();
    },
  );

  it("that throws after a large write sends all of it first", async () => {
    const result = await read("breaks", { how: "throw", size: 500_000 });

    expect(result.pieces.join("")).toHaveLength(500_004);
    expect(report(result).errorMessage).toBe("stock empty");
  });

  it("must be async", async () => {
    expect(report(await read("notAsync"))).toMatchObject({
      errorType: "string",
      errorMessage: "Streaming does not support non-async handlers.",
    });
  });

  it("returns its error to Invoke", async () => {
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: "breaks",
        Payload: '{"how":"throw"}',
      }),
    );

    expect(answer.FunctionError).toBe("Unhandled");
    expect(parsed(answer)).toMatchObject({ errorMessage: "stock empty" });
  });

  it("is too large for Invoke if it writes more than 6 MB", async () => {
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: "fills",
        Payload: '{"total":7000000}',
      }),
    );

    expect(parsed(answer)).toMatchObject({
      errorType: "Function.ResponseSizeTooLarge",
    });
  });

  it("pauses until its reader continues", async () => {
    const total = 32 * 1024 * 1024;
    const left: number[] = [];
    const own = await startLocalAws({
      functions: {
        fills: {
          file: join(__dirname, "runtime/functions/streams.cjs"),
          exportName: "fills",
          timeout: 20,
        },
      },
      onOutput: ({ text }) => {
        left.push(Number(/waits with (\d+) left/.exec(text)?.[1]));
      },
    });
    const { EventStream = [] } = await clientsOf(own).lambda.send(
      new InvokeWithResponseStreamCommand({
        FunctionName: "fills",
        Payload: JSON.stringify({ total }),
      }),
    );
    let before = -1;
    while (before !== left.length) {
      before = left.length;
      await wait(150);
    }
    const stoppedAt = left.at(-1) ?? 0;

    let length = 0;
    let last = "";
    for await (const { PayloadChunk } of EventStream) {
      const { Payload = new Uint8Array() } = PayloadChunk ?? {};
      length += Payload.length;
      if (PayloadChunk) last = Buffer.from(Payload).toString();
    }

    expect(stoppedAt).toBeGreaterThan(total / 2);
    expect(length).toBe(total + "32768".length);
    expect(last).toBe("32768");
    await own.close();
  });
});

describe("a streaming inline function", () => {
  it("is an async generator function", async () => {
    const result = await read("mixed");

    expect(result.pieces).toEqual(["text", "\u0001\u0002", '{"a":1}']);
    expect(result.end).toEqual({});
  });

  it("fails after what it has yielded", async () => {
    const result = await read("stumbles");

    expect(result.pieces).toEqual(["half"]);
    expect(report(result)).toMatchObject({
      errorType: "RangeError",
      errorMessage: "stock empty",
    });
  });

  it("is returned as a whole by Invoke", async () => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "counts", Payload: '{"count":3}' }),
    );

    expect(Buffer.from(answer.Payload ?? []).toString()).toBe("1 2 3 ");
  });

  it("ends at its timeout although it never waits", async () => {
    const whole = lambda.send(new InvokeCommand({ FunctionName: "endless" }));
    const results = [await read("endless"), parsed(await whole)];

    expect(report(results[0] as Read).errorType).toBe("Sandbox.Timedout");
    expect(results[1]).toMatchObject({ errorType: "Sandbox.Timedout" });
  });

  it("keeps running when its reader disconnects", async () => {
    const { EventStream = [] } = await lambda.send(
      new InvokeWithResponseStreamCommand({
        FunctionName: "counts",
        Payload: '{"count":100}',
      }),
    );
    for await (const { PayloadChunk } of EventStream) if (PayloadChunk) break;

    await untilOver(1);
    expect(seen.yielded).toBe(100);
  });
});

describe("a handler that does not stream, invoked with InvokeWithResponseStream", () => {
  it.each([
    ["plain", '{"got":{"a":1}}'],
    ["bytes", Buffer.from([0, 255, 10]).toString()],
    ["large", `"${"x".repeat(5 * 1024 * 1024)}"`],
  ])("responds with one chunk: %s", async (name, expected) => {
    const result = await read(name, { a: 1 });

    expect(result.pieces).toHaveLength(1);
    expect(result.pieces[0] === expected).toBe(true);
    expect(result.end).toEqual({});
  });

  it("fails without a chunk", async () => {
    const result = await read("fails");

    expect(result.pieces).toEqual([]);
    expect(report(result)).toMatchObject({
      errorType: "TypeError",
      errorMessage: "no such sku",
    });
  });
});

describe("InvokeWithResponseStream", () => {
  const path = (name: string) =>
    `/2021-11-15/functions/${name}/response-streaming-invocations`;
  const ask = (name: string, headers: Record<string, string> = {}) =>
    send(local, {
      method: "POST",
      path: path(name),
      service: "lambda",
      headers,
    });

  it("responds with an event stream and the executed version", async () => {
    const { status, headers } = await ask("plain");

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/vnd.amazon.eventstream",
      "x-amz-executed-version": "$LATEST",
      "transfer-encoding": "chunked",
      "x-amzn-requestid": expect.any(String),
    });
  });

  it("validates the request only for a dry run", async () => {
    const answer = await ask("counts", { "x-amz-invocation-type": "DryRun" });

    expect([answer.status, answer.body, seen.left]).toEqual([204, "", 0]);
  });

  it("rejects the invocation type Event", async () => {
    const answer = await ask("plain", { "x-amz-invocation-type": "Event" });

    expect(answer.status).toBe(400);
    expect(answer.body).toContain("[RequestResponse, DryRun]");
  });

  it("rejects invalid requests before the first frame", async () => {
    const stranger = clientsOf(local, {
      ...(local.users["stranger"] && { credentials: local.users["stranger"] }),
    }).lambda;

    const refusals = await Promise.all([
      refusalOf(
        lambda.send(
          new InvokeWithResponseStreamCommand({ FunctionName: "no" }),
        ),
      ),
      refusalOf(
        lambda.send(
          new InvokeWithResponseStreamCommand({
            FunctionName: "plain",
            Payload: "{",
          }),
        ),
      ),
      refusalOf(
        stranger.send(
          new InvokeWithResponseStreamCommand({ FunctionName: "plain" }),
        ),
      ),
    ]);

    expect(refusals.map(({ name }) => name)).toEqual([
      "ResourceNotFoundException",
      "InvalidRequestContentException",
      "AccessDeniedException",
    ]);
    expect(refusals[2].message).toContain("lambda:InvokeFunction");
  });
});

describe("Faults of a stream", () => {
  const counts = () => read("counts", { count: 5 });

  it.each<[string, Fault, number, string | undefined]>([
    [
      "half of the next frame",
      { kind: "truncate" },
      1,
      "Truncated event message received.",
    ],
    [
      "nothing of the next frame, and a silent end",
      { kind: "truncate", operation: STREAM, frames: 2, at: "frame-end" },
      2,
      undefined,
    ],
    [
      "half of the last frame at the latest",
      { kind: "truncate", operation: STREAM, frames: 99 },
      5,
      "Truncated event message received.",
    ],
    [
      "a reset",
      { kind: "reset", when: "after-run", operation: STREAM, frames: 3 },
      3,
      "aborted",
    ],
    [
      "a frame whose checksum is wrong",
      { kind: "garbage", operation: STREAM, frames: 2 },
      2,
      expect.stringContaining("checksum"),
    ],
    [
      "a first frame whose checksum is wrong",
      { kind: "garbage", operation: STREAM, frames: 0 },
      0,
      expect.stringContaining("checksum"),
    ],
    ["no stream at all", { kind: "garbage" }, 0, expect.any(String)],
  ])("%s", async (...row) => {
    const [, fault, pieces, error] = row;
    local.faults.add(fault);

    const result = await counts();

    expect(result.pieces).toHaveLength(pieces);
    expect(result.error).toEqual(error);
    expect(result.end).toBeUndefined();
    expect(local.requests.all).toMatchObject([{ fault: fault.kind }]);
    if (fault.kind === "garbage" && fault.frames === undefined)
      expect(seen.yielded).toBe(0);
    else await untilOver(1);
  });

  it("resets the connection without a response after the function has run", async () => {
    local.faults.add({ kind: "reset", when: "after-run", times: 3 });

    const result = await counts();

    expect(result).toMatchObject({ pieces: [], end: undefined });
    await untilOver(3);
    expect(seen.yielded).toBe(15);
    expect(local.requests.all[0]).not.toHaveProperty("status");
  });

  it.each([
    [{ kind: "silence", operation: STREAM, frames: 2 } as const, ["1 ", "2 "]],
    [{ kind: "silence" } as const, []],
  ])(
    "%j: nothing more, and the connection stays open",
    async (fault, expected) => {
      local.faults.add(fault);
      const pieces: string[] = [];
      const controller = new AbortController();

      const reading = (async () => {
        const { EventStream = [] } = await lambda.send(
          new InvokeWithResponseStreamCommand({
            FunctionName: "counts",
            Payload: '{"count":5}',
          }),
          { abortSignal: controller.signal },
        );
        for await (const { PayloadChunk } of EventStream)
          pieces.push(Buffer.from(PayloadChunk?.Payload ?? []).toString());
        return "ended";
      })();
      const winner = await Promise.race([reading, wait(100, "silence")]);

      expect(winner).toBe("silence");
      expect(pieces).toEqual(expected);
      controller.abort();
      await reading.catch(() => undefined);
    },
  );

  it("interrupts the error response of the same request", async () => {
    local.faults.add({
      kind: "truncate",
      operation: STREAM,
      frames: 3,
      times: 3,
    });
    local.faults.add({ kind: "garbage", operation: STREAM, frames: 3 });

    const [cut, whole] = [await read("no"), await read("no")];

    expect(cut.error).not.toContain("Function not found");
    expect(whole.error).toContain("Function not found");
  });

  it.each([
    [
      { kind: "silence", frames: 1 },
      "fault.frames requires the operation InvokeWithResponseStream; other operations have no frames",
    ],
    [
      { kind: "truncate", operation: STREAM, at: "end" },
      "fault.at must be mid-frame or frame-end",
    ],
    [
      { kind: "reset", when: "before-run", operation: STREAM, frames: 1 },
      "fault.frames cannot be combined with when before-run; set when to after-run",
    ],
    [
      { kind: "garbage", operation: STREAM, frames: -1 },
      "fault.frames must be an integer of at least 0, not -1",
    ],
  ])("rejects the fault %j", (fault, problem) => {
    expect(() => {
      local.faults.add(fault as Fault);
    }).toThrow(new LocalAwsError([problem]));
  });
});

it("ends a running stream when the server is closed", async () => {
  const own = await startLocalAws({
    functions: {
      waits: async function* () {
        yield "x";
        await new Promise(() => undefined);
      },
    },
  });
  const { EventStream = [] } = await clientsOf(own).lambda.send(
    new InvokeWithResponseStreamCommand({ FunctionName: "waits" }),
  );
  const ended = (async () => {
    await readAll(EventStream);
  })().catch((error: unknown) => (error as Error).message);

  await own.close();

  expect(await ended).toBe("aborted");
});
