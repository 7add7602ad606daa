import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { InvokeFunctionResponse } from "../../domain";
import {
  InvocationOutcome,
  InvokeMany,
  type InvokeFunctionRequest,
  type InvokeManyRequest,
  type BatchOptions,
  type BatchProgress,
} from "../../operations";
import type { Clock } from "../../src/engine/settings/clock";
import type {
  SendOptions,
  Transport,
  WireRequest,
  WireResponse,
} from "../../src/engine/http/transport";
import { WireError } from "../../src/engine/http/transport";
import { createConnector, type Input } from "../../src";
import { connection } from "../connection";
import { FakeAws, lambdaError } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { temporaryFolder } from "../temporaryFolder";
import { catchError } from "../catchError";

/** A fake AWS whose responses wait until the test releases them; each returns its request's payload. */
class SlowAws implements Transport {
  /** Payloads in the order in which they were sent. */
  readonly sent: unknown[] = [];
  readonly #waiting = new Map<unknown, () => void>();
  most = 0;

  send(request: WireRequest, options: SendOptions): Promise<WireResponse> {
    options.onSent?.();
    const body = Buffer.from(request.body ?? "");
    const payload: unknown = JSON.parse(body.toString());
    this.sent.push(payload);
    return new Promise((resolve, reject) => {
      options.signal.addEventListener("abort", () => {
        this.#waiting.delete(payload);
        reject(new WireError("ABORTED"));
      });
      this.#waiting.set(payload, () => {
        resolve({ statusCode: 200, headers: {}, body });
      });
      this.most = Math.max(this.most, this.#waiting.size);
    });
  }

  get inFlight(): unknown[] {
    return [...this.#waiting.keys()];
  }

  async answer(...payloads: unknown[]): Promise<void> {
    for (const payload of payloads) {
      this.#waiting.get(payload)?.();
      this.#waiting.delete(payload);
    }
    await settled();
  }

  /** Releases every later response immediately. */
  async answerAll(): Promise<void> {
    await settled();
    while (this.#waiting.size > 0) await this.answer(...this.inFlight);
  }
}

/** Waits until everything that needs no time has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++)
    await new Promise((resolve) => setImmediate(resolve));
}

function numbers(count: number) {
  return Array.from({ length: count }, (_, payload) => ({
    functionName: "price",
    payload,
  }));
}

function open(
  transport: Transport,
  clock: Clock = new FakeClock({ skips: 100_000 }),
) {
  return new InvokeMany(connection, { transport, clock });
}

interface Reading {
  readonly outcomes: InvocationOutcome[];
  error?: unknown;
  isOver: boolean;
}

/** Reads a stream until it ends or throws. */
function read(
  operation: InvokeMany,
  request: Input<InvokeManyRequest>,
  options?: BatchOptions,
): Reading {
  const reading: Reading = { outcomes: [], isOver: false };
  void (async () => {
    try {
      for await (const outcome of operation.stream(request, options))
        reading.outcomes.push(outcome);
    } catch (error) {
      reading.error = error;
    }
    reading.isOver = true;
  })();
  return reading;
}

function payloads(outcomes: readonly InvocationOutcome[]): unknown[] {
  return outcomes.map(({ response }) => response?.payload);
}

function indexes(outcomes: readonly InvocationOutcome[]): number[] {
  return outcomes.map(({ index }) => index);
}

describe("InvokeMany", () => {
  it("returns the outcome of every request in order", async () => {
    const aws = new SlowAws();

    const answer = open(aws).execute({ requests: numbers(3) });
    await settled();
    await aws.answer(2);
    await aws.answerAll();

    const outcomes = await answer;
    expect(payloads(outcomes)).toEqual([0, 1, 2]);
    expect(indexes(outcomes)).toEqual([0, 1, 2]);
    expect(outcomes[0]).toBeInstanceOf(InvocationOutcome);
    expect(outcomes[0]?.response).toBeInstanceOf(InvokeFunctionResponse);
  });

  it.each([
    {},
    { requests: null },
    { requests: 5 },
    { requests: numbers(1)[0] },
  ])(
    "says what requests must be if they are missing or not iterable: %j",
    async (request) => {
      const error = await catchError(
        open(new FakeAws()).execute(request as never),
      );

      expect(error.message).toBe(
        "InvokeMany: requests must be an array or another iterable, for example a generator. The request was not sent.",
      );
    },
  );

  it("returns no outcome for no request", async () => {
    const outcomes = await open(new FakeAws()).execute({ requests: [] });

    expect(outcomes).toEqual([]);
  });

  it("reports the error of one request and continues with the others", async () => {
    const aws = new FakeAws().respondWith(
      { headers: { "x-amz-function-error": "Unhandled" }, body: "{}" },
      lambdaError(404, "ResourceNotFoundException", "no such function"),
      { fails: "ECONNRESET", sent: true },
      { body: "7" },
    );

    const outcomes = await open(aws).execute({
      requests: numbers(4),
      concurrency: 1,
    });

    expect(
      outcomes.map(({ error }) => error && [error.code, error.execution]),
    ).toEqual([
      ["ERR_FUNCTION", "ran"],
      ["ERR_SERVICE", "did-not-run"],
      ["ERR_TRANSPORT", "may-have-run"],
      undefined,
    ]);
    expect(aws.sent).toHaveLength(4);
  });

  it('returns the response of a failed function if onFunctionError is "return"', async () => {
    const aws = new FakeAws().respondWith({
      headers: { "x-amz-function-error": "Unhandled" },
      body: "{}",
    });

    const [outcome] = await open(aws).execute({
      requests: [{ functionName: "price", onFunctionError: "return" }],
    });

    expect(outcome?.response?.functionError).toBe("Unhandled");
  });

  it("validates each request when its turn comes and sends the valid ones", async () => {
    const aws = new FakeAws().respondWith({ body: "1" });
    const requests = [
      { functionName: "price" },
      { functionName: "" },
      { functionname: "price" } as never,
      7 as never,
      { functionName: "price", payload: 1n },
      { functionName: "price" },
    ];

    const outcomes = await open(aws).execute({ requests });

    expect(outcomes.map(({ error }) => error?.code)).toEqual([
      undefined,
      "ERR_INVALID_INPUT",
      "ERR_INVALID_INPUT",
      "ERR_INVALID_INPUT",
      "ERR_INVALID_INPUT",
      undefined,
    ]);
    expect(outcomes[1]?.error).toMatchObject({
      operation: "InvokeFunction",
      execution: "did-not-run",
      issues: [{ path: "functionName" }],
    });
    expect(aws.sent).toHaveLength(2);
  });

  it("sends each request as it was when it was read, even if its object is reused", async () => {
    const aws = new SlowAws();
    function* reused() {
      const request = { functionName: "price", payload: { sku: 0 } };
      for (; request.payload.sku < 3; request.payload.sku++) yield request;
    }

    const answer = open(aws).execute({ requests: reused() });
    await aws.answerAll();

    await answer;
    expect(aws.sent).toEqual([{ sku: 0 }, { sku: 1 }, { sku: 2 }]);
  });

  it("keeps the bytes that a buffer had when its request was read, even if the buffer is reused", async () => {
    const bodies: Uint8Array[] = [];
    class KeepingAws extends SlowAws {
      override send(request: WireRequest, options: SendOptions) {
        bodies.push(request.body as Uint8Array);
        return super.send(request, options);
      }
    }
    function* reused() {
      const payload = Buffer.from('{"sku":0}');
      for (const sku of "012") {
        payload.write(sku, 7);
        yield { functionName: "price", payload };
      }
      payload.fill(0);
    }
    const aws = new KeepingAws();

    const answer = open(aws).execute({ requests: reused() });
    await aws.answerAll();
    await answer;

    expect(bodies.map((body) => Buffer.from(body).toString())).toEqual([
      '{"sku":0}',
      '{"sku":1}',
      '{"sku":2}',
    ]);
  });

  it.each<[string, object, object]>([
    ["no requests", {}, { path: "requests", rule: "required" }],
    ["a text", { requests: "abc" }, { path: "requests", rule: "iterable" }],
    ["an object", { requests: {} }, { path: "requests", rule: "iterable" }],
    [
      "none at a time",
      { requests: [], concurrency: 0 },
      { path: "concurrency", rule: "min" },
    ],
    [
      "too many at a time",
      { requests: [], concurrency: 1_001 },
      { path: "concurrency", rule: "max" },
    ],
    [
      "an order that is no boolean",
      { requests: [], ordered: "yes" },
      { path: "ordered", rule: "isBoolean" },
    ],
    [
      "an empty path",
      { requests: [], resumeFile: "" },
      { path: "resumeFile", rule: "isLength" },
    ],
  ])("rejects %s before anything is sent", async (_, request, issue) => {
    const aws = new FakeAws();

    const error = await catchError(open(aws).execute(request as never));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "InvokeMany",
      execution: "did-not-run",
      issues: [issue],
    });
    expect(aws.sent).toEqual([]);
  });

  it.each([
    ["signal", { signal: 7 }],
    ["timeoutMs", { timeoutMs: 0 }],
    ["onProgress", { onProgress: "yes" }],
    ["onProgres", { onProgres: () => undefined }],
  ])("rejects an invalid %s", async (path, options) => {
    const work = open(new FakeAws()).execute(
      { requests: numbers(1) },
      options as never,
    );

    expect(await catchError(work)).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path }],
    });
  });

  it("applies timeoutMs to each invocation, not to the whole batch", async () => {
    const clock = new FakeClock();
    const aws = new SlowAws();
    const reading = read(
      open(aws, clock),
      { requests: numbers(2), concurrency: 1 },
      { timeoutMs: 1_000 },
    );

    await settled();
    clock.pass(900);
    await aws.answer(0);
    clock.pass(900);
    await settled();
    expect(aws.inFlight).toEqual([1]);
    clock.pass(100);
    await settled();

    expect(reading.outcomes.map(({ error }) => error?.code)).toEqual([
      undefined,
      "ERR_DEADLINE",
    ]);
  });
});

