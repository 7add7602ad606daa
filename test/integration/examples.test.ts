import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(__dirname, "../..");

async function run(example: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "examples", example)],
    { cwd: ROOT },
  );
  return stdout;
}

describe("the OpenTelemetry example", () => {
  it("creates spans for calls that succeed, retry, fail and lose their response", async () => {
    const told = await run("tracing.mjs");

    const spans = told.split(/\n(?=\w+ {2}[✓✗])/).filter((span) => span.trim());
    expect(spans.map((span) => span.trim().split("  ", 2).join(" "))).toEqual([
      "ListFunctions ✓ done",
      "InvokeFunction ✓ done",
      "InvokeFunction ✓ done",
      "InvokeFunction ✗ failed",
      "InvokeFunction ✗ failed",
    ]);
    expect(spans[2]).toMatch(/http\.request\.resend_count +1/);
    expect(spans[3]).toMatch(/error\.type +ERR_FUNCTION/);
    expect(spans[4]).toMatch(/aws\.lambda\.execution +may-have-run/);
    expect(spans[4]).toMatch(/faas\.invoked_name +price/);
  });
});
