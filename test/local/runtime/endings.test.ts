import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FileCode } from "../../../dist/local/runtime";
import { failureOf, fileCode, invocation, run, runtimeOf } from "./run";

const FILE = "endings.cjs";
const RUNTIME = join(__dirname, "../../../dist/local/runtime");

describe("Instance", () => {
  it.each([
    [3, "Runtime exited with error: exit status 3"],
    [0, "Runtime exited without providing a reason"],
  ])(
    "reports an exited runtime after exit status %i",
    async (status, reason) => {
      const runtime = runtimeOf(fileCode(FILE, "exits"));
      const call = { ...invocation({ status }), requestId: "id-1" };

      const answer = await run(runtime, call);

      expect(answer.text).toBe(
        `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id-1 Error: ${reason}"}`,
      );
      expect(answer.functionError).toBe("Unhandled");
      expect(answer.log).toContain(
        `INFO\tabout to exit\nRequestId: id-1 Error: ${reason}\nRuntime.ExitError\nEND RequestId: id-1\n`,
      );
      expect(answer.log).toMatch(
        /\tStatus: error\tError Type: Runtime\.ExitError\n$/,
      );
    },
  );

  it("is replaced after it exits", async () => {
    const runtime = runtimeOf(fileCode(FILE, "exitsWhenTold"));

    const before = await run(runtime, invocation({ exit: false }));
    const failure = await failureOf(runtime, invocation({ exit: true }));
    const after = await run(runtime, invocation({ exit: false }));

    expect(before.text).toBe("1");
    expect(failure.errorType).toBe("Runtime.ExitError");
    expect(after.text).toBe("1");
  });

  it("ends alone when its function sends a signal to its process", async () => {
    const runtime = runtimeOf(fileCode(FILE, "signals"));

    const failure = await failureOf(runtime);

    expect(failure).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("exit status 137"),
    });
  });

  it("ends an endless loop at the timeout and keeps its last line", async () => {
    const runtime = runtimeOf(fileCode(FILE, "loops"), { timeoutSeconds: 0.2 });

    const answer = await run(runtime);

    expect(JSON.parse(answer.text)).toMatchObject({
      errorType: "Sandbox.Timedout",
    });
    expect(answer.log).toMatch(
      /INFO\tabout to loop\n\S+ \S+ Task timed out after 0\.20 seconds\n/,
    );
  });

  it("does not disturb other functions during an endless loop", async () => {
    const looping = runtimeOf(fileCode(FILE, "loops"), { timeoutSeconds: 0.5 });
    const other = runtimeOf(fileCode("plain.js"));

    const loop = run(looping);
    const answer = await run(other);

    expect(answer.text).toBe('"CommonJS"');
    expect((await loop).functionError).toBe("Unhandled");
  });

  it("ends a function that prints endlessly at the timeout and keeps its latest output", async () => {
    const runtime = runtimeOf(fileCode(FILE, "prints"), {
      timeoutSeconds: 0.3,
    });

    const { log } = await run(runtime);

    expect(log).toContain("Task timed out after 0.30 seconds");
    expect(log.length).toBeLessThan(2.1 * 1024 * 1024);
  });

  // In a child process: V8 may end the whole process if memory runs out during a garbage collection.
  it("ends a function that has used up its memory without ending the host process", async () => {
    const answer = await runInChild(fileCode(FILE, "leaks"));

    expect(answer).toMatchObject({
      payload:
        '{"errorType":"Runtime.OutOfMemory","errorMessage":"RequestId: id-1 Error: Runtime exited with error: signal: killed"}',
      log: expect.stringMatching(
        /Memory Size: 128 MB\tMax Memory Used: 128 MB\t.*Error Type: Runtime\.OutOfMemory\n$/,
      ),
    });
  }, 60_000);

  it("is replaced when it fails after its response", async () => {
    let isEnding = (): void => undefined;
    const ending = new Promise<void>((resolve) => {
      isEnding = resolve;
    });
    const runtime = runtimeOf(fileCode(FILE, "failsAfterwards"), {
      print: (text) => {
        if (text.includes("ending")) isEnding();
      },
    });

    const first = await run(runtime);
    await ending;
    const second = await run(runtime);

    expect([first.text, second.text]).toEqual(["1", "1"]);
  });

  it("does not fail the next invocation with a late error of the previous one", async () => {
    const runtime = runtimeOf(fileCode(FILE, "failsBeforeTheNext"));

    const first = await run(runtime);
    const second = await run(runtime);

    expect([first.text, second.text]).toEqual(["1", "1"]);
  });

  it("does not keep the process alive after its response", async () => {
    const { payload } = await runInChild(fileCode("plain.js"));

    expect(payload).toBe('"CommonJS"');
  });
});

/** Runs a function in a child process that ends by itself, and returns the outcome. */
async function runInChild(
  code: FileCode,
): Promise<{ payload: string; log: string }> {
  const program = `
    const { createRuntime } = require(${JSON.stringify(RUNTIME)});
    const runtime = createRuntime(
      ${JSON.stringify(code)},
      { functionName: "a", functionArn: "", version: "1", memorySize: 128, timeoutSeconds: 60, environment: {} },
    );
    runtime
      .invoke({ requestId: "id-1", payload: new Uint8Array(), invokedArn: "" })
      .then(({ payload, log }) =>
        process.stdout.write(JSON.stringify({ payload: Buffer.from(payload).toString(), log })));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["-e", program],
    { timeout: 60_000 },
  );
  return JSON.parse(stdout) as { payload: string; log: string };
}

describe("close", () => {
  it.each(["file", "inline"] as const)(
    "reports an exited runtime for a running invocation (%s)",
    async (kind) => {
      const runtime = runtimeOf(
        kind === "file"
          ? fileCode("answers.cjs", "wait")
          : { kind, handler: () => new Promise(() => undefined) },
      );
      const call = { ...invocation({ ms: 60_000 }), requestId: "id-1" };

      const running = run(runtime, call);
      await runtime.close();

      expect((await running).text).toBe(
        '{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id-1 Error: Runtime exited without providing a reason"}',
      );
    },
  );

  it.each(["file", "inline"] as const)(
    "rejects later invocations (%s)",
    async (kind) => {
      const runtime = runtimeOf(
        kind === "file" ? fileCode("plain.js") : { kind, handler: () => 1 },
      );

      await runtime.close();

      await expect(run(runtime)).rejects.toThrow(
        "The function price cannot run because its runtime is closed.",
      );
    },
  );

  it("rejects invocations that are waiting for an instance", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "wait"), {
      maxInstances: 1,
    });

    const calls = Promise.allSettled([
      run(runtime, invocation({ ms: 60_000 })),
      run(runtime, invocation({ ms: 60_000 })),
    ]);
    await runtime.close();

    expect(await calls).toMatchObject([
      { status: "fulfilled", value: { functionError: "Unhandled" } },
      {
        status: "rejected",
        reason: { message: expect.stringContaining("is closed") },
      },
    ]);
  });
});