describe("InvokeMany.stream", () => {
  it("yields outcomes as they complete", async () => {
    const aws = new SlowAws();
    const reading = read(open(aws), { requests: numbers(3) });

    await settled();
    await aws.answer(2);
    await aws.answer(0);
    await aws.answer(1);

    expect(indexes(reading.outcomes)).toEqual([2, 0, 1]);
    expect(reading.isOver).toBe(true);
  });

  it("yields outcomes in request order when `ordered` is true", async () => {
    const aws = new SlowAws();
    const reading = read(open(aws), { requests: numbers(3), ordered: true });

    await settled();
    await aws.answer(2);
    expect(reading.outcomes).toEqual([]);
    await aws.answer(0);
    expect(indexes(reading.outcomes)).toEqual([0]);
    await aws.answer(1);

    expect(indexes(reading.outcomes)).toEqual([0, 1, 2]);
  });

  it("keeps exactly `concurrency` invocations in flight", async () => {
    const aws = new SlowAws();
    const reading = read(open(aws), { requests: numbers(50), concurrency: 4 });

    await settled();
    expect(aws.inFlight).toEqual([0, 1, 2, 3]);
    await aws.answer(1);
    expect(aws.inFlight).toEqual([0, 2, 3, 4]);
    await aws.answerAll();

    expect(aws.most).toBe(4);
    expect(reading.outcomes).toHaveLength(50);
  });

  it("keeps at most maxSockets invocations in flight", async () => {
    const aws = new SlowAws();
    const operation = new InvokeMany(
      { ...connection, maxSockets: 3 },
      { transport: aws },
    );
    const reading = read(operation, { requests: numbers(9) });

    await aws.answerAll();

    expect(aws.most).toBe(3);
    expect(reading.isOver).toBe(true);
  });

  it("keeps 100 invocations in flight by default", async () => {
    const aws = new SlowAws();
    read(open(aws), { requests: numbers(300) });

    await settled();

    expect(aws.inFlight).toHaveLength(100);
    await aws.answerAll();
  });

  it("sends nothing before the first outcome is requested", async () => {
    const aws = new SlowAws();

    open(aws).stream({ requests: numbers(3) });
    await settled();

    expect(aws.sent).toEqual([]);
  });

  it.each([
    ["as they complete", false, 4],
    ["in order", true, 16],
  ])(
    "limits how far it runs ahead of a slow reader, %s",
    async (_, ordered, ahead) => {
      const aws = new SlowAws();
      const stream = open(aws).stream({
        requests: numbers(100),
        concurrency: 2,
        ordered,
      });

      const first = stream.next();
      await aws.answerAll();
      await first;
      await aws.answerAll();

      expect(aws.sent).toHaveLength(ahead);
      await stream.return();
    },
  );

  it("reads an async input one request at a time and only as far as needed", async () => {
    const aws = new SlowAws();
    let asked = 0;
    async function* requests() {
      for (;;) {
        await Promise.resolve();
        yield { functionName: "price", payload: asked++ };
      }
    }
    const stream = open(aws).stream({ requests: requests(), concurrency: 3 });

    const first = stream.next();
    await settled();
    expect(aws.inFlight).toEqual([0, 1, 2]);
    await aws.answer(0);

    expect((await first).value).toMatchObject({ index: 0 });
    expect(asked).toBeLessThanOrEqual(5);
    await Promise.all([stream.return(), aws.answerAll()]);
  });

  it("yields available outcomes while the input is slow", async () => {
    const aws = new FakeAws().respondWith({ body: "1" });
    let release: (() => void) | undefined;
    async function* requests() {
      yield { functionName: "price" };
      await new Promise<void>((resolve) => (release = resolve));
      yield { functionName: "price" };
    }
    const reading = read(open(aws), { requests: requests() });

    await settled();
    expect(reading.outcomes).toHaveLength(1);
    release?.();
    await settled();

    expect(reading.outcomes).toHaveLength(2);
    expect(reading.isOver).toBe(true);
  });
});

