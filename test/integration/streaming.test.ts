import { execFile } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  InvokeWithResponseStreamCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { EventStreamCodec } from "@smithy/core/event-streams";
import {
  createConnector,
  isConnectorError,
  pool,
  type AnyConnectorError,
  type CallOptions,
  type Connector,
} from "aws-lambda-connector";
import type { Fault, LocalAws } from "aws-lambda-connector/local";
import * as fc from "fast-check";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import { turns, until } from "../until";
import { Front } from "./front";
import { connectionTo, startWorld } from "./world";

jest.setTimeout(300_000);

const STREAM = "InvokeWithResponseStream";
const MB = 1024 * 1024;

let local: LocalAws;
let connector: Connector;

/** How many chunks the functions yielded, how many functions ended, and the callback that continues one. */
let yielded = 0;
let left = 0;
let resume: () => void = () => undefined;

const piece = Buffer.alloc(65_536, "x");

beforeAll(async () => {
  local = await startWorld({
    functions: {
      // Writes the next chunk only after `resume` was called.
      asked: async function* ({ pieces }: { pieces: string[] }) {
        try {
          for (const text of pieces) {
            const resumed = new Promise<void>((resolve) => {
              resume = resolve;
            });
            yield text;
            yielded++;
            await resumed;
          }
        } finally {
          left++;
        }
      },
      flood: {
        timeout: 60,
        handler: async function* ({ megabytes }: { megabytes: number }) {
          for (let sent = 0; sent < megabytes * MB; sent += piece.length) {
            yield piece;
            yielded++;
          }
          await Promise.resolve();
        },
      },
      counts: async function* ({ count }: { count: number }) {
        for (let number = 1; number <= count; number++) {
          yield `${number} `;
          yielded++;
          await turns(1);
        }
      },
      stumbles: async function* () {
        yield "half";
        await turns(1);
        throw new RangeError("stock empty");
      },
      slow: {
        timeout: 1,
        handler: async function* () {
          yield "half";
          await new Promise(() => undefined);
        },
      },
      price: () => ({ total: 1290 }),
      file: {
        file: join(__dirname, "../local/runtime/functions/streams.cjs"),
        exportName: "pieces",
      },
    },
  });
});

beforeEach(() => {
  yielded = 0;
  left = 0;
  connector = createConnector(connectionTo(local));
});

afterEach(() => {
  resume();
  connector.close();
  pool.empty();
  local.faults.clear();
  local.requests.clear();
});

afterAll(() => local.close());

/** The chunks of a response, and the error that ended it. */
interface Read {
  readonly pieces: string[];
  readonly error?: AnyConnectorError;
}

async function read(
  request: Parameters<Connector["invokeWithResponseStream"]>[0],
  options: CallOptions = {},
  {
    by = connector,
    onPiece,
  }: { by?: Connector; onPiece?: (pieces: string[]) => void } = {},
): Promise<Read> {
  const pieces: string[] = [];
  try {
    const answer = await by.invokeWithResponseStream(request, options);
    for await (const each of answer) {
      pieces.push(Buffer.from(each).toString());
      onPiece?.(pieces);
    }
    return { pieces };
  } catch (error) {
    if (isConnectorError(error)) return { pieces, error };
    throw error;
  }
}

/** Waits until the connector has released every socket. */
async function untilReleased(): Promise<void> {
  await until(() => pool.inspect().open === 0);
}

describe("invokeWithResponseStream", () => {
  it("resolves when the response begins and yields each chunk when it is written", async () => {
    const pieces = ["once ", "upon ", "a time"];
    const arrived: string[] = [];

    const answer = await connector.invokeWithResponseStream({
      functionName: "asked",
      payload: { pieces },
    });
    for await (const each of answer) {
      arrived.push(Buffer.from(each).toString());
      expect([left, yielded]).toEqual([0, arrived.length]);
      resume();
    }

    expect(arrived).toEqual(pieces);
    expect(answer).toMatchObject({
      statusCode: 200,
      executedVersion: "$LATEST",
      contentType: "application/vnd.amazon.eventstream",
    });
    expect(local.requests.of(STREAM)).toHaveLength(1);
  });

  it("streams from a handler in a file and has log and report at the end", async () => {
    const answer = await connector.invokeWithResponseStream({
      functionName: "file",
      payload: { pieces: ["é", "à"], ms: 5 },
      logType: "Tail",
    });
    const before = answer.log;

    expect(await answer.text()).toBe("éà");
    expect(before).toBeUndefined();
    expect(answer.log).toContain("wrote 2 for file");
    expect(answer.report?.memorySizeMb).toBe(128);
  });

  it("yields one chunk if the function does not stream, and none in a dry run", async () => {
    const plain = await read({ functionName: "price" });
    const dry = await read({
      functionName: "price",
      invocationType: "DryRun",
    });

    expect(plain).toEqual({ pieces: ['{"total":1290}'] });
    expect(dry).toEqual({ pieces: [] });
  });

  it("reuses its socket for the next call", async () => {
    for (const count of [1, 2, 3])
      await read({ functionName: "counts", payload: { count } });

    expect(pool.inspect()).toMatchObject({ open: 1, idle: 1 });
  });

  it("is joined into one payload by invokeFunction", async () => {
    const { payloadBytes } = await connector.invokeFunction({
      functionName: "counts",
      payload: { count: 3 },
    });

    expect(Buffer.from(payloadBytes).toString()).toBe("1 2 3 ");
  });
});

