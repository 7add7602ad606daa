import { setTimeout as pause } from "node:timers/promises";
import type { FunctionRuntime } from "../../../dist/local/runtime";
import { fileCode, invocation, run, runtimeOf } from "./run";

interface Span {
  readonly begun: number;
  readonly ended: number;
}

async function spansOf(
  runtime: FunctionRuntime,
  count: number,
): Promise<Span[]> {
  const calls = Array.from({ length: count }, () =>
    run(runtime, invocation({ ms: 50 })),
  );
  const answers = await Promise.all(calls);
  return answers
    .map(({ text }) => JSON.parse(text) as Span)
    .sort((a, b) => a.begun - b.begun);
}

function mostAtOnce(spans: readonly Span[]): number {
  const running = ({ begun }: Span) =>
    spans.filter((span) => span.begun <= begun && begun < span.ended).length;
  return Math.max(...spans.map(running));
}

describe("instances", () => {
  it("serve one invocation at a time", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "wait"), {
      maxInstances: 1,
    });

    const spans = await spansOf(runtime, 3);

    expect(mostAtOnce(spans)).toBe(1);
  });

  it("are started up to the bound; what comes above it waits", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "wait"), {
      maxInstances: 3,
    });

    const spans = await spansOf(runtime, 9);

    expect(spans).toHaveLength(9);
    expect(mostAtOnce(spans)).toBeLessThanOrEqual(3);
    expect(mostAtOnce(spans)).toBeGreaterThan(1);
  });

  it("are used again and keep their state", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"));

    const first = await run(runtime);
    const second = await run(runtime);

    expect([first.text, second.text]).toEqual(["1", "2"]);
    expect(first.log).toContain("Init Duration");
    expect(second.log).not.toContain("Init Duration");
  });

  it("end when they are idle for long", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"), {
      idleSeconds: 0.05,
    });

    const first = await run(runtime);
    await pause(300);
    const second = await run(runtime);

    expect([first.text, second.text]).toEqual(["1", "1"]);
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

  it("of an idle tenant make room for another at the bound", async () => {
    const runtime = runtimeOf(fileCode("answers.cjs", "count"), {
      maxInstances: 1,
    });

    await run(runtime, { ...invocation(), tenantId: "acme" });
    const answer = await run(runtime, { ...invocation(), tenantId: "north" });

    expect(answer.text).toBe("1");
  });

  it("answer at least 1,000 warm invocations a second", async () => {
    const runtime = runtimeOf(fileCode("plain.js"));
    await run(runtime);

    const begun = performance.now();
    for (let count = 0; count < 500; count++) await run(runtime);

    expect(performance.now() - begun).toBeLessThan(500);
  });
});