describe("a stopped InvokeMany run", () => {
  it("sends nothing more when the caller leaves the loop, and waits for invocations in flight", async () => {
    const aws = new SlowAws();
    let isClosed = false;
    function* requests() {
      try {
        yield* numbers(100);
      } finally {
        isClosed = true;
      }
    }
    let isOver = false;
    const work = (async () => {
      const stream = open(aws).stream({ requests: requests(), concurrency: 3 });
      for await (const { index } of stream) if (index === 0) break;
      isOver = true;
    })();

    await settled();
    await aws.answer(0);
    const { length } = aws.sent;
    expect(isOver).toBe(false);
    await aws.answerAll();
    await work;

    expect(aws.sent).toHaveLength(length);
    expect(isClosed).toBe(true);
  });

  it("yields the invocations in flight and then throws when the signal aborts", async () => {
    const aws = new SlowAws();
    const caller = new AbortController();
    const reading = read(
      open(aws),
      { requests: numbers(100), concurrency: 3 },
      { signal: caller.signal },
    );

    await settled();
    await aws.answer(1);
    caller.abort();
    await settled();

    expect(indexes(reading.outcomes)).toEqual([1, 0, 2, 3]);
    expect(reading.outcomes[1]?.error).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "may-have-run",
    });
    expect(reading.error).toMatchObject({
      code: "ERR_DEADLINE",
      operation: "InvokeMany",
      reason: "aborted",
      execution: "may-have-run",
      message:
        "InvokeMany: the caller's signal aborted the batch; invocations in flight may have run, and the remaining requests were not sent. To make a batch resumable, set resumeFile on its first run.",
    });
    expect(aws.sent).toHaveLength(4);
  });

  it("sends nothing if the signal has already aborted", async () => {
    const aws = new SlowAws();

    const error = await catchError(
      open(aws).execute(
        { requests: numbers(3) },
        { signal: AbortSignal.abort() },
      ),
    );

    expect(error).toMatchObject({
      reason: "aborted",
      execution: "did-not-run",
    });
    expect(aws.sent).toEqual([]);
  });

  it("does not wait for a pending input when the signal aborts", async () => {
    const caller = new AbortController();
    async function* requests() {
      yield { functionName: "price" };
      await new Promise(() => undefined);
    }
    const reading = read(
      open(new FakeAws()),
      { requests: requests() },
      { signal: caller.signal },
    );

    await settled();
    caller.abort();
    await settled();

    expect(reading).toMatchObject({
      isOver: true,
      error: { reason: "aborted" },
    });
  });

  it("completes if the signal aborts after the last outcome", async () => {
    const caller = new AbortController();
    const { signal } = caller;
    const operation = open(new FakeAws());

    for await (const { index } of operation.stream(
      { requests: numbers(1) },
      { signal },
    ))
      if (index === 0) caller.abort();

    expect(signal.aborted).toBe(true);
  });

  it("throws when the input's iterator returns what is no result", async () => {
    const next = jest.fn().mockReturnValueOnce(5);
    const requests = { [Symbol.iterator]: () => ({ next }) };
    const reading = read(open(new SlowAws()), { requests });

    await settled();

    expect(reading.error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message:
        "InvokeMany: requests could not be read because its iterator threw (its result is not an object).",
    });
    expect(next).toHaveBeenCalledTimes(1);
  });

  it("finishes the invocations in flight when the input throws, then throws", async () => {
    const aws = new SlowAws();
    const cause = new Error("the table is gone");
    function* requests() {
      yield* numbers(2);
      throw cause;
    }
    const reading = read(open(aws), { requests: requests() });

    await aws.answerAll();

    expect(payloads(reading.outcomes)).toEqual([0, 1]);
    expect(reading.error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "InvokeMany",
      message:
        "InvokeMany: requests could not be read because its iterator threw (the table is gone).",
      cause,
    });
  });

  it.each([
    [
      "that throws when it is opened",
      () => ({
        [Symbol.iterator]() {
          throw new Error("closed");
        },
      }),
    ],
    ["that has no next method", () => ({ [Symbol.iterator]: () => 7 })],
    [
      "that returns nothing",
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => undefined }) }),
    ],
    [
      "that rejects",
      () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.reject(new Error("gone")),
        }),
      }),
    ],
  ])("reports an input %s", async (_, requests) => {
    const work = open(new FakeAws()).execute({ requests: requests() as never });

    expect(await catchError(work)).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "requests", rule: "readable" }],
    });
  });

  it("is rejected by a closed connector", async () => {
    const connector = createConnector(connection, { transport: new FakeAws() });
    connector.close();

    const error = await catchError(
      connector.invokeMany.stream({ requests: numbers(1) }).next(),
    );

    expect(error).toMatchObject({ issues: [{ rule: "closed" }] });
  });
});

