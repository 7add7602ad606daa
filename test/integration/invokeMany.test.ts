import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  createConnector,
  type Connector,
  type InvocationOutcome,
  type BatchProgress,
} from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import { FakeClock } from "../FakeClock";
import { temporaryFolder } from "../temporaryFolder";
import { until } from "../until";
import { connectionTo, startWorld } from "./world";

// Ten thousand requests over real sockets.
jest.setTimeout(600_000);

const ROOT = resolve(__dirname, "../..");

describe("InvokeMany over real sockets", () => {
  let local: LocalAws;
  let connector: Connector;
  let resumeFile: string;
  /** How often each number was counted. */
  let ran: Map<number, number>;
  let onRun: (() => void) | undefined;

  beforeEach(async () => {
    ran = new Map();
    onRun = undefined;
    local = await startWorld({
      functions: {
        count: (number: number) => {
          ran.set(number, (ran.get(number) ?? 0) + 1);
          onRun?.();
          return number;
        },
      },
    });
    connector = createConnector(connectionTo(local));
    resumeFile = join(temporaryFolder("many"), "run");
  });

  afterEach(async () => {
    connector.close();
    await local.close();
  });

  function* requests(count: number) {
    for (let payload = 0; payload < count; payload++)
      yield { functionName: "count", payload };
  }

  function ranTwice(): number[] {
    return [...ran].filter(([, times]) => times > 1).map(([number]) => number);
  }

  /** Expects one outcome for each invocation, and one run for each that succeeded. */
  function expectAllOnce(
    reported: readonly Pick<InvocationOutcome, "index" | "error">[],
    count: number,
  ): void {
    const indexes = reported.map(({ index }) => index).sort((a, b) => a - b);
    expect(indexes).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(ranTwice()).toEqual([]);
    for (const { index, error } of reported)
      if (error) expect(error.execution).toBe("may-have-run");
      else expect(ran.get(index)).toBe(1);
  }

  /** Waits until the requests that a killed process left in its sockets have been processed. */
  async function untilServed(): Promise<void> {
    // A new connection is served after those that had something to read before.
    for (let round = 0; round < 3; round++) await connector.listFunctions();
    await until(() =>
      local.requests.all.every(({ durationMs }) => durationMs !== undefined),
    );
  }

  it("runs 10,000 invocations at 100 in flight, each once", async () => {
    const reported: InvocationOutcome[] = [];

    for await (const outcome of connector.invokeMany.stream({
      requests: requests(10_000),
    }))
      reported.push(outcome);

    expectAllOnce(reported, 10_000);
    expect(reported.filter(({ error }) => error)).toEqual([]);
    expect(reported.map(({ response }) => response?.payload)).toEqual(
      reported.map(({ index }) => index),
    );
  });

  it("yields outcomes in order when `ordered` is true", async () => {
    const reported: number[] = [];

    for await (const { index } of connector.invokeMany.stream({
      requests: requests(1_000),
      ordered: true,
    }))
      reported.push(index);

    expect(reported).toEqual([...reported.keys()]);
    expect(reported).toHaveLength(1_000);
  });

  it("resumes after the caller has left the loop", async () => {
    const reported: InvocationOutcome[] = [];
    for (const count of [300, 700, Infinity])
      for await (const outcome of connector.invokeMany.stream({
        requests: requests(2_000),
        resumeFile,
      }))
        if (reported.push(outcome) >= count) break;

    expectAllOnce(reported, 2_000);
    expect(reported.filter(({ error }) => error)).toEqual([]);
    expect(local.requests.of("Invoke")).toHaveLength(2_000);
  });

  it("resumes after the signal has aborted", async () => {
    const caller = new AbortController();
    const reported: InvocationOutcome[] = [];
    const request = { requests: requests(2_000), resumeFile };
    const first = (async () => {
      const { signal } = caller;
      for await (const outcome of connector.invokeMany.stream(request, {
        signal,
      }))
        if (reported.push(outcome) === 500) caller.abort();
    })();
    await expect(first).rejects.toMatchObject({
      code: "ERR_DEADLINE",
      operation: "InvokeMany",
      reason: "aborted",
    });

    for await (const outcome of connector.invokeMany.stream({
      requests: requests(2_000),
      resumeFile,
    }))
      reported.push(outcome);

    expectAllOnce(reported, 2_000);
  });

  it.each([1, 200, 900])(
    "resumes after the process was killed at run %i",
    async (at) => {
      const { child, reportedFile } = startChild(1_000);
      onRun = () => {
        if (ran.size === at) child.kill("SIGKILL");
      };
      await once(child, "exit");
      onRun = undefined;
      await untilServed();
      const before = readFileSync(reportedFile, "utf8")
        .split("\n")
        .slice(0, -1);

      const after: InvocationOutcome[] = [];
      for await (const outcome of connector.invokeMany.stream({
        requests: requests(1_000),
        resumeFile,
      }))
        after.push(outcome);

      // An outcome that the process had received but not yet written is reported again.
      const held = after.filter(({ index }) => before.includes(String(index)));
      expect(held.length).toBeLessThanOrEqual(1);
      const first = before
        .map((line) => ({ index: Number(line) }))
        .filter(
          ({ index }) => !held.some((outcome) => outcome.index === index),
        );
      expectAllOnce([...first, ...after], 1_000);
    },
  );

  /** Starts a process that runs `count` invocations and writes the index of each reported outcome to a file. */
  function startChild(count: number): {
    child: ChildProcess;
    reportedFile: string;
  } {
    const reportedFile = `${resumeFile}.reported`;
    writeFileSync(reportedFile, "");
    const script = `
      const { appendFileSync } = require("node:fs");
      const { createConnector } = require("aws-lambda-connector");
      const connector = createConnector(${JSON.stringify(connectionTo(local))});
      const requests = Array.from({ length: ${count} }, (_, payload) => ({ functionName: "count", payload }));
      (async () => {
        const request = { requests, resumeFile: ${JSON.stringify(resumeFile)} };
        for await (const { index } of connector.invokeMany.stream(request))
          appendFileSync(${JSON.stringify(reportedFile)}, index + "\\n");
      })();`;
    const child = spawn(process.execPath, ["-e", script], {
      cwd: ROOT,
      stdio: "ignore",
    });
    return { child, reportedFile };
  }

  it("lowers its concurrency when Lambda throttles, and every invocation succeeds", async () => {
    local.faults.add({
      kind: "throttle",
      operation: "Invoke",
      times: 400,
      retryAfterSeconds: 0,
    });
    const seen: BatchProgress[] = [];

    const outcomes = await connector.invokeMany(
      { requests: requests(1_000) },
      { onProgress: (progress) => seen.push(progress) },
    );

    expectAllOnce(outcomes, 1_000);
    expect(outcomes.filter(({ error }) => error)).toEqual([]);
    expect(Math.min(...seen.map((each) => each.concurrency))).toBeLessThan(100);
  });

  it("reports its progress", async () => {
    const reported: BatchProgress[] = [];
    const clock = new FakeClock({ startsAt: Date.now() });
    const timed = createConnector(connectionTo(local), { clock });
    onRun = () => {
      clock.pass(1);
    };

    await timed.invokeMany(
      { requests: [...requests(2_000)] },
      { onProgress: (progress) => reported.push(progress) },
    );

    timed.close();
    expect(reported.length).toBeGreaterThan(1);
    for (const { done, left, inFlight } of reported) {
      expect(done + (left ?? 0)).toBe(2_000);
      expect(inFlight).toBeLessThanOrEqual(100);
    }
    expect(reported.at(-1)).toMatchObject({ done: 2_000, failed: 0, left: 0 });
    expect(reported.at(-1)?.perSecond).toBe(1_000);
  });
});

