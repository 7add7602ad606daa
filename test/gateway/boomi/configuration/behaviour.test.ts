import { read, readObject, refused, refusedObject } from "./lines";

describe("an optional key without a value", () => {
  const keys = [
    "sessionName",
    "expirationDuration",
    "synchronicity",
    "failSafe",
    "timeout",
    "enable_error_set",
    "require-request-headers",
    "include-request-headers",
    "skip-request-headers",
    "require-eavs",
    "include-eavs",
    "require-packageKey-eavs",
    "include-packageKey-eavs",
    "expand-input",
    "max-payload-size",
    "max-payload-condition",
  ];

  it.each(keys)("counts as not given: %s", (key) => {
    expect(read(`${key}: `)).toEqual(read(""));
    expect(readObject({ [key]: " " })).toEqual(readObject({}));
  });
});

describe("synchronicity", () => {
  it.each(["event", "Event", "EVENT"])(
    "reads synchronicity %s as an event",
    (word) => {
      expect(read(`synchronicity:${word}`).synchronicity).toBe("Event");
    },
  );

  it.each(["request-response", "Request-Response", "evnt", "non-blocking", ""])(
    "reads synchronicity %p as request-response",
    (word) => {
      expect(read(`synchronicity:${word}`).synchronicity).toBe(
        "RequestResponse",
      );
    },
  );

  it("refuses a synchronicity that is not a string", () => {
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
  ])("accepts %s", (word, meant) => {
    expect(read(`failSafe:${word}`).failSafe).toBe(meant);
  });

  it.each(["yes", "1", "truee"])("refuses %p", (word) => {
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
  it.each(["true", "True", "TRUE"])(
    "reads enable_error_set:%s as true",
    (word) => {
      expect(read(`enable_error_set:${word}`).enableErrorSet).toBe(true);
    },
  );

  it.each(["false", "yes", "1", "on", ""])(
    "reads enable_error_set %p as false",
    (word) => {
      expect(read(`enable_error_set:${word}`).enableErrorSet).toBe(false);
    },
  );

  it("refuses an enable_error_set that is neither a string nor a boolean", () => {
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
  ])("reads timeout %s as milliseconds", (text, ms) => {
    expect(read(`timeout : ${text}`).timeoutMs).toBe(ms);
  });

  it.each(["0", "-1", "0.5", "5s", "soon", "1e3"])("is not %p", (text) => {
    expect(refused(`timeout:${text}`)).toEqual([
      {
        path: "timeout",
        rule: "min",
        message:
          "preInput line 5: timeout must be an integer of at least 1, in milliseconds",
      },
    ]);
  });

  it("refuses a timeout above 2,147,483,647 ms, the longest of a timer", () => {
    expect(refused("timeout:2147483648")).toEqual([
      {
        path: "timeout",
        rule: "max",
        message:
          "preInput line 5: timeout must be at most 2,147,483,647, in milliseconds",
      },
    ]);
  });
});

describe("max-payload-size", () => {
  it.each([
    ["20", 20_480],
    ["0.5", 512],
    ["1024", 1_048_576],
  ])("converts max-payload-size %s KB to %p bytes", (size, bytes) => {
    expect(read(`max-payload-size:${size}`).maxPayloadBytes).toBe(bytes);
  });

  it.each(["0", "1025", "1024.1", "64kb", "-5", "much"])(
    "is not %p",
    (size) => {
      expect(refused(`max-payload-size:${size}`)).toEqual([
        {
          path: "max-payload-size",
          rule: "range",
          message:
            "preInput line 5: max-payload-size must be a number above 0 and at most 1024, in KB",
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
  ])("accepts %s", (word, condition) => {
    expect(read(`max-payload-condition:${word}`).maxPayloadCondition).toBe(
      condition,
    );
  });

  it.each(["block", "1"])("refuses %p", (word) => {
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
