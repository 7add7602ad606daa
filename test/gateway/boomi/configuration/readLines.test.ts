import { readConfiguration } from "../../../../gateway/boomi/configuration/readConfiguration";
import { CONNECTION, read, refused } from "./lines";

const NAME = "com.mashery.proxy.customer.generic.sidecar-connector";

/** The lines with the connector's name before each. */
function named(lines: string): string {
  return lines.replace(/^/gm, `${NAME}.`);
}

describe("readLines", () => {
  it("splits a line at its first colon only", () => {
    expect(read("sidecar-param-url:https://acme.example:8443").params).toEqual({
      url: "https://acme.example:8443",
    });
  });

  it.each(["timeout : 500", "timeout :500", "timeout: 500", "\ttimeout:500 "])(
    "ignores whitespace around key and value: %p",
    (line) => {
      expect(read(line).timeoutMs).toBe(500);
    },
  );

  it("ignores empty lines", () => {
    expect(read("\n  \ntimeout:500\n\n").timeoutMs).toBe(500);
  });

  it("accepts CRLF line ends and a leading byte order mark", () => {
    const lines = `\ufeff${CONNECTION}\ntimeout:500\n`.replace(/\n/g, "\r\n");

    expect(
      readConfiguration(lines, "PreProcessor").configuration?.timeoutMs,
    ).toBe(500);
  });

  it("refuses a line without a colon and a line without a key", () => {
    expect(refused("\ntimeout 500\n:500")).toEqual([
      {
        path: "",
        rule: "line",
        message:
          "preInput line 6: a line must have the form key:value, but this one has no colon",
      },
      {
        path: "",
        rule: "line",
        message:
          "preInput line 7: a line must have the form key:value, but this one has no key",
      },
    ]);
  });

  it("accepts keys in any case, as in Boomi's example", () => {
    expect(read("Synchronicity: event\nFAILSAFE:true")).toMatchObject({
      synchronicity: "Event",
      failSafe: true,
    });
  });

  it("refuses a key that is set twice and names both lines", () => {
    expect(refused("timeout:500\nfailSafe:true\nTimeout:600")).toEqual([
      {
        path: "timeout",
        rule: "duplicate",
        message:
          "preInput line 7: timeout is set twice, first in preInput line 5",
      },
    ]);
  });

  it.each([
    ["time-out", "timeout"],
    ["externalId", "externalIdKey"],
    ["aws.functionARN", "functionARN"],
    ["include-eav", "include-eavs"],
    ["include-packagekey-eav", "include-packageKey-eavs"],
    ["enable-errorset", "enable_error_set"],
    ["side-car-param-x", "sidecar-param-<name>"],
    ["sidecarparams", "sidecar-param-<name>"],
  ])("refuses the unknown key %s and suggests %s", (key, meant) => {
    expect(refused(`${key}:1`)).toEqual([
      {
        path: key,
        rule: "unknown",
        message: `preInput line 5: ${key} is not a key of this connector; did you mean ${meant}?`,
      },
    ]);
  });

  it.each(["foo", "x", "constructor", "__proto__", "stack", "toString"])(
    "refuses the unknown key %s without a suggestion",
    (key) => {
      expect(refused(`${key}:1`)).toEqual([
        {
          path: key,
          rule: "unknown",
          message: `preInput line 5: ${key} is not a key of this connector`,
        },
      ]);
    },
  );

  it("ignores useAssumeRole, however often it is given", () => {
    expect(refused("useAssumeRole:false\nuseAssumeRole:true")).toEqual([]);
  });
});