describe("the memory of InvokeMany", () => {
  it.each([
    ["as they complete", "{}"],
    ["in order", "{ ordered: true }"],
    ["with a resume file", "{ resumeFile: process.argv[1] }"],
  ])(
    "grows by less than 1 MB between outcome 10,000 and 60,000, %s",
    async (_, options) => {
      const script = `
        const { createConnector } = require("aws-lambda-connector");
        const transport = { send: async () => ({ statusCode: 200, headers: {}, body: Buffer.from("1") }) };
        const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "none" };
        const connector = createConnector({ region: "eu-central-1", credentials }, { transport });
        function* requests() {
          for (let payload = 0; payload < 60_000; payload++) yield { functionName: "count", payload };
        }
        const used = () => { for (let i = 0; i < 5; i++) gc(); return process.memoryUsage().heapUsed; };
        (async () => {
          let reported = 0, before = 0;
          for await (const _ of connector.invokeMany.stream({ requests: requests(), ...${options} }))
            if (++reported === 10_000) before = used();
            else if (reported === 60_000) console.log(used() - before);
        })();`;
      const file = join(temporaryFolder("many"), "run");

      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--expose-gc", "-e", script, file],
        { cwd: ROOT },
      );

      expect(stdout.trim()).toMatch(/^-?\d+$/);
      expect(Number(stdout)).toBeLessThan(1_000_000);
    },
  );
});