describe("a slow reader of a response stream", () => {
  it("makes the function wait, and no unread data is buffered", async () => {
    const sockets: Socket[] = [];
    const note = (message: unknown): void => {
      sockets.push((message as { socket: Socket }).socket);
    };
    subscribe("net.client.socket", note);
    const answer = await connector.invokeWithResponseStream({
      functionName: "flood",
      payload: { megabytes: 64 },
    });
    const pieces = answer[Symbol.asyncIterator]();
    await pieces.next();

    let before = -1;
    while (before !== yielded) {
      before = yielded;
      await turns(1_000);
    }
    unsubscribe("net.client.socket", note);
    const [socket] = sockets;
    const bytesRead = socket?.bytesRead;
    let length = 0;
    for (let next = await pieces.next(); !next.done; next = await pieces.next())
      length += next.value.length;

    // What lies in the buffers of the kernel is the function's, not ours.
    expect(before * piece.length).toBeLessThan(32 * MB);
    expect(sockets).toHaveLength(1);
    expect(bytesRead).toBeLessThan(MB);
    expect(length).toBe(64 * MB - piece.length);
  });

  it("needs no more memory at the end of 20 MB than at the beginning", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const used = (): number => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const samples: number[] = [];
    let length = 0;

    const answer = await connector.invokeWithResponseStream({
      functionName: "flood",
      payload: { megabytes: 20 },
    });
    for await (const each of answer) {
      length += each.length;
      if (length % MB === 0) samples.push(used());
    }

    // Both sides run in this process; what is in the sockets between them comes and goes.
    const growth =
      Math.max(...samples.slice(-5)) - Math.max(...samples.slice(0, 5));
    expect(length).toBe(20 * MB);
    expect(growth).toBeLessThan(8 * MB);
  });
});

describe("leaving the loop over a response stream", () => {
  it("closes the socket and lets the function run to its end", async () => {
    const answer = await connector.invokeWithResponseStream({
      functionName: "counts",
      payload: { count: 50 },
    });
    for await (const each of answer) if (each.length > 0) break;
    await untilReleased();
    const error = await catchError(answer.text());

    await until(() => yielded === 50);
    expect(pool.inspect()).toMatchObject({ open: 0, waiting: 0 });
    expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
    expect(local.requests.of(STREAM)).toHaveLength(1);
  });

  it("closes the socket if the whole response has already arrived", async () => {
    const answer = await connector.invokeWithResponseStream({
      functionName: "counts",
      payload: { count: 20 },
    });

    for await (const each of answer) {
      await until(() => yielded === 20);
      await turns(50);
      if (each.length > 0) break;
    }
    // Not until the socket is gone: the server closes an idle one after a minute.
    await turns(50);

    expect(pool.inspect()).toMatchObject({ open: 0, waiting: 0 });
  });

  it("by throwing in the loop closes the socket", async () => {
    const answer = await connector.invokeWithResponseStream({
      functionName: "counts",
      payload: { count: 50 },
    });

    const reading = (async () => {
      for await (const each of answer)
        throw new Error(`my own, after ${each.length}`);
    })();

    await expect(reading).rejects.toThrow("my own, after 2");
    await untilReleased();
  });

  // A timer of the default timeout, or an idle socket, would outlast the time that the process has here.
  it.each([
    ["left after a chunk", "{}", "for await (const _ of answer) break;"],
    ["never read, once it has timed out", "{ timeoutMs: 400 }", ""],
    ["read to its end", "{}", "await answer.text();"],
  ])(
    "keeps no process alive for a response stream %s",
    async (_, options, reading) => {
      const program = `
      const { createConnector } = require("aws-lambda-connector");
      const connector = createConnector(${JSON.stringify(connectionTo(local))});
      (async () => {
        const request = { functionName: "counts", payload: { count: 20 } };
        const answer = await connector.invokeWithResponseStream(request, ${options});
        ${reading}
      })().catch(({ code }) => process.exit(code === "ERR_DEADLINE" ? 0 : 1));`;

      const ended = promisify(execFile)(process.execPath, ["-e", program], {
        cwd: join(__dirname, "../.."),
        timeout: 40_000,
      });

      expect(await ended).toEqual({ stdout: "", stderr: "" });
    },
  );
});