describe("readLines of a chain of processors", () => {
  it("reads the lines that start with the connector's name and ignores those of other processors", () => {
    const lines = `processors:${NAME}, com.example.HeaderStamp
com.example.HeaderStamp.X-Stamp:on
${named(CONNECTION)}
com.example.HeaderStamp.timeout:soon
${named("timeout:500\nsidecar-param-a.b:1")}`;

    const { configuration, issues } = readConfiguration(lines, "PreProcessor");

    expect(issues).toEqual([]);
    expect(configuration).toMatchObject({
      timeoutMs: 500,
      params: { "a.b": 1 },
    });
  });

  it("reads prefixed lines without the line that names the processors", () => {
    const { configuration } = readConfiguration(
      named(CONNECTION),
      "PreProcessor",
    );

    expect(configuration?.region).toBe("eu-central-1");
  });

  it("reports the line numbers of the whole text", () => {
    const lines = `processors:${NAME}\n\n${named(`${CONNECTION}\ntimeout:0`)}`;

    expect(readConfiguration(lines, "PreProcessor").issues).toMatchObject([
      { path: "timeout", message: expect.stringMatching(/^preInput line 7: /) },
    ]);
  });

  it("assigns a line to the processor with the longest matching name", () => {
    const lines = `processors:com.mashery,${NAME},${NAME}.v2
${named(CONNECTION)}
${NAME}.v2.timeout:soon
com.mashery.timeout:soon`;

    expect(readConfiguration(lines, "PreProcessor").issues).toEqual([]);
  });

  it("refuses a chain without the connector", () => {
    const lines = `processors:com.example.HeaderStamp\n${named(CONNECTION)}`;

    expect(readConfiguration(lines, "PreProcessor").issues).toEqual([
      {
        path: "processors",
        rule: "chain",
        message: `preInput line 1: processors must contain ${NAME}`,
      },
    ]);
  });

  it("refuses a line without the name of a processor of the chain", () => {
    const lines = `processors:${NAME}\n${named(CONNECTION)}\ntimeout:500\ncom.example.Stamp.x:1`;

    expect(
      readConfiguration(lines, "PreProcessor").issues.map(
        ({ message }) => message,
      ),
    ).toEqual(
      [
        ["timeout", 6],
        ["com.example.Stamp.x", 7],
      ].map(
        ([key, line]) =>
          `preInput line ${line ?? 0}: ${key ?? ""} must start with the name of a processor in processors, for this connector ${NAME}.<key>`,
      ),
    );
  });

  it("refuses a second line that names the processors", () => {
    const lines = `processors:${NAME}\n${named(CONNECTION)}\nprocessors:${NAME}`;

    expect(readConfiguration(lines, "PreProcessor").issues).toEqual([
      {
        path: "processors",
        rule: "duplicate",
        message:
          "preInput line 6: processors is set twice, first in preInput line 1",
      },
    ]);
  });

  it("refuses a key that is given both with and without the connector's name", () => {
    expect(refused(named("region:eu-central-1"))).toMatchObject([
      { path: "region", rule: "duplicate" },
    ]);
  });
});

describe("a parameter of digits", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    ["3", 3],
    ["-3", -3],
    ["100", 100],
    ["0.75", 0.75],
    ["-0.5", -0.5],
    ["1.50", 1.5],
    ["1.0", 1],
    ["0.0", 0],
    ["0.0000001", 1e-7],
    ["9007199254740991", 9_007_199_254_740_991],
    ["0.30000000000000004", 0.300_000_000_000_000_04],
  ])("%s is a number", (text, number) => {
    expect(read(`sidecar-param-a:${text}`).params["a"]).toBe(number);
  });

  it.each([
    "012345678901",
    "01234",
    "00",
    "-01",
    "00.5",
    "3.14159265358979323846",
    "0.3000000000000000444",
    "9007199254740993",
    "123456789012345678.5",
    "0.1000000000000000055511151231257827",
    "1e5",
    "+5",
    ".5",
    "5.",
    "1,000",
    "1_000",
    "0x10",
    "Infinity",
    "NaN",
    "1".repeat(400),
    `0.${"0".repeat(400)}1`,
  ])("%s stays a string", (text) => {
    expect(read(`sidecar-param-a:${text}`).params["a"]).toBe(text);
  });
});
