import { folderWith } from "./folderWith";
import { fileCode, invocation, run, runtimeOf } from "./run";

const TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

describe("formatLog", () => {
  it("writes START, END and REPORT of a cold start as Lambda does", async () => {
    const runtime = runtimeOf(fileCode("plain.js"), { version: "7" });

    const { log } = await run(runtime, { ...invocation(), requestId: "id-1" });

    expect(log).toMatch(
      /^START RequestId: id-1 Version: 7\nEND RequestId: id-1\nREPORT RequestId: id-1\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n$/,
    );
  });

  it("omits Init Duration for a warm invocation", async () => {
    const runtime = runtimeOf(fileCode("plain.js"));
    await run(runtime);

    const { log } = await run(runtime, { ...invocation(), requestId: "id-2" });

    expect(log).toMatch(
      /^START RequestId: id-2 Version: \$LATEST\nEND RequestId: id-2\nREPORT RequestId: id-2\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\t\n$/,
    );
  });

  it("writes the same lines for an inline function", async () => {
    const runtime = runtimeOf({ kind: "inline", handler: () => 1 });

    const { log } = await run(runtime, { ...invocation(), requestId: "id-3" });

    expect(log).toMatch(
      /^START RequestId: id-3 Version: \$LATEST\nEND RequestId: id-3\nREPORT RequestId: id-3\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\t\n$/,
    );
  });

  it("keeps the output of a function in order", async () => {
    const runtime = runtimeOf(fileCode("output.cjs"));

    const { log } = await run(runtime, { ...invocation(), requestId: "id-1" });

    const line = (level: string, text: string) =>
      `TIME\tid-1\t${level}\t${text}\n`;
    const output = log
      .replace(/^START.*\n/, "")
      .replace(/END RequestId[^]*$/, "")
      .replaceAll(new RegExp(TIME, "g"), "TIME");
    expect(output).toBe(
      line("INFO", "log one { two: 2 }") +
        line("INFO", "info") +
        line("WARN", "warn") +
        line("ERROR", "error") +
        line("DEBUG", "debug") +
        "written\n" +
        "é\n" +
        line("INFO", "two\nlines") +
        line(
          "INFO",
          [
            "┌─────────┬───┐",
            "│ (index) │ a │",
            "├─────────┼───┤",
            "│ 0       │ 1 │",
            "└─────────┴───┘",
          ].join("\n"),
        ),
    );
  });

  it("writes the output of loading a module before START", async () => {
    const folder = folderWith({
      "a.cjs": "console.log('loading'); exports.handler = async () => 1;",
    });
    const path = `${folder}/a.cjs`;
    const runtime = runtimeOf({ kind: "file", path, exportName: "handler" });

    const { log } = await run(runtime);

    expect(log).toMatch(
      new RegExp(`^${TIME}\tundefined\tINFO\tloading\nSTART RequestId: `),
    );
  });
});