describe("a response stream that is never read", () => {
  it("leaves no timer behind when its socket is closed", async () => {
    const program = `
      const { createConnector } = require("aws-lambda-connector");
      const { startLocalAws } = require("aws-lambda-connector/local");
      (async () => {
        const local = await startLocalAws({
          functions: { tell: async function* () { yield "once"; } },
        });
        const { endpoint, region, credentials } = local;
        const connector = createConnector({ endpoint, region, credentials });
        await connector.invokeWithResponseStream({ functionName: "tell" });
        connector.close();
        await local.close();
        console.log("closed");
      })();`;

    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["-e", program],
      { cwd: join(__dirname, "../.."), timeout: 60_000 },
    );

    expect(stdout).toBe("closed\n");
  });
});

describe("a response stream that fails", () => {
  /** Faults in the middle of a stream, after at least one chunk was read. */
  const MIDWAY: readonly {
    readonly name: string;
    readonly functionName: string;
    readonly fault?: Fault;
    /** Expires after the chunks were read. Defaults to the connection's timeout, which never expires. */
    readonly timeoutMs?: number;
    readonly expected: object;
    readonly pieces: string[];
  }[] = [
    {
      name: "the function fails",
      functionName: "stumbles",
      expected: {
        code: "ERR_FUNCTION",
        errorType: "RangeError",
        errorMessage: "stock empty",
      },
      pieces: ["half"],
    },
    {
      name: "the function takes too long",
      functionName: "slow",
      expected: { code: "ERR_FUNCTION", errorType: "Sandbox.Timedout" },
      pieces: ["half"],
    },
    {
      name: "the stream ends inside a frame",
      functionName: "counts",
      fault: { kind: "truncate" },
      expected: { code: "ERR_RESPONSE", retryable: true },
      pieces: ["1 "],
    },
    {
      name: "the stream ends without saying so",
      functionName: "counts",
      fault: {
        kind: "truncate",
        operation: STREAM,
        frames: 2,
        at: "frame-end",
      },
      expected: { code: "ERR_RESPONSE", retryable: true },
      pieces: ["1 ", "2 "],
    },
    {
      name: "a frame is damaged",
      functionName: "counts",
      fault: { kind: "garbage", operation: STREAM, frames: 2 },
      expected: { code: "ERR_RESPONSE", retryable: true },
      pieces: ["1 ", "2 "],
    },
    {
      name: "the connection is reset",
      functionName: "counts",
      fault: {
        kind: "reset",
        when: "after-run",
        operation: STREAM,
        frames: 2,
      },
      expected: { code: "ERR_TRANSPORT", retryable: true },
      pieces: ["1 ", "2 "],
    },
    {
      name: "timeoutMs has passed",
      functionName: "counts",
      fault: { kind: "silence", operation: STREAM, frames: 2 },
      timeoutMs: 400,
      expected: { code: "ERR_DEADLINE", reason: "timeout", timeoutMs: 400 },
      pieces: ["1 ", "2 "],
    },
  ];

  it.each(MIDWAY)(
    "throws the matching error, is requested once and releases its socket when $name",
    async ({ functionName, fault, timeoutMs, expected, pieces }) => {
      const clock = new FakeClock({ startsAt: Date.now() });
      const timed = createConnector(connectionTo(local), { clock });
      for (const idempotent of [false, true]) {
        if (fault) local.faults.add(fault);
        const result = await read(
          { functionName, payload: { count: 5 }, idempotent },
          timeoutMs ? { timeoutMs } : {},
          {
            by: timeoutMs ? timed : connector,
            onPiece: ({ length }) => {
              if (timeoutMs && length === pieces.length) clock.pass(timeoutMs);
            },
          },
        );

        expect(result.pieces).toEqual(pieces);
        expect(result.error).toMatchObject({ ...expected, execution: "ran" });
        expect(result.error?.message).not.toContain("\n");
      }
      timed.close();
      expect(clock.waiting).toBe(0);
      expect(local.requests.of(STREAM)).toHaveLength(2);
      await until(() => pool.inspect().open === pool.inspect().idle);
    },
  );

  it("throws ERR_DEADLINE when the caller's signal aborts", async () => {
    const controller = new AbortController();
    const answer = await connector.invokeWithResponseStream(
      { functionName: "asked", payload: { pieces: ["a", "b"] } },
      { signal: controller.signal },
    );

    const reading = (async () => {
      for await (const each of answer) if (each.length > 0) controller.abort();
    })();

    await expect(reading).rejects.toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "ran",
    });
    await untilReleased();
  });

  it("throws ERR_DEADLINE and closes its socket when timeoutMs passes before anything was read", async () => {
    const front = await Front.open(local.endpoint);
    const clock = new FakeClock({ startsAt: Date.now() });
    const timed = createConnector(
      { ...connectionTo(local), endpoint: front.endpoint },
      { clock },
    );
    const answer = await timed.invokeWithResponseStream(
      { functionName: "asked", payload: { pieces: ["a", "b"] } },
      { timeoutMs: 100 },
    );
    clock.pass(100);
    await front.untilLeft();

    await expect(answer.text()).rejects.toMatchObject({ code: "ERR_DEADLINE" });
    timed.close();
    await front.close();
  });

  it.each<[Fault, object, number]>([
    [
      { kind: "silence" },
      { code: "ERR_DEADLINE", execution: "may-have-run" },
      1,
    ],
    [
      { kind: "reset", when: "after-run" },
      { code: "ERR_TRANSPORT", execution: "may-have-run" },
      1,
    ],
    [
      { kind: "status", status: 503, html: "<h1>no</h1>" },
      { execution: "may-have-run" },
      1,
    ],
  ])(
    "throws when this fault occurs before the first chunk: %j",
    async (fault, expected, deliveries) => {
      local.faults.add(fault);
      const clock = new FakeClock({ startsAt: Date.now() });
      const timed = createConnector(connectionTo(local), { clock });

      const reading = read(
        { functionName: "counts", payload: { count: 2 } },
        { timeoutMs: 300 },
        { by: timed },
      );
      await until(() => local.requests.of(STREAM).length === deliveries);
      if (fault.kind === "silence") clock.pass(300);
      const result = await reading;

      timed.close();
      expect(result.pieces).toEqual([]);
      expect(result.error).toMatchObject(expected);
      expect(local.requests.of(STREAM)).toHaveLength(deliveries);
    },
  );

  it("is requested again when it is idempotent and fails before the first chunk", async () => {
    local.faults.add({ kind: "reset", when: "after-run" });

    const result = await read({
      functionName: "counts",
      payload: { count: 2 },
      idempotent: true,
    });

    expect(result).toEqual({ pieces: ["1 ", "2 "] });
    expect(local.requests.of(STREAM)).toHaveLength(2);
  });

  it("throws ERR_SERVICE when Lambda refuses before the function runs", async () => {
    const { error } = await read({ functionName: "unknown" });

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ResourceNotFoundException",
      execution: "did-not-run",
    });
  });
});

