import { InvocationReport } from "../../../../domain";
import {
  decodeLogTail,
  parseReport,
} from "../../../../src/engine/invocation/logTail";

const WARM =
  "REPORT RequestId: 7\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t";

describe("parseReport", () => {
  it("reads the fields of the last REPORT line", () => {
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

  it("ignores a line that contains REPORT but does not start with it", () => {
    const report = parseReport(`my REPORT RequestId: 7\tDuration: 1 ms\n`);

    expect(report).toBeUndefined();
  });

  it("omits fields that the line does not contain", () => {
    const report = parseReport("REPORT RequestId: 7\tDuration: 3.00 ms\n");

    expect(report).toEqual({ durationMs: 3 });
  });
});

describe("decodeLogTail", () => {
  it("decodes characters outside the BMP, and replaces a truncated first character", () => {
    const bytes = Buffer.from("ä😀").subarray(1);

    const log = decodeLogTail(bytes.toString("base64"));

    expect(log).toBe("\ufffd😀");
  });
});