const THROTTLED = lambdaError(429, "TooManyRequestsException", "too much");

describe("a throttled InvokeMany run", () => {
  it("retries what did not run, and everything succeeds", async () => {
    const aws = new FakeAws().respondWith(
      ...Array.from({ length: 40 }, () => THROTTLED),
      { body: "1" },
    );

    const outcomes = await open(aws).execute({ requests: numbers(20) });

    expect(outcomes.filter(({ error }) => error)).toEqual([]);
    expect(aws.sent.length).toBe(60);
  });

  it("halves its concurrency once per group sent together and raises it again", async () => {
    const aws = new FakeAws().respondWith(
      ...Array.from({ length: 24 }, () => THROTTLED),
      { body: "1" },
    );
    const clock = new FakeClock({ skips: 100_000 });
    const seen: number[] = [];
    const after = clock.after.bind(clock);
    // Progress is reported as time passes, and time passes with each delay.
    clock.after = (ms, callback) => after(Math.max(ms, 101), callback);

    await open(aws, clock).execute(
      { requests: numbers(400), concurrency: 8 },
      { onProgress: ({ concurrency }) => seen.push(concurrency) },
    );

    expect(Math.min(...seen)).toBe(4);
    expect(seen.at(-1)).toBe(8);
  });

  it("gives up in the end with execution did-not-run", async () => {
    const aws = new FakeAws().respondWith(THROTTLED);

    const [outcome] = await open(aws).execute({ requests: numbers(1) });

    expect(outcome?.error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "TooManyRequestsException",
      execution: "did-not-run",
    });
    // 9 times, each with the engine's own 3 attempts.
    expect(aws.sent).toHaveLength(27);
  });

  it("waits as long as AWS asks", async () => {
    const aws = new FakeAws().respondWith(
      {
        ...THROTTLED,
        headers: {
          "x-amzn-errortype": "TooManyRequestsException",
          "retry-after": "60",
        },
      },
      { body: "1" },
    );
    const clock = new FakeClock();
    const reading = read(open(aws, clock), { requests: numbers(1) });

    await settled();
    clock.pass(59_999);
    await settled();
    expect(aws.sent).toHaveLength(1);
    clock.pass(1_001);
    await settled();

    expect(payloads(reading.outcomes)).toEqual([1]);
  });

  it("does not wait if AWS asks for more than 5 minutes", async () => {
    const aws = new FakeAws().respondWith({
      ...THROTTLED,
      headers: {
        "x-amzn-errortype": "TooManyRequestsException",
        "retry-after": "301",
      },
    });
    const clock = new FakeClock();

    const [outcome] = await open(aws, clock).execute({ requests: numbers(1) });

    expect(outcome?.error).toMatchObject({
      code: "ERR_SERVICE",
      execution: "did-not-run",
      retryAfterMs: 301_000,
    });
    expect(clock.waiting).toBe(0);
  });

  it("sends no waiting invocation after the caller leaves the loop", async () => {
    const aws = new FakeAws().respondWith(THROTTLED);
    const clock = new FakeClock({ skips: 100_000 });
    const stream = open(aws, clock).stream({ requests: numbers(1) });

    await stream.next();
    await stream.return();

    expect(clock.waiting).toBe(0);
  });
});

