import { read, refused, refusedObject } from "./lines";

describe("synchronicity", () => {
  it.each(["event", "Event", "EVENT"])("is an event for %s", (word) => {
    expect(read(`synchronicity:${word}`).synchronicity).toBe("Event");
  });

  it.each(["request-response", "Request-Response", "evnt", "non-blocking", ""])(
    "is request and response for %p",
    (word) => {
      expect(read(`synchronicity:${word}`).synchronicity).toBe(
        "RequestResponse",
      );
    },
  );

  it("is refused where it is no text", () => {
    expect(refusedObject({ synchronicity: true })).toMatchObject([
      { path: "synchronicity", rule: "string" },
    ]);
  });
});

describe("failSafe", () => {
  it.each([
    ["true", true],
    ["TRUE", true],
    ["false", false],
    ["False", false],
  ])("takes %s", (word, meant) => {
    expect(read(`failSafe:${word}`).failSafe).toBe(meant);
  });

  it.each(["yes", "1", "", "truee"])("refuses %p", (word) => {
    expect(refused(`failSafe:${word}`)).toEqual([
      {
        path: "failSafe",
        rule: "oneOf",
        message: "preInput line 5: failSafe must be true or false",
      },
    ]);
  });
});

describe("enable_error_set", () => {
  it.each(["true", "True", "TRUE"])("is switched on by %s", (word) => {
    expect(read(`enable_error_set:${word}`).enableErrorSet).toBe(true);
  });

  it.each(["false", "yes", "1", "on", ""])("is left off by %p", (word) => {
    expect(read(`enable_error_set:${word}`).enableErrorSet).toBe(false);
  });

  it("is refused where it is neither a text nor a truth value", () => {
    expect(refusedObject({ enable_error_set: 1 })).toMatchObject([
      { path: "enable_error_set", rule: "boolean" },
    ]);
  });
});

describe("timeout", () => {
  it.each([
    ["1", 1],
    ["500", 500],
    ["2147483647", 2_147_483_647],
  ])("is %s milliseconds", (text, ms) => {
    expect(read(`timeout : ${text}`).timeoutMs).toBe(ms);
  });

  it.each(["0", "-1", "0.5", "5s", "soon", "", "1e3"])("is not %p", (text) => {
    expect(refused(`timeout:${text}`)).toEqual([
      {
        path: "timeout",
        rule: "min",
        message:
          "preInput line 5: timeout must be a whole number of milliseconds, 1 or more",
      },
    ]);
  });

  it("is not longer than a timer can wait", () => {
    expect(refused("timeout:2147483648")).toEqual([
      {
        path: "timeout",
        rule: "max",
        message:
          "preInput line 5: timeout must be at most 2,147,483,647 milliseconds",
      },
    ]);
  });
});

describe("max-payload-size", () => {
  it.each([
    ["20", 20_480],
    ["0.5", 512],
    ["1024", 1_048_576],
  ])("is %s KB, which are %p bytes", (size, bytes) => {
    expect(read(`max-payload-size:${size}`).maxPayloadBytes).toBe(bytes);
  });

  it.each(["0", "1025", "1024.1", "64kb", "-5", "", "much"])(
    "is not %p",
    (size) => {
      expect(refused(`max-payload-size:${size}`)).toEqual([
        {
          path: "max-payload-size",
          rule: "range",
          message:
            "preInput line 5: max-payload-size must be a number of KB, above 0 and up to 1024",
        },
      ]);
    },
  );
});

describe("max-payload-condition", () => {
  it.each([
    ["blocking", "blocking"],
    ["Blocking", "blocking"],
    ["filtering", "filtering"],
    ["Filtering", "filtering"],
  ])("takes %s", (word, condition) => {
    expect(read(`max-payload-condition:${word}`).maxPayloadCondition).toBe(
      condition,
    );
  });

  it.each(["block", "1", ""])("refuses %p", (word) => {
    expect(refused(`max-payload-condition:${word}`)).toEqual([
      {
        path: "max-payload-condition",
        rule: "oneOf",
        message:
          "preInput line 5: max-payload-condition must be blocking or filtering",
      },
    ]);
  });
});
