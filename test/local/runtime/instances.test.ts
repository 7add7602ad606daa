import { setTimeout as pause } from "node:timers/promises";
import type { FunctionRuntime } from "../../../dist/local/runtime";
import { fileCode, invocation, run, runtimeOf } from "./run";

interface Report {
  /** Invocations that were running in the instance, including this one. */
  readonly concurrent: number;

  readonly threadId: number;
}

async function runMany(
  runtime: FunctionRuntime,
  count: number,
): Promise<Report[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, () => run(runtime, invocation({ ms: 20 }))),
  );
  return answers.map(({ text }) => JSON.parse(text) as Report);
}

describe("FileRuntime instances", () => {
  it("serve one invocation at a time", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "wait"), {
      maxInstances: 1,
    });

    const reports = await runMany(runtime, 3);

    expect(reports.map(({ concurrent }) => concurrent)).toEqual([1, 1, 1]);
    expect(new Set(reports.map(({ threadId }) => threadId)).size).toBe(1);
  });

  it("start up to the maximum while further invocations wait", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "wait"), {
      maxInstances: 3,
    });

    const reports = await runMany(runtime, 9);

    expect(reports.map(({ concurrent }) => concurrent)).toEqual(
      Array.from({ length: 9 }, () => 1),
    );
    expect(new Set(reports.map(({ threadId }) => threadId)).size).toBe(3);
  });

  it("are reused and keep their state", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"));

    const first = await run(runtime);
    const second = await run(runtime);

    expect([first.text, second.text]).toEqual(["1", "2"]);
    expect(first.log).toContain("Init Duration");
    expect(second.log).not.toContain("Init Duration");
  });

  it("end after the idle timeout", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"), {
      idleSeconds: 0.05,
    });

    const first = await run(runtime);
    let next;
    do {
      await pause(100);
      next = await run(runtime);
    } while (next.text !== "1");

    expect(first.text).toBe("1");
    expect(next.log).toContain("Init Duration");
  });

  it("are never shared by two tenants", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"));
    const forTenant = (tenantId: string) =>
      run(runtime, { ...invocation(), tenantId });

    const texts = [
      (await forTenant("acme")).text,
      (await forTenant("north")).text,
      (await forTenant("acme")).text,
    ];

    expect(texts).toEqual(["1", "1", "2"]);
  });

  it("of an idle tenant are replaced by those of another tenant at the maximum", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"), {
      maxInstances: 1,
    });

    await run(runtime, { ...invocation(), tenantId: "acme" });
    const answer = await run(runtime, { ...invocation(), tenantId: "north" });

    expect(answer.text).toBe("1");
  });

  it("serve every following invocation with the same instance", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"));

    for (let count = 1; count < 500; count++) await run(runtime);
    const last = await run(runtime);

    expect(last.text).toBe("500");
  });
});