describe("the progress of an InvokeMany run", () => {
  it("is reported at most every 100 ms and once at the end", async () => {
    const clock = new FakeClock();
    const aws = new SlowAws();
    const reports: BatchProgress[] = [];
    read(
      open(aws, clock),
      { requests: [...numbers(4), { functionName: "" }], concurrency: 2 },
      { onProgress: (progress) => reports.push(progress) },
    );

    await settled();
    await aws.answer(0);
    expect(reports).toEqual([]);
    clock.pass(100);
    await aws.answer(1);
    await aws.answerAll();

    expect(reports).toEqual([
      {
        done: 2,
        failed: 0,
        inFlight: 1,
        left: 3,
        perSecond: 20,
        concurrency: 2,
      },
      {
        done: 5,
        failed: 1,
        inFlight: 0,
        left: 0,
        perSecond: 50,
        concurrency: 2,
      },
    ]);
  });

  it("has no `left` if the number of requests is unknown", async () => {
    const reports: BatchProgress[] = [];

    await open(new FakeAws()).execute(
      { requests: numbers(1).values() },
      { onProgress: (progress) => reports.push(progress) },
    );

    expect(reports).toHaveLength(1);
    expect(reports[0]).not.toHaveProperty("left");
  });

  it("stops the run when onProgress throws", async () => {
    const work = open(new FakeAws()).execute(
      { requests: numbers(1) },
      {
        onProgress: () => {
          throw new Error("the screen is gone");
        },
      },
    );

    expect(await catchError(work)).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "onProgress", rule: "threw" }],
    });
  });
});