describe("any event stream, valid or damaged", () => {
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes).toString("utf8"),
    (text) => Buffer.from(text, "utf8"),
  );
  const text = (value: string) => ({ type: "string" as const, value });

  interface Sent {
    readonly frames: Uint8Array[];
    readonly cuts: number[];

    /** How many bytes arrive. Defaults to all. */
    readonly end?: number | undefined;

    /** The position of a flipped bit. Optional; by default, no bit is flipped. */
    readonly turned?: number | undefined;
  }

  let server: Server;
  let bytes: Uint8Array[] = [];
  let witness: LambdaClient;
  let reader: Connector;

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().once("end", () => void answer(response));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const settings = {
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-central-1",
      credentials: {
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "s",
      },
    };
    witness = new LambdaClient({ ...settings, maxAttempts: 1 });
    reader = createConnector(settings);
  });

  afterAll(() => {
    witness.destroy();
    reader.close();
    server.closeAllConnections();
    server.close();
  });

  async function answer(response: ServerResponse): Promise<void> {
    response.writeHead(200, {
      "Content-Type": "application/vnd.amazon.eventstream",
    });
    for (const each of bytes) {
      response.write(each);
      await new Promise(setImmediate);
    }
    response.end();
  }

  const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((body) =>
    codec.encode({
      headers: {
        ":event-type": text("PayloadChunk"),
        ":content-type": text("application/octet-stream"),
        ":message-type": text("event"),
        "x-number": { type: "integer", value: 7 },
        "x-flag": { type: "boolean", value: true },
      },
      body,
    }),
  );
  const unknown = fc.constant(
    codec.encode({
      headers: {
        ":event-type": text("Heartbeat"),
        ":message-type": text("event"),
        "x-time": { type: "timestamp", value: new Date(0) },
      },
      body: Buffer.from("{}"),
    }),
  );
  const complete = fc
    .record(
      {
        ErrorCode: fc.constant("Unhandled"),
        ErrorDetails: fc.constant('{"errorType":"E","errorMessage":"m"}'),
        LogResult: fc
          .string()
          .map((log) => Buffer.from(log).toString("base64")),
      },
      { requiredKeys: [] },
    )
    .map((told) =>
      codec.encode({
        headers: {
          ":event-type": text("InvokeComplete"),
          ":content-type": text("application/json"),
          ":message-type": text("event"),
        },
        body: Buffer.from(JSON.stringify(told)),
      }),
    );
  const sent: fc.Arbitrary<Sent> = fc.record({
    frames: fc
      .tuple(
        fc.array(fc.oneof({ weight: 6, arbitrary: chunk }, unknown), {
          maxLength: 6,
        }),
        fc.option(complete, { nil: undefined, freq: 8 }),
      )
      .map(([before, last]) => (last ? [...before, last] : before)),
    cuts: fc.array(fc.nat(2_000), { maxLength: 8 }),
    end: fc.option(fc.nat(2_000), { nil: undefined, freq: 2 }),
    turned: fc.option(fc.nat(2_000), { nil: undefined, freq: 2 }),
  });

  /** The bytes as they arrive, cut anywhere. */
  function arriving({ frames, cuts, end, turned }: Sent): Uint8Array[] {
    const all = Buffer.concat(frames);
    const kept = all.subarray(0, end);
    if (turned !== undefined && turned < kept.length)
      kept[turned] = (kept[turned] ?? 0) ^ 1;
    const places = [0, ...cuts, kept.length]
      .filter((place) => place <= kept.length)
      .sort((a, b) => a - b);
    return places
      .slice(1)
      .map((place, index) => kept.subarray(places[index], place))
      .filter(({ length }) => length > 0);
  }

  async function bySdk() {
    const pieces: string[] = [];
    try {
      const { EventStream = [] } = await witness.send(
        new InvokeWithResponseStreamCommand({ FunctionName: "any" }),
      );
      let last: object | undefined;
      for await (const { PayloadChunk, InvokeComplete } of EventStream) {
        if (PayloadChunk) pieces.push(hex(PayloadChunk.Payload));
        if (InvokeComplete) last = InvokeComplete;
      }
      if (!last) return { pieces, end: "damaged" };
      return { pieces, end: "ErrorCode" in last ? "failed" : "complete" };
    } catch {
      return { pieces, end: "damaged" };
    }
  }

  const ENDS: Readonly<Record<string, string>> = {
    ERR_FUNCTION: "failed",
    ERR_RESPONSE: "damaged",
  };

  async function byUs() {
    const pieces: string[] = [];
    try {
      const stream = await reader.invokeWithResponseStream({
        functionName: "any",
      });
      for await (const each of stream) pieces.push(hex(each));
      return { pieces, end: "complete" };
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      return { pieces, end: ENDS[error.code] ?? error.code };
    }
  }

  function hex(part: Uint8Array = new Uint8Array()): string {
    return Buffer.from(part).toString("hex");
  }

  it("is read like the AWS SDK reads it, and a damaged stream never counts as complete", async () => {
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(sent, async (each) => {
        bytes = arriving(each);
        const [theirs, ours] = [await bySdk(), await byUs()];

        ends.set(ours.end, (ends.get(ours.end) ?? 0) + 1);
        expect(ours.end).toBe(theirs.end);
        // Where it breaks, each may have handed over some of what came before.
        const shorter = Math.min(ours.pieces.length, theirs.pieces.length);
        const length = ours.end === "damaged" ? shorter : undefined;
        expect(ours.pieces.slice(0, length)).toEqual(
          theirs.pieces.slice(0, length),
        );
      }),
      { numRuns: 400 },
    );

    expect([...ends.keys()].sort()).toEqual(["complete", "damaged", "failed"]);
  });
});
