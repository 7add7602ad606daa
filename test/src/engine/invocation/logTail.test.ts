import { InvocationReport } from "../../../../domain";
import {
  decodeLogTail,
  parseReport,
} from "../../../../src/engine/invocation/logTail";

const WARM =
  "REPORT RequestId: 7\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t";

describe("readReport", () => {
  it("reads what the last REPORT line tells", () => {
    const log = `START RequestId: 7\nREPORT RequestId: 6\tDuration: 9.00 ms\n${WARM}\nXRAY TraceId: 1\n`;

    const report = parseReport(log);

    expect(report).toBeInstanceOf(InvocationReport);
    expect(report).toEqual({
      durationMs: 1.5,
      billedDurationMs: 2,
      memorySizeMb: 128,
      maxMemoryUsedMb: 64,
    });
  });

  it("does not take the function's own words for a report", () => {
    const report = parseReport(`my REPORT RequestId: 7\tDuration: 1 ms\n`);

    expect(report).toBeUndefined();
  });

  it("leaves out what the line does not tell", () => {
    const report = parseReport("REPORT RequestId: 7\tDuration: 3.00 ms\n");

    expect(report).toEqual({ durationMs: 3 });
  });
});

describe("decodeLog", () => {
  it("decodes text of every plane, and a first letter that was cut in two", () => {
    const bytes = Buffer.from("ä😀").subarray(1);

    const log = decodeLogTail(bytes.toString("base64"));

    expect(log).toBe("\ufffd😀");
  });
});