describe("an InvokeMany run with a resume file", () => {
  let resumeFile: string;
  beforeEach(() => {
    resumeFile = join(temporaryFolder("many"), "run");
  });

  /** Reads the given number of outcomes, then leaves the loop. */
  async function take(
    transport: Transport,
    count: number,
    request: Partial<Input<InvokeManyRequest>> = {},
  ): Promise<InvocationOutcome[]> {
    const taken: InvocationOutcome[] = [];
    const requests = numbers(10);
    const stream = open(transport).stream({
      requests,
      resumeFile,
      concurrency: 2,
      ...request,
    });
    for await (const outcome of stream)
      if (taken.push(outcome) === count) break;
    return taken;
  }

  const echo = (): FakeAws => new FakeAws().respondWith({ body: "1" });

  it.each([false, true])(
    "resumes after it was stopped and sends nothing twice (ordered: %s)",
    async (ordered) => {
      const before = echo();
      const after = echo();

      const first = await take(before, 4, { ordered });
      const second = await take(after, Infinity, { ordered });

      expect(indexes([...first, ...second]).sort((a, b) => a - b)).toEqual(
        numbers(10).map(({ payload }) => payload),
      );
      expect(
        [...before.sent, ...after.sent].map(({ body }) => body).sort(),
      ).toEqual(numbers(10).map(({ payload }) => payload));
    },
  );

  it("yields completed outcomes that were not read before, from the file", async () => {
    const aws = new FakeAws().respondWith(
      { body: "0" },
      {
        headers: {
          "x-amz-executed-version": "7",
          "x-amz-log-result": Buffer.from(
            "REPORT RequestId: r\tDuration: 1.5 ms\tBilled Duration: 2 ms\n",
          ).toString("base64"),
        },
        body: '{"total":"1290 €"}',
      },
      {
        headers: { "x-amz-function-error": "Unhandled" },
        body: '{"errorType":"RangeError"}',
      },
      { body: "no JSON" },
    );
    await open(aws).execute({
      requests: numbers(4),
      concurrency: 1,
      resumeFile,
    });
    const fresh = await open(new FakeAws().respondWith({ body: "0" })).execute({
      requests: numbers(4),
      concurrency: 1,
      resumeFile,
    });

    expect(fresh[1]?.response).toMatchObject({
      statusCode: 200,
      executedVersion: "7",
      payload: { total: "1290 €" },
      requestId: "request-1",
      report: { durationMs: 1.5 },
    });
    expect(fresh[2]?.error).toMatchObject({
      name: "FunctionError",
      code: "ERR_FUNCTION",
      execution: "ran",
      errorType: "RangeError",
      response: { payload: { errorType: "RangeError" } },
    });
    expect(fresh[3]?.response?.payloadText).toBe("no JSON");
    expect(await catchError(() => fresh[3]?.response?.payload)).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "ran",
    });
  });

  it("returns all outcomes from execute each time without running anything again", async () => {
    const aws = echo();
    await take(aws, 4);

    const once = await open(aws).execute({ requests: numbers(10), resumeFile });
    const twice = await open(aws).execute({
      requests: numbers(10),
      resumeFile,
    });

    expect(indexes(once)).toEqual(numbers(10).map(({ payload }) => payload));
    expect(twice).toEqual(once);
    expect(aws.sent).toHaveLength(10);
  });

  it("yields nothing if every outcome was read before", async () => {
    const aws = echo();
    await take(aws, Infinity);

    expect(await take(aws, Infinity)).toEqual([]);
    expect(aws.sent).toHaveLength(10);
  });

  /** The file that a process leaves if it is killed while invocations are in flight. */
  async function killed(): Promise<void> {
    const aws = new SlowAws();
    const work = take(aws, 1);
    await settled();
    await aws.answer(0);
    const left = readFileSync(resumeFile);
    await aws.answerAll();
    await work;
    writeFileSync(resumeFile, left);
  }

  it("never resends what was in flight when the process was killed", async () => {
    await killed();
    const aws = echo();

    const outcomes = await take(aws, Infinity);

    const inDoubt = outcomes.filter(({ error }) => error);
    expect(inDoubt.length).toBeGreaterThan(0);
    for (const { error } of inDoubt)
      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        execution: "may-have-run",
        retryable: false,
        message:
          "InvokeFunction: the previous run ended while the invocation was in flight; the function may have run. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).",
      });
    expect(outcomes.map(({ index }) => index).sort()).toEqual(
      numbers(10)
        .map(({ payload }) => payload)
        .slice(10 - outcomes.length),
    );
  });

  it("resends idempotent requests that were in flight when the process was killed", async () => {
    await killed();
    const requests = numbers(10).map((request) => ({
      ...request,
      idempotent: true,
    }));

    const outcomes = await take(echo(), Infinity, { requests });

    expect(outcomes.filter(({ error }) => error)).toEqual([]);
  });

  it("resends what was throttled when the caller left the loop", async () => {
    const clock = new FakeClock();
    const aws = new FakeAws().respondWith({
      ...THROTTLED,
      headers: {
        "x-amzn-errortype": "TooManyRequestsException",
        "retry-after": "60",
      },
    });
    const caller = new AbortController();
    const reading = read(
      open(aws, clock),
      { requests: numbers(2), resumeFile },
      { signal: caller.signal },
    );
    await settled();
    caller.abort();
    await settled();
    expect(reading.isOver).toBe(true);

    const outcomes = await take(echo(), Infinity, { requests: numbers(2) });

    expect(payloads(outcomes)).toEqual([1, 1]);
  });

  /** The indexes with an outcome, and those that were sent, in the run that ended early and in the resumed run. */
  interface Runs {
    readonly first: readonly InvocationOutcome[];
    readonly second: readonly InvocationOutcome[];
    readonly sentAgain: readonly unknown[];
  }

  /** Ends a run while its second and third request are in flight, and resumes it. */
  async function interrupted(
    how: "abort" | "crash",
    fields: Partial<Input<InvokeFunctionRequest>>,
  ): Promise<Runs> {
    const requests = numbers(3).map((each) => ({ ...each, ...fields }));
    const caller = new AbortController();
    const aws = new SlowAws();
    const { signal } = caller;
    const reading = read(open(aws), { requests, resumeFile }, { signal });
    await settled();
    await aws.answer(0);
    const left = readFileSync(resumeFile);
    caller.abort();
    await settled();
    expect(reading.isOver).toBe(true);
    if (how === "crash") writeFileSync(resumeFile, left);
    const again = echo();

    const second = await take(again, Infinity, { requests });

    const first =
      how === "crash" ? reading.outcomes.slice(0, 1) : reading.outcomes;
    return { first, second, sentAgain: again.sent.map(({ body }) => body) };
  }

  it.each(["abort", "crash"] as const)(
    "sends idempotent requests that were in flight again: %s",
    async (how) => {
      const { first, second, sentAgain } = await interrupted(how, {
        idempotent: true,
      });

      expect(indexes(first)).toEqual([0]);
      expect(indexes(second)).toEqual([1, 2]);
      expect(payloads(second)).toEqual([1, 1]);
      expect(sentAgain).toEqual([1, 2]);
    },
  );

  it.each(["abort", "crash"] as const)(
    "has one outcome, and sends nothing twice, if requests in flight are not idempotent: %s",
    async (how) => {
      const { first, second, sentAgain } = await interrupted(how, {});

      expect(indexes([...first, ...second])).toEqual([0, 1, 2]);
      expect([...first, ...second].slice(1)).toMatchObject(
        Array(2).fill({ error: { execution: "may-have-run" } }),
      );
      expect(sentAgain).toEqual([]);
    },
  );

  it("sends requests that the signal cut off before they ran again, also if they are not idempotent", async () => {
    const requests = numbers(2);
    const caller = new AbortController();
    const { signal } = caller;
    const connecting: Transport = {
      send: (_, options) =>
        new Promise((__, reject) => {
          options.signal.addEventListener("abort", () => {
            reject(new WireError("ABORTED"));
          });
        }),
    };
    const reading = read(
      open(connecting),
      { requests, resumeFile },
      { signal },
    );
    await settled();
    caller.abort();
    await settled();
    expect(reading).toMatchObject({ isOver: true, outcomes: [] });

    const outcomes = await take(echo(), Infinity, { requests });

    expect(payloads(outcomes)).toEqual([1, 1]);
  });

  it("returns one outcome of each request from execute after an abort", async () => {
    const requests = numbers(4).map((each) => ({
      ...each,
      idempotent: each.payload % 2 === 1,
    }));
    const caller = new AbortController();
    const { signal } = caller;
    const running = open(new SlowAws()).execute(
      { requests, resumeFile },
      { signal },
    );
    const failing = catchError(running);
    await settled();
    caller.abort();
    expect((await failing).message).toMatch(
      /To continue, run the batch again with the same requests and the same resumeFile\.$/,
    );

    const all = await open(echo()).execute({ requests, resumeFile });

    expect(all.map(({ error }) => error?.execution ?? "completed")).toEqual([
      "may-have-run",
      "completed",
      "may-have-run",
      "completed",
    ]);
  });

  it("counts earlier runs in its progress", async () => {
    await take(echo(), 4);
    const reports: BatchProgress[] = [];

    await open(echo()).execute(
      { requests: numbers(10), resumeFile },
      { onProgress: (progress) => reports.push(progress) },
    );

    expect(reports.at(-1)).toMatchObject({ done: 10, left: 0 });
  });

  it("writes a file that only its owner can read and leaves no lock behind", async () => {
    await take(echo(), Infinity);

    expect(statSync(resumeFile).mode & 0o777).toBe(0o600);
    expect(existsSync(`${resumeFile}.lock`)).toBe(false);
  });

  it.each<[string, (file: string) => void, string]>([
    [
      "a symbolic link",
      (file) => {
        writeFileSync(`${file}-target`, "", { mode: 0o600 });
        symlinkSync(`${file}-target`, file);
      },
      "resumeFile must not be a symbolic link; pass the path of the file itself",
    ],
    [
      "a symbolic link to nothing",
      (file) => {
        symlinkSync(`${file}-target`, file);
      },
      "resumeFile must not be a symbolic link; pass the path of the file itself",
    ],
    [
      "a file that others can read",
      (file) => {
        writeFileSync(file, "");
        chmodSync(file, 0o604);
      },
      "resumeFile must not be accessible to other users, but its mode is 604; if you trust its contents, run chmod 600 on it, or else pass the path of a file that does not exist",
    ],
    [
      "a file that its group can write",
      (file) => {
        writeFileSync(file, "");
        chmodSync(file, 0o620);
      },
      "resumeFile must not be accessible to other users, but its mode is 620; if you trust its contents, run chmod 600 on it, or else pass the path of a file that does not exist",
    ],
    [
      "a file of another program that others can read",
      (file) => {
        writeFileSync(file, '{ "name": "app" }');
        chmodSync(file, 0o644);
      },
      "resumeFile was not written by InvokeMany and was left unchanged; pass the path of a resume file, or of a file that does not exist",
    ],
    [
      "a file with two names",
      (file) => {
        writeFileSync(`${file}-other`, "", { mode: 0o600 });
        linkSync(`${file}-other`, file);
      },
      "resumeFile must not have other hard links; pass the path of a file that does not exist",
    ],
    [
      "a named pipe",
      (file) => {
        spawnSync("mkfifo", ["-m", "600", file]);
      },
      "resumeFile must be the path of a file",
    ],
  ])("rejects %s and sends nothing", async (_, make, message) => {
    make(resumeFile);
    const aws = echo();

    const error = await catchError(take(aws, Infinity));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `InvokeMany: ${message}.`,
      issues: [{ path: "resumeFile", rule: "resume", message }],
    });
    expect(aws.sent).toEqual([]);
    expect(existsSync(`${resumeFile}.lock`)).toBe(false);
  });

  it("rejects a file of another user", async () => {
    await take(echo(), 1);
    const { geteuid } = process;
    Object.assign(process, { geteuid: () => 4_711 });

    const error = await catchError(take(echo(), 1)).finally(() => {
      Object.assign(process, { geteuid });
    });

    expect(error.message).toMatch(
      /^InvokeMany: resumeFile must belong to the user of this process \(4711\), but belongs to \d+; pass the path of a file that does not exist\.$/,
    );
  });

  it("ignores permissions on systems that have none", async () => {
    writeFileSync(resumeFile, "", { mode: 0o600 });
    chmodSync(resumeFile, 0o666);
    const { geteuid } = process;
    Object.assign(process, { geteuid: undefined });

    const taken = await take(echo(), Infinity).finally(() => {
      Object.assign(process, { geteuid });
    });

    expect(taken).toHaveLength(10);
  });

  it("rejects a second run at the same time", async () => {
    const aws = new SlowAws();
    const reading = read(open(aws), { requests: numbers(1), resumeFile });
    await settled();

    const error = await catchError(take(echo(), 1));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "resumeFile", rule: "locked" }],
      message: expect.stringMatching(
        /^InvokeMany: resumeFile is in use by process \d+ on .*; wait until that run has ended, or, if it is no longer running, delete .*\.lock and try again\.$/,
      ),
    });
    await aws.answerAll();
    expect(reading.outcomes).toHaveLength(1);
  });

  it("rejects, with advice, a lock whose owner cannot be checked", async () => {
    writeFileSync(
      `${resumeFile}.lock`,
      JSON.stringify({ pid: 7, host: "far-away", realm: "another", id: "x" }),
    );

    const error = await catchError(take(echo(), 1));

    expect(error.message).toContain("process 7 on far-away");
    expect(existsSync(`${resumeFile}.lock`)).toBe(true);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    [
      "that is corrupt",
      (file) => {
        const text = readFileSync(file, "utf8");
        writeFileSync(file, text.replace("done 1", "done 2"));
      },
      /corrupt at line \d+/,
    ],
    [
      "from which a line is gone",
      (file) => {
        const lines = readFileSync(file, "utf8").split("\n");
        writeFileSync(file, lines.toSpliced(5, 1).join("\n"));
      },
      /corrupt at line 6/,
    ],
    [
      "that another process has appended to",
      (file) => {
        appendFileSync(file, "hello\n");
      },
      /corrupt at line \d+/,
    ],
    [
      "of another kind",
      (file) => {
        writeFileSync(file, "# shopping\n- milk\n");
      },
      /was not written by InvokeMany and was left unchanged/,
    ],
    [
      "of another kind, without an end of line",
      (file) => {
        writeFileSync(file, "hello");
      },
      /was not written by InvokeMany/,
    ],
    [
      "of another version",
      (file) => {
        const text = readFileSync(file, "utf8");
        writeFileSync(file, text.replace("invoke-many 1", "invoke-many 2"));
      },
      /has format version 2, but this package reads version 1/,
    ],
  ])("rejects a file %s and leaves it unchanged", async (_, spoil, message) => {
    await take(echo(), 4);
    spoil(resumeFile);
    const spoilt = readFileSync(resumeFile);
    const aws = echo();

    const error = await catchError(take(aws, Infinity));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "InvokeMany",
      execution: "did-not-run",
      issues: [{ path: "resumeFile", rule: "resume" }],
      message: expect.stringMatching(message),
    });
    expect(aws.sent).toEqual([]);
    expect(readFileSync(resumeFile)).toEqual(spoilt);
    expect(existsSync(`${resumeFile}.lock`)).toBe(false);
  });

  it("ignores a truncated last line at any position", async () => {
    await take(echo(), 2);
    const whole = readFileSync(resumeFile);
    const begin = whole.lastIndexOf("\n", whole.length - 2) + 1;

    for (let end = begin; end < whole.length; end++) {
      writeFileSync(resumeFile, whole);
      truncateSync(resumeFile, end);

      const outcomes = await take(echo(), Infinity);

      expect(outcomes.length).toBeGreaterThanOrEqual(8);
    }
  });

  it("starts over if not even the first line was written", async () => {
    await take(echo(), 1);
    truncateSync(resumeFile, 20);

    expect(await take(echo(), Infinity)).toHaveLength(10);
  });

  it.each([
    ["another payload", { payload: "other" }],
    ["another function", { functionName: "other" }],
    ["another qualifier", { qualifier: "live" }],
    ["a broken one", { functionName: "" }],
  ])("rejects different requests, naming the first: %s", async (_, other) => {
    await take(echo(), 4);
    const aws = echo();
    const requests = numbers(10).map((request, index) =>
      index === 1 ? { ...request, ...other } : request,
    );

    const error = await catchError(take(aws, Infinity, { requests }));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "requests[1]", rule: "resume" }],
      message:
        "InvokeMany: requests[1] is not the request that resumeFile recorded at this index; pass the same requests in the same order, or use another file.",
    });
    expect(aws.sent).toEqual([]);
  });

  it("rejects fewer requests than the file contains", async () => {
    await take(echo(), Infinity);

    const error = await catchError(take(echo(), 1, { requests: numbers(3) }));

    expect(error.message).toBe(
      "InvokeMany: requests[3] is missing because resumeFile recorded 10 requests, but 3 were passed; pass the same requests in the same order, or use another file.",
    );
  });

  it.each([
    ["in a folder that is not there", "none/run", "ENOENT"],
    ["that is a folder", ".", ""],
  ])("rejects a file %s", async (_, path, code) => {
    const error = await catchError(
      take(echo(), 1, { resumeFile: join(resumeFile, "..", path) }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "resumeFile", message: expect.stringContaining(code) }],
    });
  });

  it("keeps the outcome of an invalid request as well", async () => {
    const requests = [{ functionName: "" }, ...numbers(1)];
    await open(echo()).execute({ requests, resumeFile });

    const again = await open(echo()).execute({ requests, resumeFile });

    expect(again[0]?.error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "functionName" }],
    });
  });
});
